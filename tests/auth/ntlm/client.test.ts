/** The client's side of NTLM: what it sends for what it gets, and what it never shows. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { answeredPairs, assemble } from '#lib/auth/ntlm/answer.ts';
import type { ChannelBinding } from '#lib/auth/ntlm/channel-binding.ts';
import { NtlmClient, type NtlmOptions } from '#lib/auth/ntlm/client.ts';
import { hmacMd5, md5, ntowfV2 } from '#lib/auth/ntlm/response.ts';
import { passwordHashSpellings, spellingsOf } from '#lib/auth/ntlm/traces.ts';
import { Secret } from '#lib/auth/secret.ts';
import {
  decodeAuthenticate,
  decodeNtlmV2Response,
  encodeClientChallenge,
  withMic,
} from '#lib/wire/ntlm/authenticate.ts';
import { type AvPair, avFlags, avText, avValue, encodeAvPairs, flagsPair, textPair } from '#lib/wire/ntlm/av-pairs.ts';
import { decodeChallenge } from '#lib/wire/ntlm/challenge.ts';
import { encodeFileTime } from '#lib/wire/ntlm/file-time.ts';
import { encodeMessage } from '#lib/wire/ntlm/message.ts';
import { encodeUtf16 } from '#lib/wire/ntlm/text.ts';
import { digits, HTTP, hex, INPUTS, NTLM_V2, SESSION_KEY } from '#tests/wire/ntlm/published.ts';
import { partsOf, type Recording, recorded, SESSION_BASE_KEYS } from './recorded-rpc.ts';

const NOBODY = { name: '', way: 'sent', bytes: new Uint8Array() } as const;
/** As chosen in all examples. */
const chosen = (length: number): Uint8Array => new Uint8Array(length).fill(length === 8 ? 0xaa : 0x55);
const NO_BINDING: ChannelBinding = { kind: 'none' };

const options = (more: Partial<NtlmOptions> = {}): NtlmOptions => ({
  user: INPUTS.user,
  domain: INPUTS.domain,
  workstation: INPUTS.workstation,
  password: Secret.of(INPUTS.password),
  target: null,
  channelBinding: NO_BINDING,
  random: chosen,
  now: () => Date.UTC(1601, 0, 1),
  ...more,
});

/** A type 2 with these flags and pairs. */
function challengeWith(pairs: readonly AvPair[], flags = 0xe2898215): Uint8Array {
  return encodeMessage('challenge', 56, [
    { at: 12, field: encodeUtf16('CONTOSO') },
    { at: 20, u32: flags },
    { at: 24, bytes: hex('0123456789abcdef') },
    { at: 40, field: encodeAvPairs(pairs) },
  ]);
}

const NAMES = [textPair('netbiosDomain', 'CONTOSO'), textPair('netbiosComputer', 'EX01')];
const TIME = { id: 7, value: encodeFileTime(Date.UTC(2026, 10, 20)) };

/** What is in the answer; fails where there is none. */
function answer(client: NtlmClient, type2: Uint8Array) {
  const reply = client.authenticate(type2);
  if (!reply.ok) throw new Error(reply.error.kind);
  const message = decodeAuthenticate(reply.message);
  return { ...reply, ...message, bytes: reply.message, response: decodeNtlmV2Response(message.ntResponse) };
}

describe('[MS-NLMP] 4.2.4', () => {
  test('from password to type 3', () => {
    const { lmResponse, ntResponse, encryptedSessionKey, mic, hasMic, ...said } = answer(
      new NtlmClient(options()),
      hex(NTLM_V2.challenge),
    );
    expect(digits(lmResponse)).toBe(NTLM_V2.lmResponse);
    expect(digits(ntResponse)).toBe(digits(hex(NTLM_V2.proof + NTLM_V2.temp)));
    expect(digits(encryptedSessionKey)).toBe(NTLM_V2.encryptedSessionKey);
    expect([mic, hasMic]).toEqual([null, false]);
    expect(said).toMatchObject({ user: 'User', domain: 'Domain', workstation: 'COMPUTER' });
  });

  test('and on to sealed messages', () => {
    const client = new NtlmClient(options({ protection: 'privacy' }));
    answer(client, hex(NTLM_V2.challenge));
    expect(digits(client.security().seal(hex('50006c00610069006e007400650078007400')).sealed)).toBe(NTLM_V2.sealed);
  });
});

