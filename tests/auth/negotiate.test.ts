/** Negotiate with NTLM in it: a server that answers in every way that servers have. */
import { describe, expect, test } from 'vitest';
import { NegotiateClient, type NegotiateOptions, offeredMechanisms } from '#lib/auth/negotiate.ts';
import { SessionSecurity } from '#lib/auth/ntlm/session-security.ts';
import { Secret } from '#lib/auth/secret.ts';
import { decodeAuthenticate } from '#lib/wire/ntlm/authenticate.ts';
import { hasFlag } from '#lib/wire/ntlm/flags.ts';
import { mechanismOids } from '#lib/wire/spnego/mechanisms.ts';
import {
  decodeNegotiationToken,
  encodeMechTypes,
  encodeNegTokenInit,
  encodeNegTokenResp,
  type NegTokenResp,
} from '#lib/wire/spnego/token.ts';
import { digits, HTTP, hex, NTLM_V2, SESSION_KEY } from '#tests/wire/ntlm/published.ts';

const { ntlmssp, kerberos, negoex, 'ms-kerberos': msKerberos } = mechanismOids;
/** The server's time in it asks for a MIC; the published one has none. */
const [WITH_TIME, WITHOUT_TIME] = [hex(HTTP.challenge), hex(NTLM_V2.challenge)];
const MECH_TYPES = encodeMechTypes([ntlmssp]);

const client = (wrapping: NegotiateOptions['wrapping']): NegotiateClient =>
  new NegotiateClient({
    ...{ user: 'User', domain: 'Domain', password: Secret.of('Password'), target: null, wrapping },
    channelBinding: { kind: 'none' },
    random: (length) => new Uint8Array(length).fill(length === 8 ? 0xaa : 0x55),
  });

const response = (value: Partial<NegTokenResp>): Uint8Array =>
  encodeNegTokenResp({ negState: null, supportedMech: null, responseToken: null, mechListMic: null, ...value });

const incomplete = (responseToken: Uint8Array | null, more: Partial<NegTokenResp> = {}): Uint8Array =>
  response({ negState: 'accept-incomplete', supportedMech: ntlmssp, responseToken, ...more });

/** What is sent next; fails where nothing is. */
function sent(client: NegotiateClient, token: Uint8Array): Uint8Array {
  const step = client.next(token);
  if (step.kind !== 'send') throw new Error(JSON.stringify(step));
  return step.token;
}

function sentResponse(client: NegotiateClient, token: Uint8Array): NegTokenResp {
  const read = decodeNegotiationToken(sent(client, token));
  if (read.kind !== 'response') throw new Error('a first token');
  return read;
}

/** The server's end of the session. */
function serverOf({ responseToken }: NegTokenResp): SessionSecurity {
  const { flags } = decodeAuthenticate(responseToken ?? new Uint8Array());
  expect(hasFlag(flags, 'key-exchange')).toBe(true);
  return new SessionSecurity(hex(SESSION_KEY), flags, 'server');
}

describe('bare', () => {
  test('it is NTLM and nothing else', () => {
    const bare = client('bare');
    expect(digits(bare.begin())).toBe(HTTP.negotiate);
    const step = bare.next(WITH_TIME);
    expect(step).toMatchObject({ kind: 'send', challenge: { targetName: 'GROMOX' } });
    expect(step.kind === 'send' && decodeAuthenticate(step.token)).toMatchObject({ user: 'User', domain: 'Domain' });
  });

  test('the answer is wrapped if the server wraps, without a MIC over a list that was never sent', () => {
    const bare = client('bare');
    expect(sentResponse(bare, incomplete(WITH_TIME))).toMatchObject({ mechListMic: null });
    expect(bare.next(response({ negState: 'accept-completed' }))).toEqual({ kind: 'done' });
  });
});

