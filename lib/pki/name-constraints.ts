/** Names that an authority may issue for. RFC 5280 4.2.1.10, 6.1.3 (b), (c), 6.1.4 (g); BR 7.1.2.10.8 */

import type { GeneralSubtree, NameConstraints } from '#lib/wire/x509/extensions.ts';
import type { GeneralName } from '#lib/wire/x509/general-name.ts';
import { shortName, valuesOf } from '#lib/wire/x509/name.ts';
import { attributeOids } from '#lib/wire/x509/oids.ts';
import type { Facts } from './facts.ts';
import { found, rfc } from './found.ts';
import { isHostName } from './host-name.ts';
import type { Enforcement, Found, Problem } from './problem.ts';
import { generalNameToText, isReadable, placeOf } from './subtree.ts';

/** Honest authorities have a dozen subtrees, honest leaves a few hundred names; other validators stop at such numbers, too. */
const MOST_COMPARISONS = 250_000;

interface Work {
  comparisons: number;
}

/** Applies the constraints of each authority to all that is below it. */
export function nameConstraintProblems(path: readonly Facts[]): Problem[] {
  const work: Work = { comparisons: 0 };
  return path.flatMap((authority, at) =>
    authority.nameConstraints === null || at === 0
      ? []
      : applied(path.slice(0, at), authority, authority.nameConstraints, work),
  );
}

function applied(below: readonly Facts[], authority: Facts, constraints: NameConstraints, work: Work): Problem[] {
  const own = malformedSubtrees(constraints, authority).map((one) => ({ ...one, at: below.length }));
  const others = below.flatMap((facts, at) =>
    // Keys change: what an authority issues to itself is not bound by its own constraints.
    facts.selfIssued && at > 0 ? [] : violations(facts, authority, constraints, work).map((one) => ({ ...one, at })),
  );
  return [...others, ...own];
}

/** Many ways lead over the same two certificates, and what one forbids the other does not depend on the way. */
const known = new WeakMap<Facts, WeakMap<Facts, Found[]>>();

function violations(facts: Facts, authority: Facts, constraints: NameConstraints, work: Work): Found[] {
  const ofAuthority = known.get(authority) ?? new WeakMap<Facts, Found[]>();
  known.set(authority, ofAuthority);
  const found = ofAuthority.get(facts) ?? compare(facts, authority, constraints, work);
  ofAuthority.set(facts, found);
  return found;
}

function compare(facts: Facts, authority: Facts, constraints: NameConstraints, work: Work): Found[] {
  const names = constrainedNames(facts);
  const all = [...constraints.permitted, ...constraints.excluded];
  work.comparisons += names.length * all.length;
  if (work.comparisons > MOST_COMPARISONS)
    return [complaint('too many names', null, authority, `more than ${MOST_COMPARISONS} comparisons`)];
  return names.flatMap((name) => violation(name, authority, constraints) ?? []);
}

const complaint = (
  name: string,
  subtree: string | null,
  { certificate }: Facts,
  reason: string,
  enforcedBy: Enforcement = 'clients',
): Found =>
  found(
    { kind: 'name-constraint', name, subtree, issuer: shortName(certificate.subject), reason },
    rfc('4.2.1.10', enforcedBy),
  );

/** The first constraint that forbids this name; null where none does. What is excluded is excluded, even where it is permitted, too. */
function violation(name: GeneralName, authority: Facts, { permitted, excluded }: NameConstraints): Found | null {
  const text = generalNameToText(name);
  for (const subtree of excluded.filter(({ base }) => base.type === name.type)) {
    const why = whyExcluded(name, subtree);
    if (why !== null) return complaint(text, generalNameToText(subtree.base, true), authority, why);
  }
  const applicable = permitted.filter(({ base }) => base.type === name.type);
  if (applicable.length === 0) return null;
  const places = applicable.map(({ base }) => placeOf(name, base));
  if (places.includes('inside')) return null;
  const why = places.includes('name-unreadable') ? 'not written as such a name is' : 'outside of all that is permitted';
  const [only, ...more] = applicable;
  const subtree = only === undefined || more.length > 0 ? null : generalNameToText(only.base, true);
  return complaint(text, subtree, authority, places.includes(null) ? 'a kind of name that cannot be compared' : why);
}

/** Whoever cannot tell has to refuse. */
function whyExcluded(name: GeneralName, { base }: GeneralSubtree): string | null {
  switch (placeOf(name, base)) {
    case 'outside':
      return null;
    case 'inside':
      return 'excluded';
    case 'partly':
      return 'a wildcard that stands for what is excluded, too';
    case 'name-unreadable':
      return 'not written as such a name is';
    case 'subtree-unreadable':
      return 'the subtree is not written as such';
    default:
      return 'a kind of name that cannot be compared';
  }
}

/** Subtrees that say nothing, or more than RFC 5280 lets them say. */
function malformedSubtrees({ permitted, excluded }: NameConstraints, authority: Facts): Found[] {
  return [...permitted, ...excluded].flatMap(({ base, minimum, maximum }) => {
    const text = generalNameToText(base, true);
    if (minimum !== 0 || maximum !== null)
      return [complaint(text, text, authority, 'a subtree with limits of its depth')];
    if (!isReadable(base)) return [complaint(text, text, authority, 'the subtree is not written as such')];
    // Hosts below, to OpenSSL and many others; no host name at all, to RFC 5280.
    return base.type === 'dns' && base.value.startsWith('.')
      ? [complaint(text, text, authority, 'a host name that begins with a dot', 'strict')]
      : [];
  });
}

/** Alternative names, the subject, and what of the subject stands in for alternative names that are not there. */
function constrainedNames({ certificate: { subject }, names }: Facts): GeneralName[] {
  const directory: GeneralName[] = subject.rdns.length === 0 ? [] : [{ type: 'directory', name: subject }];
  const mailboxes = names?.some(({ type }) => type === 'email') ? [] : valuesOf(subject, attributeOids.emailAddress);
  const hosts = names === null ? valuesOf(subject, attributeOids.commonName).filter(looksLikeHost) : [];
  return [
    ...directory,
    ...(names ?? []),
    ...mailboxes.map((value): GeneralName => ({ type: 'email', value })),
    ...hosts.map((value): GeneralName => ({ type: 'dns', value })),
  ];
}

/** Common names of people and authorities are no hosts; those that some client could take for one are. */
const looksLikeHost = (name: string): boolean => name.includes('.') && isHostName(name);