describe('recorded sign-ins', () => {
  test('over HTTP: byte for byte, from the session key on', () => {
    const [type1, type2] = [hex(HTTP.negotiate), hex(HTTP.challenge)];
    const challenge = decodeChallenge(type2);
    const channelBinding = { kind: 'right', hash: hex(HTTP.channelBinding) } as const;
    const pairs = answeredPairs(challenge.targetInfo ?? [], { target: HTTP.target, channelBinding });
    const time = avValue(pairs, 'timestamp') ?? new Uint8Array();
    const proven = encodeClientChallenge({ time, challenge: chosen(8), pairs });
    const response = {
      ntResponse: new Uint8Array(Buffer.concat([hex(HTTP.proof), proven])),
      lmResponse: new Uint8Array(24),
      sessionBaseKey: hex(HTTP.sessionBaseKey),
    };
    const names = { user: 'alice', domain: 'GROMOX', workstation: 'WORKSTN' };
    const { message, exportedKey } = assemble(names, [type1, type2], challenge, response, chosen);
    expect(digits(exportedKey)).toBe(SESSION_KEY);
    expect(digits(message)).toBe(digits(hex(HTTP.authenticate)));
    expect(digits(new NtlmClient(options()).negotiate())).toBe(HTTP.negotiate);
  });

  test.each<[Recording, NtlmOptions['protection'] & string]>([
    ['nspiPrivacy', 'privacy'],
    ['emsmdbPrivacy', 'privacy'],
    ['nspiConnect', 'none'],
  ])('in DCE/RPC: %s', (name, protection) => {
    const [bind = NOBODY, ack = NOBODY, auth3 = NOBODY] = recorded(name);
    const [type1, type2, type3] = [bind, ack, auth3].map((pdu) => partsOf(pdu).token);
    if (type1 === undefined || type2 === undefined || type3 === undefined) throw new Error('three messages');
    expect(digits(new NtlmClient(options({ protection })).negotiate())).toBe(digits(type1));
    const said = decodeAuthenticate(type3);
    const challenge = decodeChallenge(type2);
    const { pairs, time } = decodeNtlmV2Response(said.ntResponse);
    expect(answeredPairs(challenge.targetInfo ?? [], { target: 'x', channelBinding: NO_BINDING })).toEqual(pairs);
    expect(time).toHaveLength(8);
    const response = { ...said, sessionBaseKey: hex(SESSION_BASE_KEYS[name]) };
    const { message, flags } = assemble(said, [type1, type2], challenge, response, chosen);
    expect(digits(message)).toBe(digits(type3));
    expect(flags).toBe(challenge.flags);
  });
});

describe('a server that sends its time', () => {
  const type2 = challengeWith([...NAMES, TIME]);

  test('gets it back, with a MIC over all three messages and no LMv2', () => {
    const client = new NtlmClient(options({ target: 'HTTP/mail.contoso.example' }));
    const { mic, bytes, lmResponse, response } = answer(client, type2);
    expect(digits(response.time)).toBe(digits(TIME.value));
    expect(digits(lmResponse)).toBe('00'.repeat(24));
    const withoutMic = withMic(bytes, new Uint8Array(16));
    expect(digits(mic ?? NOBODY.bytes)).toBe(digits(hmacMd5(hex(SESSION_KEY), client.negotiate(), type2, withoutMic)));
    expect(response.pairs.map(({ id }) => id)).toEqual([2, 1, 7, 6, 10, 9]);
    expect(avFlags(response.pairs)).toBe(2);
    expect(avText(response.pairs, 'targetName')).toBe('HTTP/mail.contoso.example');
  });

  test.each<[ChannelBinding, string]>([
    [{ kind: 'none' }, '00'.repeat(16)],
    [{ kind: 'right', hash: hex(HTTP.channelBinding) }, HTTP.channelBinding],
    [{ kind: 'wrong' }, '5a'.repeat(16)],
  ])('sees the binding %j', (channelBinding, value) => {
    const { response } = answer(new NtlmClient(options({ channelBinding })), type2);
    expect(digits(avValue(response.pairs, 'channelBindings') ?? NOBODY.bytes)).toBe(value);
  });

  test('keeps its own flags in their place, and gets our binding instead of one it made up', () => {
    const made = { id: 10, value: new Uint8Array(16).fill(1) };
    const pairs = [flagsPair(1), made, ...NAMES, { id: 77, value: hex('ff') }, TIME];
    const { response } = answer(new NtlmClient(options()), challengeWith(pairs));
    expect(response.pairs.map(({ id }) => id)).toEqual([6, 2, 1, 77, 7, 10, 9]);
    expect(avFlags(response.pairs)).toBe(3);
    expect(avText(response.pairs, 'targetName')).toBe('');
  });
});

test('a server without a time still sees a binding that is to be shown', () => {
  const { response, mic, lmResponse } = answer(
    new NtlmClient(options({ channelBinding: { kind: 'wrong' } })),
    challengeWith(NAMES),
  );
  expect(response.pairs.map(({ id }) => id)).toEqual([2, 1, 10, 9]);
  expect(mic).toBeNull();
  expect(digits(lmResponse).slice(32)).toBe('aa'.repeat(8));
});

test('flags that nobody offered are not agreed to', () => {
  const { flags, version } = answer(new NtlmClient(options()), challengeWith(NAMES, 0xffffffff & ~0x02000000));
  expect(flags.toString(16)).toBe('e08b8297');
  expect(version).toEqual({ major: 0, minor: 0, build: 0, revision: 0 });
});

