/** Does the certificate name the host? Subject alternative names only, a wildcard for exactly one left-most label. RFC 9525 6.3 */
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Net } from '#lib/net/door.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { certificateEvidence } from './judging/certificate-evidence.ts';
import {
  type CertificateInput,
  parseChain,
  type ShownCertificates,
  shortName,
  subjectAltNames,
} from './judging/certificates.ts';

export const certificateName: Probe<Net, CertificateInput, ShownCertificates, void> = {
  id: 'certificate-name',
  titles: {
    planned: ({ host }) => title('certificate-name.planned', { host }),
    failed: ({ host }) => title('certificate-name.failed', { host }),
  },
  emits: ['tls.certificate-name-mismatch', 'tls.certificate-common-name-only'],
  observe: async (_net, { shown }) => shown,
  judge: (shown, { host, now }) => {
    const [leaf] = parseChain(shown.chain);
    const match = matchingName(leaf, host);
    if (match === undefined) {
      return { ok: false, findings: [mismatch(leaf, host)], evidence: [certificateEvidence(shown, host, now)] };
    }
    return { ok: true, value: undefined, title: title('certificate-name.passed', { host, match }) };
  },
};

function matchingName(leaf: X509Certificate, host: string): string | undefined {
  if (isIP(host) !== 0) return leaf.checkIP(host);
  return leaf.checkHost(host, { subject: 'never', partialWildcards: false });
}

function mismatch(leaf: X509Certificate, host: string): FindingDraft {
  const names = subjectAltNames(leaf);
  const commonName = shortName(leaf.subject);
  const onlyCommonName =
    names.length === 0 && leaf.checkHost(host, { subject: 'always', partialWildcards: false }) !== undefined;
  if (onlyCommonName) return draft('tls.certificate-common-name-only', { host, commonName });
  return draft('tls.certificate-name-mismatch', { host, names: names.length > 0 ? names.slice(0, 10) : [commonName] });
}
