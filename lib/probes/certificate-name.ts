/** Does the certificate name the host? Subject alternative names only, a wildcard for exactly one left-most label. RFC 9525 6.3 */
import type { Net } from '#lib/net/door.ts';
import { commonNameFits, namesHost } from '#lib/pki/host-name.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { WireError } from '#lib/wire/error.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { valuesOf } from '#lib/wire/x509/name.ts';
import { certificateEvidence } from './judging/certificate-evidence.ts';
import { alternativeNames, nameOf, nameText } from './judging/certificate-facts.ts';
import { judgeSent } from './judging/presented.ts';
import { type CertificateInput, readShown, type ShownCertificates } from './judging/shown.ts';
import { unreadable } from './judging/unreadable.ts';

export const certificateName: Probe<Net, CertificateInput, ShownCertificates, void> = {
  id: 'certificate-name',
  titles: {
    planned: ({ host }) => title('certificate-name.planned', { host }),
    failed: ({ host }) => title('certificate-name.failed', { host }),
  },
  emits: ['tls.certificate-name-mismatch', 'tls.certificate-common-name-only', 'tool.not-tested'],
  observe: async (_net, { shown }) => shown,
  judge: (shown, input) => {
    const { leaf } = readShown(shown);
    if (leaf instanceof WireError) return unreadable('name');
    const { host } = input;
    const evidence = [certificateEvidence(input, judgeSent(input))];
    const match = alternativeNames(leaf).find((name) => namesHost([name], host));
    if (match === undefined) return { ok: false, findings: [mismatch(leaf, host)], evidence };
    const passed = title('certificate-name.passed', { host, match: nameText(match) ?? host });
    return { ok: true, value: undefined, title: passed, evidence };
  },
};

function mismatch(leaf: Certificate, host: string): FindingDraft {
  const names = alternativeNames(leaf).flatMap((name) => nameText(name) ?? []);
  const commonNames = valuesOf(leaf.subject, COMMON_NAME);
  const [commonName] = commonNames;
  if (commonName !== undefined && names.length === 0 && commonNameFits(commonNames, host))
    return draft('tls.certificate-common-name-only', { host, commonName });
  return draft('tls.certificate-name-mismatch', {
    host,
    names: names.length > 0 ? names.slice(0, 10) : [nameOf(leaf)],
  });
}

const COMMON_NAME = '2.5.4.3';
