/** What the comparisons of certificates, CRLs and OCSP answers share. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { describeSignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';

/** Names as RFC 4514 writes them, but in the order of the document. */
export const NAMES = ['-nameopt', 'esc_2253,esc_ctrl,utf8,dump_nostr,dump_der,sep_comma_plus,sname'];

/** Octets that fail readably when they differ. */
export const asHex = (octets: Uint8Array | ArrayBuffer): string => Buffer.from(new Uint8Array(octets)).toString('hex');

export const hash = (name: 'sha1' | 'sha256', bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash(name).update(bytes).digest());

/** The way in which `-text` shows a date: `Dec 24 18:00:00 2025 GMT`. */
export function english(at: number): string {
  const [, day = '', month, year, time] = new Date(at).toUTCString().split(' ');
  return `${month} ${day.replace(/^0/, ' ')} ${time} ${year} GMT`;
}

/** The number as `-text` shows it, which has no zero in front of a high bit. */
export const serial = (octets: Uint8Array): string =>
  asHex(octets)
    .toUpperCase()
    .replace(/^00(?=.)/, '');

/** Node's own check of a signature over the octets that we say are covered. */
export function isSigned(
  signed: Pick<Certificate, 'tbsRaw' | 'signatureAlgorithm' | 'signature'>,
  by: Certificate,
): boolean {
  const { family, hash, pss } = describeSignatureAlgorithm(signed.signatureAlgorithm);
  const key = createPublicKey({ key: Buffer.from(by.publicKey.raw), format: 'der', type: 'spki' });
  const padding = pss === null ? {} : { padding: 6, saltLength: pss.saltLength };
  if (family === 'unknown') throw new Error('an algorithm that is not known');
  return verify(hash, signed.tbsRaw, { key, ...padding }, signed.signature.bytes);
}
