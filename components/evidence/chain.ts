/** The two sides of a chain: the path that was built, and what the server sent for it. Pure, so it can be tested. */
import type { BuiltCertificate, CertificateFacts, CertificatesEvidence } from '#lib/result/evidence.ts';
import { commonName } from './names.ts';
import type { Remark } from './remark.tsx';

/** Issued by itself, going by its names. */
export const isSelfIssued = ({ subject, issuer }: CertificateFacts): boolean => subject === issuer;

/** What a certificate is in its chain; `place` counts from the server's own. */
export function roleOf(facts: CertificateFacts, place: number): string {
  if (place === 0) return isSelfIssued(facts) ? 'Server certificate, self-signed' : 'Server certificate';
  return isSelfIssued(facts) ? 'Root' : 'Intermediate';
}

/** Servers need not send it: clients have it, or do not trust it anyway. RFC 8446 4.4.2 */
const isAnchor = ({ source, facts }: BuiltCertificate, place: number): boolean =>
  place > 0 && (source === 'trusted' || isSelfIssued(facts));

/** The issuer at which the path breaks off; null where it ends in a root, or in what somebody chose to trust. */
export function missingIssuer({ built = [], trust }: CertificatesEvidence): string | null {
  const last = built.at(-1);
  if (last === undefined || trust?.trusted || last.source === 'trusted' || isSelfIssued(last.facts)) return null;
  return commonName(last.facts.issuer);
}

/** Nothing came over a connection: a person gave the certificates to have them looked at. */
export function isGiven({ built = [] }: CertificatesEvidence): boolean {
  return built.some(({ source }) => source === 'given') && !built.some(({ source }) => source === 'sent');
}

/**
 * `place`: where in the path it belongs, counted from 0; null for what is not in it. `known`: it was found elsewhere, and is no root.
 */
export type SentRow =
  | { readonly kind: 'sent'; readonly place: number | null; readonly facts: CertificateFacts; readonly remark: Remark }
  | { readonly kind: 'missing'; readonly place: number; readonly name: string; readonly known: boolean };

/** What was sent, in its order, each with what it has to do with the path; what is missing stands where it should have been. */
export function sentRows(evidence: CertificatesEvidence): SentRow[] {
  const { built = [], chain } = evidence;
  const places = chain.map(({ fingerprint256 }) =>
    built.findIndex((one) => one.facts.fingerprint256 === fingerprint256),
  );
  const rows = chain.map((facts, at): SentRow => {
    const place = places[at] ?? -1;
    return { kind: 'sent', facts, remark: remarkOn(evidence, places, at), place: place === -1 ? null : place };
  });
  return withMissing(rows, evidence);
}

function remarkOn({ built = [], chain }: CertificatesEvidence, places: readonly number[], at: number): Remark {
  const place = places[at] ?? -1;
  const [facts, one] = [chain[at], built[place]];
  if (facts === undefined) return { tone: 'mute', text: '' };
  if (chain.findIndex(({ fingerprint256 }) => fingerprint256 === facts.fingerprint256) < at)
    return { tone: 'warn', text: 'sent once more' };
  if (one === undefined) return besidePath(facts, built, chain);
  const below = built[place - 1];
  if (places.slice(0, at).some((before) => before > place) && below !== undefined)
    return { tone: 'warn', text: `out of order: it belongs right after ${commonName(below.facts.subject)}` };
  if (isAnchor(one, place)) return { tone: 'mute', text: 'the root, which need not be sent' };
  return { tone: 'good', text: 'in its place' };
}

/** What is not in the path may still serve others: whatever has issued something here is no stranger. */
function besidePath(
  one: CertificateFacts,
  built: readonly BuiltCertificate[],
  chain: readonly CertificateFacts[],
): Remark {
  const others = [...chain, ...built.map(({ facts }) => facts)].filter(
    (other) => other.fingerprint256 !== one.fingerprint256,
  );
  if (!others.some(({ issuer }) => issuer === one.subject))
    return { tone: 'warn', text: 'does not belong to this chain' };
  const isTwin = others.some(({ subject }) => subject === one.subject);
  return {
    tone: 'mute',
    text: isTwin
      ? 'another certificate of the same issuer, for clients that do not know its root'
      : 'not needed for this path',
  };
}

/** Puts in what a server would have to send and does not, each behind the certificate that it has signed. */
function withMissing(sent: readonly SentRow[], evidence: CertificatesEvidence): SentRow[] {
  const rows = [...sent];
  const put = (name: string, place: number, known: boolean) => {
    const below = rows.findIndex((row) => row.place === place - 1);
    rows.splice(below === -1 ? rows.length : below + 1, 0, { kind: 'missing', name, place, known });
  };
  const { built = [] } = evidence;
  built.forEach((one, place) => {
    const isThere = isAnchor(one, place) || sent.some((row) => row.place === place);
    if (!isThere) put(commonName(one.facts.subject), place, true);
  });
  const gap = missingIssuer(evidence);
  if (gap !== null) put(gap, built.length, false);
  return rows;
}

/**
 * PEM of the chain as a server should send it: its own certificate, then each issuer, without the root. Null where the path does
 * not reach a root, where an issuer is not in order, and where there is nothing to add to the certificate itself.
 */
export function chainToSend(evidence: CertificatesEvidence): { pem: string; count: number } | null {
  const { built = [] } = evidence;
  if (missingIssuer(evidence) !== null) return null;
  const needed = built.filter((one, place) => !isAnchor(one, place));
  if (needed.length < 2 || needed.slice(1).some(({ problems }) => problems.length > 0)) return null;
  return { pem: needed.map(({ facts }) => `${facts.pem.trim()}\n`).join(''), count: needed.length };
}
