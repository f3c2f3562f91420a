/** Is the leaf within its dates, and for how long? RFC 5280 4.1.2.5 */
import type { X509Certificate } from 'node:crypto';
import type { Net } from '#lib/net/door.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { certificateEvidence } from './judging/certificate-evidence.ts';
import { type CertificateInput, parseChain, type ShownCertificates } from './judging/certificates.ts';

const DAY = 86_400_000;
/** A warning comes only when both hold: short certificates renew themselves in their last third. */
const SOON_DAYS = 30;
const SOON_SHARE = 0.25;

export const certificateDates: Probe<Net, CertificateInput, ShownCertificates, void> = {
  id: 'certificate-dates',
  titles: {
    planned: () => title('certificate-dates.planned', {}),
    failed: () => title('certificate-dates.failed', {}),
  },
  emits: ['tls.certificate-expired', 'tls.certificate-not-yet-valid', 'tls.certificate-expires-soon'],
  observe: async (_net, { shown }) => shown,
  judge: (shown, { host, now }) => {
    const [leaf] = parseChain(shown.chain);
    const evidence = [certificateEvidence(shown, host, now)];
    const outside = outsideDates(leaf, host, now);
    if (outside !== null) return { ok: false, findings: [outside], evidence };
    const passed = title('certificate-dates.passed', { notAfter: leaf.validToDate.toISOString() });
    return { ok: true, value: undefined, title: passed, findings: expiresSoon(leaf, host, now), evidence };
  },
};

function outsideDates(leaf: X509Certificate, host: string, now: number): FindingDraft | null {
  const { validFromDate, validToDate } = leaf;
  if (now > validToDate.getTime()) {
    const days = daysBetween(validToDate.getTime(), now);
    return draft('tls.certificate-expired', { host, days, notAfter: validToDate.toISOString() });
  }
  if (now >= validFromDate.getTime()) return null;
  return draft('tls.certificate-not-yet-valid', { host, notBefore: validFromDate.toISOString() });
}

/** Days as a calendar counts them (UTC), so that the number agrees with the date beside it. */
function daysBetween(from: number, to: number): number {
  return Math.floor(to / DAY) - Math.floor(from / DAY);
}

function expiresSoon(leaf: X509Certificate, host: string, now: number): FindingDraft[] {
  const left = leaf.validToDate.getTime() - now;
  const lifetime = leaf.validToDate.getTime() - leaf.validFromDate.getTime();
  if (left > SOON_DAYS * DAY || left > lifetime * SOON_SHARE) return [];
  const notAfter = leaf.validToDate.toISOString();
  return [
    draft('tls.certificate-expires-soon', { host, days: daysBetween(now, leaf.validToDate.getTime()), notAfter }),
  ];
}
