import type { Authority } from './authority.ts';
import { extendedKeyUsage, ocspNoCheck } from './extensions.ts';
import { pooledKey } from './keys.ts';
import type { CertificateStatus, OcspContent } from './ocsp.ts';
import { serialOf } from './sources.ts';
import { daysFromNow, makeCertificate } from './usual.ts';

/** Changes an OCSP answer that says "good" and is signed by the issuer. */
export type OcspBend = (answer: OcspContent, authority: Authority) => OcspContent;

export const good: OcspBend = (answer) => answer;

/** Revoked two days ago, because its key became known to others. */
export const revoked: OcspBend = saying({ status: { revokedAt: daysFromNow(-2), reason: 1 } });

/** Last week's answer. */
export const stale: OcspBend = saying({ thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-2) });

export const aboutAnother: OcspBend = saying({ serial: serialOf('another certificate') });

export const badlySigned: OcspBend = (answer) => ({ ...answer, badSignature: true });

/** Signed by an authority that has nothing to do with the certificate, though it shows its own. */
export const byStranger: OcspBend = (answer, { unknown }) => ({
  ...answer,
  signer: unknown.intermediate,
  certificates: [unknown.intermediate],
});

/** Signed by a responder that the issuer has made for this. RFC 6960 4.2.2.2 */
export const byDelegate: OcspBend = (answer) => {
  const responder = makeCertificate({
    subject: { O: 'Throughline Lab', CN: 'Throughline Lab OCSP Responder' },
    issuer: answer.signer,
    key: pooledKey('p-256', 'OCSP responder'),
    with: [extendedKeyUsage('ocspSigning'), ocspNoCheck()],
  });
  return { ...answer, signer: responder, certificates: [responder], responderId: 'name' };
};

function saying(change: Partial<CertificateStatus>): OcspBend {
  return (answer) => ({ ...answer, answers: answer.answers.map((each) => ({ ...each, ...change })) });
}
