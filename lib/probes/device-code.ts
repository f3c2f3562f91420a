/** Asks a sign-in service for a code that a person types in a browser. RFC 8628 3.1, 3.2 */
import { type CodeAnswer, type DeviceCode, requestCode } from '#lib/auth/bearer/device-flow.ts';
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
    const reason = objectionTo(code, page, input.service.issuer);
    if (page === null || reason !== null) {
      const unusable = { kind: 'unusable', reason: reason ?? UNFIT } as const;
      return { ok: false, findings: [noTokenFrom(unusable, input)], evidence };
    }
    const value = { ...code, expiresAt: at + code.expiresInMs, pageHost: page.hostname };
    return { ok: true, value, title: title('device-code.passed', { page: page.hostname }), evidence };
  },
};

const UNFIT = 'its code, or the page for it, is not fit for a person';

/** Why the code is not shown; null where nothing speaks against it. */
function objectionTo(
  { userCode, verificationUriComplete }: DeviceCode,
  page: URL | null,
  issuer: string,
): string | null {
  const whole = verificationUriComplete === null ? page : pageOf(verificationUriComplete);
  // The link says one of them and leads to the other.
  if (page === null || whole?.host !== page.host || !isTypable(userCode)) return UNFIT;
  return isOwnPage(page.hostname, new URL(issuer).hostname)
    ? null
    : `it sends people to ${page.hostname}, which is not its own`;
}

/**
 * Whether the page belongs to whoever gave the code. A mail server names its sign-in service as it likes, and that one could pass on a
 * code which it got elsewhere for itself: whoever typed it at the right page would let a stranger into his account. RFC 8628 5.4
 */
function isOwnPage(page: string, issuer: string): boolean {
  if (MICROSOFT_ISSUERS.includes(issuer) && MICROSOFT_PAGES.includes(page)) return true;
  return siteOf(page) === siteOf(issuer);
}

const MICROSOFT_ISSUERS = ['login.microsoftonline.com', 'login.microsoftonline.us', 'login.partner.microsoftonline.cn'];
const MICROSOFT_PAGES = ['microsoft.com', 'www.microsoft.com', 'login.microsoft.com', 'aka.ms'];

/** What is registered as a whole: two parts of the name, or three below such as `co.uk`. */
function siteOf(host: string): string {
  const parts = host.split('.');
  const isBelowCountry = parts.at(-1)?.length === 2 && (parts.at(-2)?.length ?? 0) <= 3;
  return parts.slice(isBelowCountry ? -3 : -2).join('.');
}

const LONGEST_ADDRESS = 2_000;
const LONGEST_CODE = 64;

/** A page that may be shown as a link: somebody will type a password there. */
function pageOf(address: string): URL | null {
  const url = address.length > LONGEST_ADDRESS ? null : URL.parse(address);
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url : null;
}

const isTypable = (code: string): boolean => code.length <= LONGEST_CODE && /^[\p{L}\p{N} _.-]+$/u.test(code);
