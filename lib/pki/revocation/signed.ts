/** Whether a source's document carries the signature of a key, made in a way that still proves something. */
import type { SubjectPublicKeyInfo } from '#lib/wire/x509/public-key.ts';
import { describeSignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';
import { checkSignature, type Signed } from '../signature.ts';
import type { UnusableReason } from './answer.ts';

export interface SignatureFault {
  readonly why: UnusableReason;
  readonly detail: string;
}

/** With it anybody can make a second document for the same signature. SHA-1 still takes a fortune, and old authorities use it. */
const BROKEN = 'md5';

/** What is wrong with the signature; null where it is that of the key. Throws WireError like every decoder. */
export function signatureFault(signed: Signed, key: SubjectPublicKeyInfo): SignatureFault | null {
  const check = checkSignature(signed, key);
  if (check.state === 'wrong') return { why: 'wrong-signature', detail: '' };
  if (check.state === 'not-computed') return { why: 'unknown-algorithm', detail: check.reason };
  const { hash, name } = describeSignatureAlgorithm(signed.signatureAlgorithm);
  return hash === BROKEN ? { why: 'unknown-algorithm', detail: name } : null;
}
