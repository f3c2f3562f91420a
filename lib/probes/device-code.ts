/** Asks a sign-in service for a code that a person types in a browser. RFC 8628 3.1, 3.2 */
import { type CodeAnswer, requestCode } from '#lib/auth/bearer/device-flow.ts';
import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { type FlowInput, type IssuedCode, throughDoor } from './judging/device-flow.ts';
import { noTokenFrom } from './judging/no-token.ts';

export interface DeviceCodeInput extends FlowInput {
  readonly scope: string | null;
  /** Our clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

interface Seen {
  readonly answer: CodeAnswer;
  readonly at: number;
  readonly evidence: readonly Evidence[];
}

export const deviceCode: Probe<Net, DeviceCodeInput, Seen, IssuedCode> = {
  id: 'device-code',
  titles: {
    planned: () => title('device-code.planned', {}),
    failed: () => title('device-code.failed', {}),
  },
  emits: ['auth.modern-misconfigured'],
  observe: async (net, input, signal) => {
    const at = input.now();
    const { client, evidence } = throughDoor(net, input, signal);
    return { answer: await requestCode(client, input.scope), at, evidence };
  },
  judge: ({ answer, at, evidence }, input) => {
    if (answer.kind !== 'code') return { ok: false, findings: [noTokenFrom(answer, input)], evidence };
    const { code } = answer;
    const page = pageOf(code.verificationUri);
    const isWhole = code.verificationUriComplete === null || pageOf(code.verificationUriComplete) !== null;
    if (page === null || !isWhole || !isTypable(code.userCode)) {
      const reason = 'its code, or the page for it, is not fit for a person';
      return { ok: false, findings: [noTokenFrom({ kind: 'unusable', reason }, input)], evidence };
    }
    const value = { ...code, expiresAt: at + code.expiresInMs, pageHost: page.hostname };
    return { ok: true, value, title: title('device-code.passed', { page: page.hostname }), evidence };
  },
};

const LONGEST_ADDRESS = 2_000;
const LONGEST_CODE = 64;

/** A page that may be shown as a link: somebody will type a password there. */
function pageOf(address: string): URL | null {
  const url = address.length > LONGEST_ADDRESS ? null : URL.parse(address);
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url : null;
}

const isTypable = (code: string): boolean => code.length <= LONGEST_CODE && /^[\p{L}\p{N} _.-]+$/u.test(code);
