/** The judges of signing in with a password: what the server says of itself before, the sign-in, and its binding to the connection. */
import { expect } from 'vitest';
import { Secret } from '#lib/auth/secret.ts';
import type { BasicMethod, SignInSeen, WindowsMethod } from '#lib/auth/signed-request.ts';
import type { Affinity, Opening } from '#lib/auth/windows-opening.ts';
import type { WindowsObstacle } from '#lib/auth/windows-sign-in.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { type ChannelBindingInput, channelBinding } from '#lib/probes/channel-binding.ts';
import { type SignInInput, signIn } from '#lib/probes/sign-in.ts';
import { vet } from '#lib/probes/vetted.ts';
import { type WindowsChallengeInput, windowsChallenge } from '#lib/probes/windows-challenge.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import { WireError } from '#lib/wire/error.ts';
import type { Challenge } from '#lib/wire/ntlm/challenge.ts';
import { answer, HOST, type Row, SUBJECT, table } from '../table.ts';
import { offer, PATH, request, session, status, statuses, withOwn } from './http.ts';

const way = { session, accept: () => false };
const password = Secret.of('never looked at');
const user = 'alice@example.test';
export const basic: BasicMethod = { scheme: 'Basic', user, password };
export const ntlm: WindowsMethod = {
  ...{ scheme: 'NTLM', wrapping: 'bare', user, password, binding: 'right', hide: () => undefined },
};
export const negotiate: WindowsMethod = { ...ntlm, scheme: 'Negotiate', wrapping: 'spnego' };

export const answered = (seen: HttpAnswer): SignInSeen => ({ kind: 'answered', answer: seen, legs: [] });
export const stopped = (obstacle: WindowsObstacle): SignInSeen & { readonly kind: 'obstacle' } => {
  return { kind: 'obstacle', obstacle, last: answer({ status: 401 }), legs: [] };
};

const place = { path: 'ntlm.challenge', offset: 12, spec: '[MS-NLMP] 2.2.1.2' };
const unreadable = { kind: 'malformed', error: new WireError('truncated', place, 'it ends too early') } as const;

/** What each obstacle is, whoever met it. */
export const obstacles: readonly (readonly [WindowsObstacle, FindingCode, Record<string, unknown>])[] = [
  [unreadable, 'auth.malformed-challenge', { reason: 'it ends too early', field: 'ntlm.challenge', offset: 12 }],
  [{ kind: 'names-missing' }, 'auth.malformed-challenge', { reason: 'it does not name itself' }],
  [{ kind: 'mech-list-mic-wrong' }, 'auth.malformed-challenge', { field: 'mechListMIC' }],
  [{ kind: 'wants-ntlmv1', lacks: ['unicode'] }, 'auth.ntlm-too-old', { path: PATH }],
  [{ kind: 'protection-missing', lacks: ['seal'] }, 'auth.ntlm-too-old', {}],
  [{ kind: 'ntlm-refused', offered: ['kerberos'] }, 'auth.kerberos-only', { path: PATH }],
  [{ kind: 'closed' }, 'auth.ntlm-broken-by-proxy', { how: 'the connection is closed before the sign-in is complete' }],
  [{ kind: 'no-challenge' }, 'auth.ntlm-broken-by-proxy', { how: 'the challenge is missing in the answer' }],
  [{ kind: 'out-of-step', how: 'no-token' }, 'auth.ntlm-broken-by-proxy', {}],
  [
    { kind: 'out-of-step', how: 'challenged-again' },
    'auth.ntlm-broken-by-proxy',
    { how: 'the server begins anew, as if it had not seen the first half' },
  ],
  [{ kind: 'out-of-step', how: 'out-of-turn' }, 'auth.ntlm-broken-by-proxy', {}],
];

export const nameOf = (obstacle: WindowsObstacle): string =>
  obstacle.kind === 'out-of-step' ? `${obstacle.kind}, ${obstacle.how}` : obstacle.kind;

