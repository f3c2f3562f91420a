/** Asks a sign-in service again and again whether somebody has typed the code and signed in. RFC 8628 3.4, 3.5 */
import { setTimeout as sleep } from 'node:timers/promises';
import { requestToken, type TokenAnswer } from '#lib/auth/bearer/device-flow.ts';
import type { Secret } from '#lib/auth/secret.ts';
import type { Net } from '#lib/net/door.ts';
import { NetFailure } from '#lib/net/failure.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { type FlowInput, type IssuedCode, throughDoor } from './judging/device-flow.ts';
import { noTokenFrom } from './judging/no-token.ts';

export interface DeviceTokenInput extends FlowInput {
  readonly code: IssuedCode;
  /** Aborts when the owner does not want to sign in, or nobody is there to do it. */
  readonly declined: AbortSignal;
  /** Our clock, in milliseconds since the epoch, and how it is waited. */
  readonly now: () => number;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

type Ended = Exclude<TokenAnswer, { kind: 'pending' | 'slow-down' }> | { readonly kind: 'expired' | 'declined' };

interface Seen {
  readonly ended: Ended;
  readonly evidence: readonly Evidence[];
}

/** RFC 8628 3.5 */
const SLOWER_MS = 5_000;
const MOST_BROKEN = 3;

export const deviceToken: Probe<Net, DeviceTokenInput, Seen, Secret> = {
  id: 'device-token',
  titles: {
    planned: () => title('device-token.planned', {}),
    failed: () => title('device-token.failed', {}),
  },
  emits: ['auth.modern-misconfigured', 'tool.not-tested'],
  // A person looks for the page, types, and signs in, perhaps with a second factor.
  budgetMs: 30 * 60_000,
  observe: async (net, input, signal) => {
    const { client, evidence } = throughDoor(net, input, signal);
    const { code, declined, now, wait = patiently } = input;
    const stop = AbortSignal.any([signal, declined]);
    const seen = (ended: Ended): Seen => ({ ended, evidence });
    for (let interval = code.intervalMs, broken = 0; now() + interval < code.expiresAt; ) {
      await wait(interval, stop);
      if (stop.aborted) return seen({ kind: 'declined' });
      try {
        const answer = await requestToken(client, code.deviceCode);
        broken = 0;
        if (answer.kind === 'slow-down') interval += SLOWER_MS;
        else if (answer.kind !== 'pending') return seen(answer);
      } catch (error) {
        // A connection may break while somebody types; a service that is gone stays away.
        if (!(error instanceof NetFailure) || ++broken === MOST_BROKEN) throw error;
        interval += SLOWER_MS;
      }
    }
    return seen({ kind: 'expired' });
  },
  judge: ({ ended, evidence }, input) => {
    switch (ended.kind) {
      case 'token':
        return { ok: true, value: ended.token, title: title('device-token.passed', {}), evidence };
      case 'expired':
        return { ok: false, findings: [nobody('nobody signed in with the code in time')], evidence };
      case 'declined':
        return { ok: false, findings: [nobody('there was nobody to sign in with the code')], evidence };
      case 'refused':
      case 'unusable':
        return { ok: false, findings: [personal(ended) ?? noTokenFrom(ended, input)], evidence };
    }
  },
};

/** Ends early, and without a word, where nobody waits any more. */
const patiently = (ms: number, signal: AbortSignal): Promise<unknown> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

/** What a person did, or did not do, is nobody's mistake. */
function personal(ended: Ended & { kind: 'refused' | 'unusable' }): FindingDraft | null {
  if (ended.kind === 'unusable') return null;
  if (ended.error === 'expired_token') return nobody('nobody signed in with the code in time');
  return ended.error === 'access_denied' ? nobody('the sign-in was declined at the sign-in service') : null;
}

function nobody(reason: string): FindingDraft {
  return draft('tool.not-tested', { what: 'The sign-in with a device code', reason });
}
