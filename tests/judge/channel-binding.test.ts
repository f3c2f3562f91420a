/** Extended Protection: what is concluded from each combination of what was let in, and what the evidence says. */
import { describe, expect, test } from 'vitest';
import type { Affinity } from '#lib/auth/windows-opening.ts';
import { type ChannelBindingInput, channelBinding, type ProtectionMode } from '#lib/probes/channel-binding.ts';
import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import type { ExtendedProtectionEvidence } from '#lib/result/evidence.ts';
import { HOST } from './table.ts';
import { bindingInput, ntlm, stopped, type Tried, tried } from './tables/sign-in.ts';

type Said = `${FindingCode} ${'error' | 'warning' | 'notice'}` | null;

interface Concluded {
  readonly mode: ProtectionMode;
  readonly said: readonly string[];
  readonly refusals: number;
  /** What the evidence says was tried, in its order. */
  readonly shown: readonly string[];
}

function conclude(seen: Parameters<typeof channelBinding.judge>[0], input: Partial<ChannelBindingInput>): Concluded {
  const judgement = channelBinding.judge(seen, { ...bindingInput, ...input });
  if (!judgement.ok) throw new Error('a test on purpose always ends well');
  const [evidence] = judgement.evidence ?? [];
  const body = evidence?.body as ExtendedProtectionEvidence;
  expect(body).toMatchObject({ host: HOST, method: 'NTLM', mode: judgement.value.mode, fingerprint: 'aa:bb' });
  return {
    ...judgement.value,
    said: (judgement.findings ?? []).map(({ code, severity }) => `${code} ${severity ?? catalogue[code].severity}`),
    shown: body.attempts.map(({ binding, outcome }) => `${binding} ${outcome}`),
  };
}

const IN = true;
const NO = false;
const shownOf = (outcomes: Tried): string[] =>
  Object.entries(outcomes).map(([binding, outcome]) => `${binding} ${outcome ? 'let in' : 'refused'}`);
const refusalsIn = (outcomes: Tried): number => Object.values(outcomes).filter((outcome) => outcome === NO).length;

describe('proven by Basic, at the same place', () => {
  test.each<[outcomes: Tried, affinity: Affinity, binds: boolean, mode: ProtectionMode, said: Said]>([
    [{ right: IN, none: IN, wrong: IN }, 'unknown', true, 'off', null],
    [{ right: IN, none: IN, wrong: IN }, 'unknown', false, 'off', null],
    [{ right: IN, none: IN, wrong: NO }, 'unknown', true, 'accepted', null],
    [{ right: IN, none: IN, wrong: NO }, 'unknown', false, 'accepted', null],
    [{ right: IN, none: NO }, 'unknown', true, 'required', 'auth.channel-binding-required notice'],
    [{ right: IN, none: NO }, 'unknown', false, 'required', 'auth.channel-binding-required error'],
    [{ right: NO, none: IN }, 'unknown', true, 'broken', 'auth.channel-binding-broken error'],
    [{ right: NO, none: IN }, 'kept', true, 'broken', 'auth.channel-binding-broken error'],
    [{ right: NO, none: IN }, 'lost', false, 'broken', 'auth.channel-binding-broken error'],
    [{ right: NO, none: NO }, 'kept', true, 'broken', 'auth.channel-binding-broken warning'],
    [{ right: NO, none: NO }, 'kept', false, 'broken', 'auth.channel-binding-broken warning'],
    [{ right: NO, none: NO }, 'lost', true, 'unknown', 'auth.ntlm-broken-by-proxy error'],
    [{ right: NO, none: NO }, 'unknown', true, 'unknown', 'auth.inconsistent warning'],
  ])('%j, the connection %s, a client that binds: %s: %s', (outcomes, affinity, binds, mode, said) => {
    expect(conclude(tried(outcomes, affinity), { provenBy: 'Basic', binds })).toEqual({
      mode,
      said: said === null ? [] : [said],
      refusals: refusalsIn(outcomes),
      shown: shownOf(outcomes),
    });
  });
});

describe('proven by NTLM with the right binding, at the same place', () => {
  test.each<[outcomes: Tried, binds: boolean, mode: ProtectionMode, said: Said]>([
    [{ none: IN, wrong: IN }, true, 'off', null],
    [{ none: IN, wrong: NO }, true, 'accepted', null],
    [{ none: NO }, true, 'required', 'auth.channel-binding-required notice'],
    [{ none: NO }, false, 'required', 'auth.channel-binding-required error'],
  ])('%j, a client that binds: %s: %s', (outcomes, binds, mode, said) => {
    expect(conclude(tried(outcomes), { provenBy: 'NTLM', binds })).toEqual({
      mode,
      said: said === null ? [] : [said],
      refusals: refusalsIn(outcomes),
      shown: ['right let in', ...shownOf(outcomes)],
    });
  });
});

describe('proven elsewhere', () => {
  test.each<[outcomes: Tried, affinity: Affinity, mode: ProtectionMode, said: Said]>([
    [{ right: IN, none: IN, wrong: IN }, 'unknown', 'off', null],
    [{ right: IN, none: NO }, 'unknown', 'required', 'auth.channel-binding-required notice'],
    [{ right: NO, none: IN }, 'kept', 'broken', 'auth.channel-binding-broken error'],
    // The account itself may not be allowed here, so that nothing of the binding follows.
    [{ right: NO, none: NO }, 'kept', 'unknown', 'auth.inconsistent warning'],
    [{ right: NO, none: NO }, 'lost', 'unknown', 'auth.ntlm-broken-by-proxy error'],
    [{ right: NO, none: NO }, 'unknown', 'unknown', 'auth.inconsistent warning'],
  ])('%j, the connection %s: %s', (outcomes, affinity, mode, said) => {
    expect(conclude(tried(outcomes, affinity), { provenBy: 'NTLM', provenAt: 'Autodiscover' })).toEqual({
      mode,
      said: said === null ? [] : [said],
      refusals: refusalsIn(outcomes),
      shown: shownOf(outcomes),
    });
  });
});

test('a sign-in that is stopped tells nothing of the binding, whichever it was', () => {
  for (const binding of ['right', 'none', 'wrong'] as const) {
    const seen = { attempts: [{ binding, seen: stopped({ kind: 'closed' }) }], affinity: 'unknown', legs: [] } as const;
    const { mode, said } = conclude(seen, {});
    expect([mode, said]).toEqual(['unknown', ['auth.ntlm-broken-by-proxy error']]);
  }
});

test('a connection that breaks in between tells nothing of the binding either, and is no fault of the sign-in', () => {
  const seen = {
    attempts: [{ binding: 'none', seen: { kind: 'broken-off', legs: [] } }],
    affinity: 'unknown',
    legs: [],
  } as const;
  expect(conclude(seen, {})).toMatchObject({ mode: 'unknown', said: [], refusals: 1 });
});

test('what stands behind the question mark is the mailbox’s own matter', () => {
  const request = { method: 'POST', path: '/mapi/emsmdb/?MailboxId=4711', headers: [], body: '' } as const;
  const judgement = channelBinding.judge(tried({ right: NO, none: IN }), { ...bindingInput, request, method: ntlm });
  expect(judgement.findings?.[0]?.args.path).toBe('/mapi/emsmdb/');
  expect(JSON.stringify([judgement.title, judgement.findings, judgement.evidence])).not.toContain('4711');
});