interface SignInSeenWhole {
  readonly signIn: SignInSeen;
  readonly affinity: Affinity;
}
type SignInRow = Row<SignInSeenWhole, SignInInput>;

const unlooked = (seen: SignInSeen, affinity: Affinity = 'unknown'): SignInSeenWhole => ({ signIn: seen, affinity });
const signInInput: SignInInput = {
  ...{ ...SUBJECT, session: vet(session, 'certificate-passed'), way, method: basic, request, offersNegotiate: true },
  hints: { domain: null, mailbox: user },
};
const policy = (words: string) => answer({ status: 401, headers: [['x-AutoDiscovery-Error', words]] });
const blocked = (body: string, type = 'text/plain', code = 403) =>
  answer({ status: code, headers: [['Content-Type', type]], body });
const refused = offer('Basic realm="x"');
const TLS_ENDED = expect.stringContaining('Extended Protection');
const named = (method: string, more: Partial<SignInInput> = {}) => ({
  input: { ...more, hints: { domain: 'CONTOSO', mailbox: user } },
  args: { host: HOST, method },
});

const signInRows: readonly Row<HttpAnswer, SignInInput>[] = [
  ...statuses<SignInInput>({ session: vet(withOwn, 'certificate-passed') }),
  ...[301, 302, 307, 308].map((code): Row<HttpAnswer, SignInInput> => status(code, [])),
  ['accepted', answer({ body: 'whatever' }), []],
  ['refused', refused, ['auth.rejected'], { args: { host: HOST, user, method: 'Basic', perhaps: '' } }],
  [
    'refused, with letters beyond ASCII in the password',
    refused,
    ['auth.rejected'],
    {
      input: { method: { ...basic, password: Secret.of('Grüße') } },
      args: { perhaps: expect.stringContaining('letters beyond ASCII') },
    },
  ],
  [
    'refused, with letters beyond ASCII in the name',
    refused,
    ['auth.rejected'],
    { input: { method: { ...basic, user: 'jürgen' } }, args: { perhaps: expect.stringContaining('beyond ASCII') } },
  ],
  ['NTLM accepted', answer({ body: 'whatever' }), [], { input: { method: ntlm } }],
  [
    'NTLM refused',
    offer('NTLM'),
    ['auth.rejected'],
    { input: { method: ntlm }, args: { method: 'NTLM', perhaps: TLS_ENDED } },
  ],
  ['refused by a domain that names itself', refused, ['auth.rejected', 'auth.user-name-form'], named('Basic')],
  [
    'the same, and the domain was given',
    refused,
    ['auth.rejected', 'auth.user-name-form'],
    named('NTLM', { method: { ...ntlm, user: 'CONTOSO\\alice' } }),
  ],
  [
    'a policy that blocks Basic, in the words of Exchange Online',
    policy('LiveIdBasicAuth:BlockStatus - Deny<UNH:alice@example.test>;'),
    ['auth.blocked-by-policy'],
    { args: { path: PATH, words: 'LiveIdBasicAuth:BlockStatus - Deny;' } },
  ],
  ['that policy by its other name', policy('BasicAuthBlockedFromConnectingIp'), ['auth.blocked-by-policy']],
  ['another error of Exchange Online', policy('UserNotFound'), ['auth.rejected']],
  ['status 456', answer({ status: 456 }), ['auth.blocked-by-policy'], { args: { words: 'status 456' } }],
  [
    'a server that says in plain words why',
    blocked('MAPI is\n disabled  for this user'),
    ['auth.blocked-by-policy'],
    { args: { words: 'MAPI is disabled for this user' } },
  ],
  ['the same in JSON', blocked('{"error":"blocked by policy"}', 'application/json'), ['auth.blocked-by-policy']],
  [
    'so many words that nobody reads them',
    blocked(`rule ${'x'.repeat(5_000)}`),
    ['auth.blocked-by-policy'],
    { args: { words: `rule ${'x'.repeat(295)}` } },
  ],
  ['words that say nothing of it', blocked('go away'), ['http.forbidden']],
  ['a web page that does', blocked('<p>blocked by policy', 'text/html'), ['http.forbidden']],
  ['a fault that the step behind it judges', answer({ status: 500 }), [], { input: { signInOnly: true } }],
  ['refused where nothing else is judged', refused, ['auth.rejected'], { input: { signInOnly: true } }],
  [
    'a rule where nothing else is judged',
    blocked('blocked'),
    ['auth.blocked-by-policy'],
    { input: { signInOnly: true } },
  ],
];

