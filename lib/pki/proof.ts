/** Signatures along paths: each pair of certificate and key is computed once, and not too many of them. */
import type { Facts } from './facts.ts';
import { invalid, rfc } from './found.ts';
import type { Problem } from './problem.ts';
import { checkSignature, type SignatureCheck } from './signature.ts';

/** Cross-signed chains need a few signatures; a hostile one could ask for thousands, each of them slow. */
const MOST_SIGNATURES = 100;

/** What the searches for one question have spent. */
export interface Effort {
  steps: number;
  /** Signatures that were computed. */
  signatures: number;
  /** Something was left out because of a limit. */
  gaveUp: boolean;
  readonly checks: Map<string, SignatureCheck>;
}

/** Nothing spent; what is `known` already need not be computed again. */
export const newEffort = (known: Effort['checks'] = new Map()): Effort => ({
  ...{ steps: 0, signatures: 0, gaveUp: false },
  checks: known,
});

/** Null where enough signatures have been computed. */
export function checked(child: Facts, issuer: Facts, effort: Effort): SignatureCheck | null {
  const pair = `${child.fingerprint} ${issuer.keyFingerprint}`;
  const known = effort.checks.get(pair);
  if (known !== undefined) return known;
  if (++effort.signatures > MOST_SIGNATURES) {
    effort.gaveUp = true;
    return null;
  }
  const check = checkSignature(child.certificate, issuer.certificate.publicKey);
  effort.checks.set(pair, check);
  return check;
}

const signatureProblem = (at: number, reason: string): Problem => ({
  ...invalid('bad-signature', rfc('6.1.3', 'clients'), reason),
  at,
});
/** The certificate at this place of a path was not signed by the one above it. */
export const wrongSignature = (at: number): Problem =>
  signatureProblem(at, 'not made by the key of its issuer, or changed since');

/** Nobody can tell who signed the certificate at this place of a path. */
export const notComputed = (at: number, reason: string): Problem =>
  signatureProblem(at, `cannot be checked: ${reason}`);
