/** Builds the certification path from what the server sent and from the trusted roots. RFC 5280 6, RFC 4158 */
import { X509Certificate } from 'node:crypto';

export type Path =
  | { readonly state: 'complete'; readonly path: readonly X509Certificate[] }
  /** `last` is the certificate whose issuer could not be found. */
  | { readonly state: 'no-issuer'; readonly path: readonly X509Certificate[]; readonly last: X509Certificate }
  | { readonly state: 'self-signed-leaf'; readonly path: readonly X509Certificate[] }
  | { readonly state: 'untrusted-root'; readonly path: readonly X509Certificate[]; readonly root: X509Certificate }
  | { readonly state: 'bad-signature'; readonly path: readonly X509Certificate[]; readonly by: X509Certificate };

/** Cross-signed chains need a few signatures checked; a hostile one could ask for thousands, each of them slow. */
const MOST_SIGNATURES = 60;
/** RSA keys beyond these are no issuer's: no authority uses them, and one signature under them takes milliseconds. */
const LARGEST_MODULUS = 8_192;
const LARGEST_EXPONENT = 2n ** 32n;

interface Search {
  readonly sent: readonly X509Certificate[];
  readonly roots: readonly X509Certificate[];
  readonly now: number;
  signatures: number;
}

/** Every run trusts the same roots; parsing them takes longer than all the rest of the judgement. */
const parsedRoots = new WeakMap<readonly string[], readonly X509Certificate[]>();

/**
 * The best path from the leaf: a complete one within its dates, else a complete one, else the one that says most about why there
 * is none.
 */
export function buildPath(
  leaf: X509Certificate,
  sent: readonly X509Certificate[],
  roots: readonly string[],
  now: number,
): Path {
  const search: Search = { sent, roots: parse(roots), now, signatures: 0 };
  const found = [...extend([leaf], search)];
  return found.toSorted((a, b) => rank(a, now) - rank(b, now))[0] ?? { state: 'no-issuer', path: [leaf], last: leaf };
}

/** Whether a certificate is outside its dates. */
export function isOutOfDate(certificate: X509Certificate, now: number): boolean {
  return now > certificate.validToDate.getTime() || now < certificate.validFromDate.getTime();
}

const ORDER = ['complete', 'bad-signature', 'self-signed-leaf', 'untrusted-root', 'no-issuer'] as const;

function rank(path: Path, now: number): number {
  const outOfDate =
    path.state === 'complete' && path.path.slice(1).some((certificate) => isOutOfDate(certificate, now));
  return ORDER.indexOf(path.state) + (outOfDate ? 0.5 : 0);
}

function* extend(path: readonly X509Certificate[], search: Search): Generator<Path> {
  const last = path.at(-1);
  if (last === undefined) return;
  if (search.roots.some((root) => root.fingerprint256 === last.fingerprint256))
    return yield { state: 'complete', path };
  const issuers = candidates(last, path, search);
  for (const issuer of issuers) {
    if (++search.signatures > MOST_SIGNATURES) return;
    if (last.verify(issuer.publicKey)) yield* extend([...path, issuer], search);
    else yield { state: 'bad-signature', path, by: issuer };
  }
  if (issuers.length > 0) return;
  if (!isSelfSigned(last)) return yield { state: 'no-issuer', path, last };
  yield path.length === 1 ? { state: 'self-signed-leaf', path } : { state: 'untrusted-root', path, root: last };
}

/** `checkIssued` would say no where the key usage forbids signing certificates, which most self-signed server certificates do. */
function isSelfSigned(certificate: X509Certificate): boolean {
  const names = certificate.subject === certificate.issuer;
  return names && isReasonable(certificate) && certificate.verify(certificate.publicKey);
}

function isReasonable({ publicKey }: X509Certificate): boolean {
  const { modulusLength = 0, publicExponent = 0n } = publicKey.asymmetricKeyDetails ?? {};
  return modulusLength <= LARGEST_MODULUS && publicExponent <= LARGEST_EXPONENT;
}

/** Roots first: the shortest trusted path is the one that clients take. */
function candidates(
  last: X509Certificate,
  path: readonly X509Certificate[],
  { roots, sent }: Search,
): X509Certificate[] {
  const fits = (one: X509Certificate): boolean =>
    one.ca &&
    isReasonable(one) &&
    last.checkIssued(one) &&
    !path.some((known) => known.fingerprint256 === one.fingerprint256);
  return [...roots.filter(fits), ...sent.filter(fits)];
}

function parse(roots: readonly string[]): readonly X509Certificate[] {
  const known = parsedRoots.get(roots);
  if (known !== undefined) return known;
  const parsed = roots.map((pem) => new X509Certificate(pem));
  parsedRoots.set(roots, parsed);
  return parsed;
}
