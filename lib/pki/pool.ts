/** Certificates by the names of their subjects: who could have issued whom. RFC 4158 2.4 */
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { type Name, sameName } from '#lib/wire/x509/name.ts';
import { type Facts, factsOf, same } from './facts.ts';

export interface Pool {
  readonly anchors: ReadonlySet<string>;
  readonly bySubject: ReadonlyMap<string, readonly Facts[]>;
  /** What was asked before, by the fingerprint of the certificate whose issuers they are. */
  readonly issuers: Map<string, readonly Facts[]>;
}

/** More than this no server sends, and no person has in a file. */
const MOST_OTHERS = 1_000;

/** Anchors first: the shortest way is the one that clients take. */
export function poolOf(others: readonly Certificate[], anchors: readonly Certificate[]): Pool {
  const trusted = anchors.map(factsOf);
  const certificates = new Map<string, Facts>();
  for (const facts of [...trusted, ...others.slice(0, MOST_OTHERS).map(factsOf)])
    certificates.set(facts.fingerprint, facts);
  const all = [...certificates.values()];
  return {
    anchors: new Set(trusted.map(({ fingerprint }) => fingerprint)),
    bySubject: Map.groupBy(all, ({ certificate }) => keyOf(certificate.subject)),
    issuers: new Map(),
  };
}

/** Certificates whose subject is the issuer of this one, the likely ones first. */
export function issuersOf(pool: Pool, child: Facts): readonly Facts[] {
  const issuers = pool.issuers.get(child.fingerprint) ?? sortedIssuers(pool, child);
  pool.issuers.set(child.fingerprint, issuers);
  return issuers;
}

function sortedIssuers({ bySubject, anchors }: Pool, child: Facts): Facts[] {
  const { issuer } = child.certificate;
  return (bySubject.get(keyOf(issuer)) ?? [])
    .filter(({ certificate }) => sameName(certificate.subject, issuer))
    .toSorted((one, other) => unlikeliness(child, one, anchors) - unlikeliness(child, other, anchors));
}

/** Key identifiers are hints, and nothing but hints; of those that fit, the one that ends the path. RFC 4158 3.5.12 */
function unlikeliness(child: Facts, issuer: Facts, anchors: ReadonlySet<string>): number {
  const named = child.authorityKeyIdentifier?.keyIdentifier ?? null;
  const own = issuer.subjectKeyIdentifier;
  const fit = named === null || own === null ? 1 : same(named, own) ? 0 : 2;
  return fit * 3 + (anchors.has(issuer.fingerprint) ? 0 : issuer.selfIssued ? 1 : 2);
}

/** Higher than this no way leads. */
const MOST_LEVELS = 20;

/**
 * How much the rest of a way from a certificate up to an anchor weighs at least, as far as names tell; infinite where no way leads to one.
 * @param weigh how much is wrong with an issuer
 */
export function restsAbove(leaf: Facts, pool: Pool, weigh: (facts: Facts) => number): (facts: Facts) => number {
  const { anchors } = pool;
  // From the top down: then most of them are right at once.
  const reachable = reachableFrom(leaf, pool).toReversed();
  /** By name: from below such an authority to an anchor, itself included. */
  const least = new Map<string, number>();
  const restOf = ({ fingerprint, certificate }: Facts): number =>
    anchors.has(fingerprint) ? 0 : (least.get(keyOf(certificate.issuer)) ?? Number.POSITIVE_INFINITY);
  for (let level = 0, changed = true; changed && level < MOST_LEVELS; level++) {
    changed = false;
    for (const facts of reachable) {
      const [key, weight] = [keyOf(facts.certificate.subject), 1 + weigh(facts) + restOf(facts)];
      if (weight >= (least.get(key) ?? Number.POSITIVE_INFINITY)) continue;
      least.set(key, weight);
      changed = true;
    }
  }
  return restOf;
}

/** All that may stand above, by names alone. */
function reachableFrom({ certificate }: Facts, { bySubject }: Pool): Facts[] {
  const names = new Set([keyOf(certificate.issuer)]);
  // A set can grow while it is gone through.
  for (const name of names) for (const above of bySubject.get(name) ?? []) names.add(keyOf(above.certificate.issuer));
  return [...names].flatMap((name) => bySubject.get(name) ?? []);
}

/** The same authority with the same key: to come back to it is to go in a circle. RFC 4158 2.4.2 */
export function sameIssuer(one: Facts, other: Facts): boolean {
  return one.keyFingerprint === other.keyFingerprint && sameName(one.certificate.subject, other.certificate.subject);
}

const keys = new WeakMap<Name, string>();

/** Equal for names that are the same; names that are not may share one, so that they are still to be compared. */
function keyOf(name: Name): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = name.rdns
    .map((rdn) =>
      rdn
        .map(({ oid, value }) => `${oid}=${skeletonOf(value)}`)
        .sort()
        .join('+'),
    )
    .join(',');
  keys.set(name, key);
  return key;
}

const LONGEST = 1_024;

/** What is left of a text whatever its case, spaces and forms of characters are. */
function skeletonOf(text: string): string {
  if (text.length > LONGEST) return '';
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKC')
    .replaceAll(/[^a-z0-9]/g, '');
}
