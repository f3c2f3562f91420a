/** The chain as sent and the path that could be built: the same evidence for every probe that judges a certificate. */
import type { Evidence } from '#lib/result/evidence.ts';
import { pathOf } from './built.ts';
import { describeCertificate, parseChain, type ShownCertificates, shortName } from './certificates.ts';

/** What a person is shown of the certificates. Equal input gives equal evidence, which the runner stores once. */
export function certificateEvidence(shown: ShownCertificates, host: string, now: number): Evidence {
  const built = pathOf(shown, now);
  const path = built.state === 'complete' ? built.path.map((certificate) => shortName(certificate.subject)) : [];
  return { kind: 'certificates', body: { host, chain: parseChain(shown.chain).map(describeCertificate), path } };
}
