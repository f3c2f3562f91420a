/** Why a sign-in service gave nothing, in its own words. With it the mail server cannot be used, whoever of the two is to change. */
import type { NoToken } from '#lib/auth/bearer/device-flow.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { FlowInput } from './device-flow.ts';

export function noTokenFrom(answer: NoToken, { mailHost, authority, host, clientId }: FlowInput): FindingDraft {
  const reason = `the sign-in service ${host} gives the program ${clientId} no token: ${wordsOf(answer)}`;
  return draft('auth.modern-misconfigured', { host: mailHost, authority, reason });
}

function wordsOf(answer: NoToken): string {
  if (answer.kind === 'unusable') return answer.reason;
  return [answer.error, answer.description].filter((text) => text !== '').join(': ');
}
