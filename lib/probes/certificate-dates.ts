/** Is the leaf within its dates, and for how long? RFC 5280 4.1.2.5 */
import type { Net } from '#lib/net/door.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { WireError } from '#lib/wire/error.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { certificateEvidence } from './judging/certificate-evidence.ts';
import { isoDate } from './judging/certificate-facts.ts';
import { judgeSent } from './judging/presented.ts';
import { askTime } from './judging/server-time.ts';
import { type CertificateInput, readShown, type ShownCertificates } from './judging/shown.ts';
import { unreadable } from './judging/unreadable.ts';

const DAY = 86_400_000;
/** A warning comes only when both hold: short certificates renew themselves in their last third. */
const SOON_DAYS = 30;
const SOON_SHARE = 0.25;

interface Seen {
  readonly shown: ShownCertificates;
  /** The server's clock, asked only where the dates do not fit ours; milliseconds since the epoch. */
  readonly serverTime: number | null;
}

export const certificateDates: Probe<Net, CertificateInput, Seen, void> = {
  id: 'certificate-dates',
  titles: {
    planned: () => title('certificate-dates.planned', {}),
    failed: () => title('certificate-dates.failed', {}),
  },
  emits: [
    'tls.certificate-expired',
    'tls.certificate-not-yet-valid',
    'tls.certificate-expires-soon',
    'tool.not-tested',
  ],
  observe: async (net, input, signal) => ({ shown: input.shown, serverTime: await askedTime(net, input, signal) }),
  judge: ({ shown, serverTime }, input) => {
    const { leaf } = readShown(shown);
    if (leaf instanceof WireError) return unreadable('dates');
    const evidence = [certificateEvidence(input, judgeSent(input))];
    const outside = outsideDates(leaf, input, serverTime);
    if (outside !== null) return { ok: false, findings: [outside], evidence };
    const passed = title('certificate-dates.passed', { notAfter: isoDate(leaf.notAfter.at) });
    return { ok: true, value: undefined, title: passed, findings: expiresSoon(leaf, input), evidence };
  },
};

function outsideDates(leaf: Certificate, { host, now }: CertificateInput, serverTime: number | null) {
  const { notBefore, notAfter } = leaf;
  if (isWithin(leaf, now)) return null;
  const agrees = serverTime === null || !isWithin(leaf, serverTime);
  const clock = agrees ? '' : '; by the clock of the server it is valid now, so one of the two clocks is wrong';
  if (now < notBefore.at)
    return draft('tls.certificate-not-yet-valid', { host, notBefore: isoDate(notBefore.at), clock });
  const days = daysBetween(notAfter.at, now);
  return draft('tls.certificate-expired', { host, days, notAfter: isoDate(notAfter.at), clock });
}

/** Dates count in seconds, the last one included. RFC 5280 4.1.2.5 */
function isWithin({ notBefore, notAfter }: Certificate, time: number): boolean {
  const second = Math.floor(time / 1_000) * 1_000;
  return second >= notBefore.at && second <= notAfter.at;
}

async function askedTime(net: Net, { shown, session, now }: CertificateInput, signal: AbortSignal) {
  const { leaf } = readShown(shown);
  if (leaf instanceof WireError || session === undefined || isWithin(leaf, now)) return null;
  return askTime(net, session, signal);
}

/** Days as a calendar counts them (UTC), so that the number agrees with the date beside it. */
function daysBetween(from: number, to: number): number {
  return Math.floor(to / DAY) - Math.floor(from / DAY);
}

function expiresSoon({ notBefore, notAfter }: Certificate, { host, now }: CertificateInput): FindingDraft[] {
  const left = notAfter.at - now;
  const lifetime = notAfter.at - notBefore.at;
  if (left > SOON_DAYS * DAY || left > lifetime * SOON_SHARE) return [];
  const days = daysBetween(now, notAfter.at);
  return [draft('tls.certificate-expires-soon', { host, days, notAfter: isoDate(notAfter.at) })];
}
