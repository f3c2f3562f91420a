/**
 * Asks a server for its first page, without credentials. What it is matters little: some servers say only now that they want a
 * client certificate, and every one tells its time. A port that is no web server's is left alone.
 */
import type { Net } from '#lib/net/door.ts';
import { NetFailure } from '#lib/net/failure.ts';
import { limits } from '#lib/net/limits.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { draft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { demandIn } from './judging/client-certificate.ts';
import { clockFindings, type TimedAnswer } from './judging/clock.ts';
import { GREETING } from './judging/server-time.ts';

export interface HttpGreetingInput extends Subject {
  /** Is used up. */
  readonly session: TlsSession;
  /** Our clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

/** Null where no web server answered. */
type Seen = TimedAnswer | null;

export const httpGreeting: Probe<Net, HttpGreetingInput, Seen, void> = {
  id: 'http-greeting',
  titles: {
    planned: ({ host }) => title('http-greeting.planned', { host }),
    failed: ({ host }) => title('http-greeting.failed', { host }),
  },
  emits: ['tls.client-certificate-required', 'http.clock-skew'],
  observe: greet,
  judge: (seen, { host, session }) => {
    if (seen === null) return { ok: false, notNeeded: true, title: title('http-greeting.none', { host }) };
    const { status, evidence: exchange } = seen.answer;
    const evidence = [exchange];
    const how = demandIn(seen.answer, session);
    if (how !== null)
      return { ok: false, findings: [draft('tls.client-certificate-required', { host, how })], evidence };
    const passed = title('http-greeting.passed', { host, status: String(status) });
    return { ok: true, value: undefined, title: passed, findings: clockFindings(seen), evidence };
  },
};

/** Whatever comes back that is no HTTP, or nothing at all: nobody said that there would be a web server. */
async function greet(net: Net, { session, now }: HttpGreetingInput, signal: AbortSignal): Promise<Seen> {
  const sentAt = now();
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(limits.greetingMs)]);
  try {
    const answer = await net.request(session, GREETING, inTime);
    return { answer, sentAt, receivedAt: now() };
  } catch (error) {
    if (error instanceof NetFailure && error.code !== 'client-certificate') return null;
    throw error;
  }
}
