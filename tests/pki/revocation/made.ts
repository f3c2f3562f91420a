/** An authority, a certificate of it, and what is said about that certificate. */
import type { RevocationAnswer } from '#lib/pki/revocation/answer.ts';
import { type Certificate as Decoded, decodeCertificate } from '#lib/wire/x509/certificate.ts';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { makeCertificate, type Wish } from '#tests/lab/pki/usual.ts';

export const NOW = Date.now();
export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** Certificates without milliseconds, as they are written. */
export const at = (ms: number): Date => new Date(Math.floor(ms / 1_000) * 1_000);

/** An authority with a key of its own. */
export function authority(name: string, wish: Wish = {}): Certificate {
  return makeCertificate({ subject: { CN: name }, authority: true, key: pooledKey('p-256', name), ...wish });
}

export const root = authority('Root');
export const issuing = authority('Issuing', { issuer: root });
export const stranger = authority('Stranger');
/** The name of the issuer, but another key. */
export const namesake = authority('Issuing', { issuer: root, key: pooledKey('p-256', 'namesake') });
export const leaf = makeCertificate({ names: ['mail.example.test'], issuer: issuing });

export const read = ({ der }: Certificate): Decoded => decodeCertificate(der);

/** `good`, `revoked`, `unknown`, or why the answer is of no use. */
export const kindOf = (answer: RevocationAnswer): string => (answer.status === 'unusable' ? answer.why : answer.status);