export const signInTable = table(signIn, signInInput, [
  ...signInRows.map(([name, seen, ...rest]): SignInRow => [name, unlooked(answered(seen)), ...rest]),
  ...obstacles.map(
    ([obstacle, code, args]): SignInRow => [
      nameOf(obstacle),
      unlooked(stopped(obstacle)),
      [code],
      { input: { method: ntlm }, args: { host: HOST, ...args } },
    ],
  ),
  [
    'Negotiate that knows nothing of NTLM',
    unlooked(stopped({ kind: 'no-challenge' })),
    ['auth.kerberos-only'],
    { input: { method: negotiate } },
  ],
  [
    'NTLM refused over connections that are mixed',
    unlooked(answered(offer('NTLM')), 'lost'),
    ['auth.ntlm-broken-by-proxy'],
    { input: { method: ntlm }, args: { how: expect.stringContaining('two halves') } },
  ],
  [
    'NTLM refused over a connection that is one',
    unlooked(answered(offer('NTLM')), 'kept'),
    ['auth.rejected'],
    { input: { method: ntlm }, args: { perhaps: TLS_ENDED } },
  ],
]);

const NOON = Date.parse('2026-11-20T12:00:00Z');
const manner = { scheme: 'NTLM', wrapping: 'bare' } as const;
const text = (value: string): Uint8Array => Buffer.from(value, 'utf16le');
/** Of a host without any name: just enough that it can be answered. */
const challenge: Challenge = {
  ...{ flags: 0x0208_0205, targetName: 'MAIL', serverChallenge: new Uint8Array(8), targetInfo: [], version: null },
};
const timestamp = (at: number): Uint8Array => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(at) + 11_644_473_600_000n) * 10_000n);
  return bytes;
};
const challenged = (...targetInfo: NonNullable<Challenge['targetInfo']>): Opening => {
  return { kind: 'challenge', challenge: { ...challenge, targetInfo }, manner, legs: [] };
};
const open = (opening: Opening) => ({ opening, at: NOON });
const windowsInput: WindowsChallengeInput = {
  ...{ ...SUBJECT, way, request, offered: ['NTLM'], isNeeded: true, now: () => NOON },
};
const ok = true;

export const windowsChallengeTable = table(windowsChallenge, windowsInput, [
  ['no name at all', open(challenged()), []],
  [
    'names from inside, each once',
    open(
      challenged(
        { id: 2, value: text('CONTOSO') },
        { id: 1, value: text('EX01') },
        { id: 3, value: text('ex01.contoso.local') },
        { id: 5, value: text('contoso.local') },
        { id: 4, value: text('contoso.local') },
      ),
    ),
    ['auth.ntlm-reveals-names'],
    { ok, args: { names: ['EX01', 'CONTOSO', 'ex01.contoso.local', 'contoso.local'] } },
  ],
  ['empty names', open(challenged({ id: 4, value: text('') }, { id: 3, value: text('') })), []],
  ['a clock that agrees', open(challenged({ id: 7, value: timestamp(NOON - 299_000) })), []],
  [
    'a clock that is ahead',
    open(challenged({ id: 7, value: timestamp(NOON + 301_000) })),
    ['http.clock-skew'],
    { ok, args: { difference: 301_000, which: 'the one of the server is ahead' } },
  ],
  [
    'a clock of another century',
    open(challenged({ id: 7, value: new Uint8Array(8) })),
    ['http.clock-skew'],
    { ok, args: { which: 'the one of the server is behind' } },
  ],
  [
    'a clock beyond all dates',
    open(challenged({ id: 7, value: new Uint8Array(8).fill(0x7f) })),
    ['http.clock-skew'],
    { ok },
  ],
  ['nobody asks for a sign-in after all', open({ kind: 'answered', answer: answer(), manner, legs: [] }), []],
  ...obstacles.flatMap(([obstacle, code, args]): Row<ReturnType<typeof open>, WindowsChallengeInput>[] => {
    const seen = open({ kind: 'obstacle', obstacle, manner, legs: [] });
    return [
      [nameOf(obstacle), seen, [code], { args: { host: HOST, ...args } }],
      [`${nameOf(obstacle)}, beside another way in`, seen, [code], { ok, input: { isNeeded: false } }],
    ];
  }),
]);