test('without an exchange of keys the session has the base key', () => {
  const client = new NtlmClient(options());
  const type2 = challengeWith(NAMES, 0xa2898215);
  const { encryptedSessionKey, response } = answer(client, type2);
  expect(encryptedSessionKey).toHaveLength(0);
  const key = hmacMd5(ntowfV2(Secret.of(INPUTS.password), INPUTS), response.proof);
  expect(client.spellings()).toEqual(expect.arrayContaining(spellingsOf(key)));
});

describe('nothing is answered', () => {
  test.each<[what: string, type2: Uint8Array, protection: NtlmOptions['protection'] & string, error: object]>([
    ['no ESS', challengeWith(NAMES, 0x201), 'none', { kind: 'wants-ntlmv1', lacks: ['extended-session-security'] }],
    ['no Unicode', challengeWith([], 0x80202), 'none', { kind: 'wants-ntlmv1', lacks: ['unicode'] }],
    ['no SIGN', challengeWith(NAMES, 0x880201), 'integrity', { kind: 'protection-missing', lacks: ['sign'] }],
    [
      'no SEAL, no 128 bits',
      challengeWith(NAMES, 0x880211),
      'privacy',
      { kind: 'protection-missing', lacks: ['seal', '128-bit'] },
    ],
    ['no names where messages are protected', challengeWith([TIME]), 'integrity', { kind: 'names-missing' }],
    ['no type 2', hex(HTTP.negotiate), 'none', { kind: 'malformed', error: { code: 'bad-value' } }],
    [
      'TargetInfo of 64 KiB',
      challengeWith([{ id: 99, value: new Uint8Array(65_000) }]),
      'none',
      { kind: 'malformed', error: { code: 'too-large' } },
    ],
  ])('%s', (_what, type2, protection, error) => {
    expect(new NtlmClient(options({ protection })).authenticate(type2)).toMatchObject({ ok: false, error });
  });

  test('for a type 2 that is cut at any byte', () => {
    const type2 = hex(HTTP.challenge);
    for (let end = 0; end < type2.length; end++)
      expect(new NtlmClient(options()).authenticate(type2.subarray(0, end))).toMatchObject({
        ok: false,
        error: { kind: 'malformed', error: { code: 'truncated' } },
      });
  });

  test('twice', () => {
    const client = new NtlmClient(options());
    expect(() => client.security()).toThrow('no keys');
    answer(client, hex(NTLM_V2.challenge));
    expect(() => client.authenticate(hex(NTLM_V2.challenge))).toThrow('already');
  });
});

test('chance is fresh for each client', () => {
  const { random: _, ...usual } = options();
  const said = [1, 2].map(() => answer(new NtlmClient(usual), challengeWith(NAMES)));
  expect(digits(said[0]?.response.challenge ?? NOBODY.bytes)).not.toBe(
    digits(said[1]?.response.challenge ?? NOBODY.bytes),
  );
  expect(digits(said[0]?.encryptedSessionKey ?? NOBODY.bytes)).not.toBe(
    digits(said[1]?.encryptedSessionKey ?? NOBODY.bytes),
  );
});

describe('what must not be seen', () => {
  const client = new NtlmClient(options());
  const { bytes, response } = answer(client, hex(NTLM_V2.challenge));
  const secrets = [NTLM_V2.proof, NTLM_V2.lmResponse.slice(0, 32), NTLM_V2.sessionBaseKey, SESSION_KEY];

  test('has its spellings', () => {
    expect(client.spellings()).toEqual(secrets.flatMap((secret) => spellingsOf(hex(secret))));
    expect(passwordHashSpellings(Secret.of(INPUTS.password))[0]).toBe(NTLM_V2.ntHash);
  });

  test('is found by them in the message, wherever that stands in Base64', () => {
    expect(digits(response.proof)).toBe(NTLM_V2.proof);
    for (let offset = 0; offset < 6; offset++) {
      const text = Buffer.concat([Buffer.alloc(offset, 0xff), bytes]).toString('base64');
      expect(spellingsOf(response.proof).some((spelling) => text.includes(spelling))).toBe(true);
    }
  });

  test('is not shown by whatever prints or copies', () => {
    const shown = [client, client.security()].flatMap((holder) => [
      ...[inspect(holder, { showHidden: true, depth: 9 }), JSON.stringify(holder), String(holder)],
      inspect(structuredClone(holder), { depth: 9 }),
    ]);
    expect(shown.join()).not.toMatch(/Uint8Array|Buffer|Password|[0-9a-f]{16}/);
  });

  test('is forgotten on demand', () => {
    client.forget();
    expect(client.spellings()).toEqual([]);
  });
});

test('MD5 and HMAC-MD5 are those of RFC 1321 and RFC 2202', () => {
  expect(digits(md5(new TextEncoder().encode('abc')))).toBe('900150983cd24fb0d6963f7d28e17f72');
  expect(
    digits(hmacMd5(new TextEncoder().encode('Jefe'), new TextEncoder().encode('what do ya want for nothing?'))),
  ).toBe('750c783e6ab0b503eaa86e310a5db738');
});