describe('in SPNEGO', () => {
  test('it offers NTLM alone, and begins with it', () => {
    expect(decodeNegotiationToken(client('spnego').begin())).toMatchObject({
      ...{ kind: 'init', mechTypes: [ntlmssp], mechToken: hex(HTTP.negotiate) },
    });
  });

  test('with a MIC in type 3 the list has one as well, and both sides go on from there', () => {
    const ours = client('spnego');
    ours.begin();
    const answer = sentResponse(ours, incomplete(WITH_TIME));
    const server = serverOf(answer);
    expect(server.verifyMechTypes(MECH_TYPES, answer.mechListMic ?? new Uint8Array())).toBe(true);
    const last = response({ negState: 'accept-completed', mechListMic: server.signMechTypes(MECH_TYPES) });
    expect(ours.next(last)).toEqual({ kind: 'done' });
    const message = Uint8Array.of(1, 2, 3);
    expect(server.verify(message, ours.security().sign(message))).toBe(true);
    expect(ours.security().verify(message, server.sign(message))).toBe(true);
  });

  test('without one the list needs none', () => {
    const ours = client('spnego');
    expect(sentResponse(ours, incomplete(WITHOUT_TIME)).mechListMic).toBeNull();
    expect(ours.next(response({ negState: 'accept-completed' }))).toEqual({ kind: 'done' });
  });

  test('unless the server asks for it, at once or at the end', () => {
    const atOnce = sentResponse(client('spnego'), incomplete(WITHOUT_TIME, { negState: 'request-mic' }));
    expect(serverOf(atOnce).verifyMechTypes(MECH_TYPES, atOnce.mechListMic ?? new Uint8Array())).toBe(true);
    const late = client('spnego');
    const server = serverOf(sentResponse(late, incomplete(WITHOUT_TIME)));
    const { mechListMic } = sentResponse(late, response({ negState: 'accept-incomplete' }));
    expect(server.verifyMechTypes(MECH_TYPES, mechListMic ?? new Uint8Array())).toBe(true);
  });

  test('a bare answer is answered barely', () => {
    expect(decodeAuthenticate(sent(client('spnego'), WITH_TIME)).mic).not.toBeNull();
  });
});

describe('what goes wrong', () => {
  const begin = (...mechTypes: readonly string[]): Uint8Array =>
    encodeNegTokenInit({ mechTypes, mechToken: null, mechListMic: null });

  test.each<[what: string, token: Uint8Array, obstacle: object]>([
    ['a refusal', response({ negState: 'reject' }), { kind: 'ntlm-refused', offered: [] }],
    [
      'Kerberos instead',
      response({ negState: 'accept-incomplete', supportedMech: msKerberos }),
      { kind: 'ntlm-refused', offered: ['ms-kerberos'] },
    ],
    [
      'a refusal that names Kerberos',
      response({ negState: 'reject', supportedMech: kerberos }),
      { kind: 'ntlm-refused', offered: ['kerberos'] },
    ],
    ['a list without NTLM', begin(negoex, kerberos), { kind: 'ntlm-refused', offered: ['negoex', 'kerberos'] }],
    ['a list with NTLM', begin(kerberos, ntlmssp), { kind: 'out-of-step', how: 'out-of-turn' }],
    ['agreement and nothing more', incomplete(null), { kind: 'out-of-step', how: 'no-token' }],
    ['no token at all', new Uint8Array(), { kind: 'malformed', error: { code: 'truncated' } }],
    ['a token of something else', hex('deadbeef'), { kind: 'malformed', error: { path: 'spnego' } }],
    [
      'NTLM that is none',
      incomplete(hex('deadbeef')),
      { kind: 'malformed', error: { path: 'ntlm.challenge.signature' } },
    ],
  ])('%s', (_what, token, obstacle) => {
    expect(client('spnego').next(token)).toMatchObject({ kind: 'obstacle', obstacle });
  });

  test.each<[what: string, token: Uint8Array, obstacle: object]>([
    ['a refusal', response({ negState: 'reject' }), { kind: 'rejected' }],
    ['another challenge', WITH_TIME, { kind: 'out-of-step', how: 'challenged-again' }],
    ['another challenge, wrapped', incomplete(WITH_TIME), { kind: 'out-of-step', how: 'challenged-again' }],
    [
      'a MIC with other keys',
      response({ negState: 'accept-completed', mechListMic: new Uint8Array(16) }),
      { kind: 'mech-list-mic-wrong' },
    ],
    ['a wish for what it has', response({ negState: 'request-mic' }), { kind: 'out-of-step', how: 'out-of-turn' }],
  ])('%s after the answer', (_what, token, obstacle) => {
    const ours = client('spnego');
    sent(ours, incomplete(WITH_TIME));
    expect(ours.next(token)).toMatchObject({ kind: 'obstacle', obstacle });
  });
});

test('a server that begins by itself says what it takes', () => {
  const token = encodeNegTokenInit({ mechTypes: [msKerberos, '1.2.3'], mechToken: null, mechListMic: null });
  expect(offeredMechanisms(token)).toEqual(['ms-kerberos', '1.2.3']);
  expect(offeredMechanisms(response({}))).toBeNull();
  expect(offeredMechanisms(WITH_TIME)).toBeNull();
  expect(offeredMechanisms(hex('60ff'))).toBeNull();
});