export interface Tried {
  readonly right?: boolean;
  readonly none?: boolean;
  readonly wrong?: boolean;
}

/** What the attempts have shown: true where somebody was let in. */
export const tried = (outcomes: Tried, affinity: Affinity = 'unknown') => ({
  attempts: (['right', 'none', 'wrong'] as const).flatMap((binding) => {
    const outcome = outcomes[binding];
    return outcome === undefined ? [] : [{ binding, seen: answered(outcome ? answer() : offer('NTLM')) }];
  }),
  affinity,
  legs: [],
});

export const bindingInput: ChannelBindingInput = {
  ...{ ...SUBJECT, way: { ...way, session: { ...session, fingerprint: 'aa:bb' } }, request, method: ntlm },
  ...{ provenBy: 'Basic', provenAt: 'here', offersNegotiate: true, binds: true },
};
const where = { host: HOST, path: PATH, method: 'NTLM' };
const BROKEN = ['auth.channel-binding-broken'] as const;

export const channelBindingTable = table(channelBinding, bindingInput, [
  ['off', tried({ right: true, none: true, wrong: true }), []],
  ['accepted', tried({ right: true, none: true, wrong: false }), []],
  ['required', tried({ right: true, none: false }), ['auth.channel-binding-required'], { ok, args: where }],
  [
    'required, for a client that does not bind',
    tried({ right: true, none: false }),
    ['auth.channel-binding-required'],
    { ok, input: { binds: false } },
  ],
  [
    'broken where none is required',
    tried({ right: false, none: true }),
    BROKEN,
    { ok, args: { ...where, fingerprint: 'aa:bb', why: expect.stringContaining('ends TLS') } },
  ],
  [
    'refused with and without, over a connection that is one',
    tried({ right: false, none: false }, 'kept'),
    BROKEN,
    { ok, args: { why: expect.stringContaining('may not use NTLM') } },
  ],
  [
    'refused with and without, over connections that are mixed',
    tried({ right: false, none: false }, 'lost'),
    ['auth.ntlm-broken-by-proxy'],
    { ok, args: { ...where, how: expect.stringContaining('two halves') } },
  ],
  [
    'refused with and without, and nothing tells why',
    tried({ right: false, none: false }),
    ['auth.inconsistent'],
    { ok, args: { accepted: `${HOST}${PATH} with Basic`, refused: `${HOST}${PATH} with NTLM` } },
  ],
  [
    'refused here, accepted elsewhere',
    tried({ right: false, none: false }, 'kept'),
    ['auth.inconsistent'],
    { ok, input: { provenAt: 'Autodiscover' }, args: { accepted: 'Autodiscover' } },
  ],
  ['nothing to be bound to', tried({}), []],
  ...obstacles.map(
    ([obstacle, code, args]): Row<ReturnType<typeof tried>, ChannelBindingInput> => [
      nameOf(obstacle),
      { attempts: [{ binding: 'right', seen: stopped(obstacle) }], affinity: 'unknown', legs: [] },
      [code],
      { ok, args: { host: HOST, ...args } },
    ],
  ),
]);
