/** Does the private key in the file belong to the certificate? A server that is given another does not start. RFC 7292 4.2 */
import type { Net } from '#lib/net/door.ts';
import { draft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';

type KeyMatch = 'fits' | 'other' | 'none' | 'unread';

export interface CertificateKeyInput extends Subject {
  /** What was seen when the file was opened; the key itself is not kept. */
  readonly key: KeyMatch;
  readonly name: string;
}

export const certificateKey: Probe<Net, CertificateKeyInput, KeyMatch, void> = {
  id: 'certificate-key',
  titles: {
    planned: () => title('certificate-key.planned', {}),
    failed: () => title('certificate-key.failed', {}),
  },
  emits: ['tls.certificate-invalid'],
  observe: async (_net, { key }) => key,
  judge: (key, { host, name }) => {
    if (key === 'none') return { ok: true, value: undefined, title: title('certificate-key.none', {}) };
    if (key === 'unread') return { ok: true, value: undefined, title: title('certificate-key.unread', {}) };
    if (key === 'fits') return { ok: true, value: undefined, title: title('certificate-key.passed', {}) };
    const reason = 'the private key in the file belongs to another certificate';
    return { ok: false, findings: [draft('tls.certificate-invalid', { host, name, reason })] };
  },
};
