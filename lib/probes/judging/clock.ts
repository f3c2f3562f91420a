/** Whether the clock of a web server agrees with ours. Kerberos, tokens and certificates bear five minutes. RFC 9110 6.6.1 */
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import { dateOf } from './server-time.ts';

export interface TimedAnswer {
  readonly answer: HttpAnswer;
  /** Our clock when the request was sent and when the answer was there; milliseconds since the epoch. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

export const TOLERANCE_MS = 5 * 60_000;

/** Empty where both agree, and where the server does not tell its time. */
export function clockFindings({ answer, sentAt, receivedAt }: TimedAnswer): FindingDraft[] {
  const date = dateOf(answer);
  if (date === null) return [];
  // It was written at some moment between the two; a whole second is its unit.
  const ahead = date - receivedAt;
  const behind = sentAt - (date + 999);
  const difference = Math.max(ahead, behind);
  if (difference <= TOLERANCE_MS) return [];
  const which = ahead > behind ? 'the one of the server is ahead' : 'the one of the server is behind';
  return [draft('http.clock-skew', { host: answer.host, difference, which })];
}
