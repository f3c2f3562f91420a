/** The three messages of NTLM, by published bytes, by recorded ones, and by damaged ones. */
import { describe, expect, test } from 'vitest';
import { WireError } from '#lib/wire/error.ts';
import { decodeAuthenticate, decodeNtlmV2Response, encodeAuthenticate } from '#lib/wire/ntlm/authenticate.ts';
import { avText } from '#lib/wire/ntlm/av-pairs.ts';
import { decodeChallenge } from '#lib/wire/ntlm/challenge.ts';
import { flagNames, PRIVACY_FLAGS, SIGN_IN_FLAGS } from '#lib/wire/ntlm/flags.ts';
import { MAX_MESSAGE } from '#lib/wire/ntlm/message.ts';
import { decodeNegotiate, encodeNegotiate } from '#lib/wire/ntlm/negotiate.ts';
import { encodeUtf16 } from '#lib/wire/ntlm/text.ts';
import { CLIENT_CHALLENGE, digits, HTTP, hex, NTLM_V2, SERVER_CHALLENGE } from './published.ts';

/** Code and path of the complaint; null where there is none. */
function complaint(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return `${error.code} ${error.path} ${error.offset}`;
  }
}

/** A copy with other bytes at a place. */
function changed(bytes: Uint8Array, at: number, put: string): Uint8Array {
  const copy = bytes.slice();
  copy.set(hex(put), at);
  return copy;
}

describe('type 1', () => {
  test('always has 40 bytes and a version', () => {
    expect(digits(encodeNegotiate(SIGN_IN_FLAGS))).toBe(HTTP.negotiate);
    expect(digits(encodeNegotiate(PRIVACY_FLAGS)).slice(24, 32)).toBe('b78208e2');
    expect(encodeNegotiate(0x0002_0201)).toHaveLength(40);
    expect(decodeNegotiate(encodeNegotiate(0x201)).flags).toBe(0x0200_0201);
  });

  test('of other clients has 16 bytes, 32, or names', () => {
    const long = hex(HTTP.negotiate);
    const version = { major: 10, minor: 0, build: 22_621, revision: 15 };
    expect(decodeNegotiate(long)).toEqual({ flags: SIGN_IN_FLAGS, domain: '', workstation: '', version });
    expect(decodeNegotiate(long.subarray(0, 32)).version).toBeNull();
    expect(decodeNegotiate(long.subarray(0, 16))).toMatchObject({ flags: SIGN_IN_FLAGS, domain: '' });
    const named = `${HTTP.negotiate.slice(0, 32)}0300030020000000 0200020023000000 444f4d 5753`;
    expect(decodeNegotiate(hex(named))).toMatchObject({ domain: 'DOM', workstation: 'WS', version: null });
  });
});

describe('type 2', () => {
  test('of [MS-NLMP] 4.2.4', () => {
    const { targetInfo, ...rest } = decodeChallenge(hex(NTLM_V2.challenge));
    expect(rest).toEqual({
      flags: 0xe28a8233,
      targetName: 'Server',
      serverChallenge: hex(SERVER_CHALLENGE),
      version: { major: 6, minor: 0, build: 6000, revision: 15 },
    });
    expect(targetInfo?.map(({ id }) => id)).toEqual([2, 1]);
    expect(avText(targetInfo ?? [], 'netbiosDomain')).toBe('Domain');
  });

  test('as recorded has an empty name among its pairs', () => {
    const { targetInfo, targetName } = decodeChallenge(hex(HTTP.challenge));
    expect(targetName).toBe('GROMOX');
    expect(targetInfo?.map(({ id }) => id)).toEqual([2, 1, 4, 3, 7]);
    expect(avText(targetInfo ?? [], 'dnsDomain')).toBe('');
    expect(avText(targetInfo ?? [], 'dnsTree')).toBeNull();
  });

  const head = (flags: string, name = '0000000000000000'): string =>
    `4e544c4d53535000 02000000 ${name} ${flags} 0123456789abcdef`;

  test.each<[what: string, bytes: string, expected: object]>([
    ['ends behind the challenge', head('01020800'), { targetName: '', targetInfo: null, version: null }],
    [
      'has its name where others have the reserved bytes',
      `${head('02020000', '0300030020000000')}444f4d`,
      { targetName: 'DOM', targetInfo: null, version: null },
    ],
    [
      'has its name where others have TargetInfo',
      `${head('01020802', '0200020028000000')}00000000000000004100`,
      { targetName: 'A', targetInfo: null, version: null },
    ],
    [
      'has its name where others have the version, and promises one',
      `${head('01028802', '0200020030000000')}0000000000000000 04000400320000004100 00000000`,
      { targetName: 'A', targetInfo: [], version: null },
    ],
    [
      'has its pairs before its name, and one byte that nobody needs between them',
      `${head('01028802', '020002003d000000')}0000000000000000 0400040038000000 0a00f4650000000f 00000000 ff 4100`,
      { targetName: 'A', targetInfo: [], version: { major: 10, minor: 0, build: 26_100, revision: 15 } },
    ],
    [
      'has an OEM name that is not ASCII',
      `${head('02020000', '0300030020000000')}4d9a4d`,
      { targetName: 'M\ufffdM', targetInfo: null },
    ],
    [
      'lets an empty field point to nowhere',
      `${head('01020800', '00000000ffffffff')}0000000000000000 00000000ffffffff`,
      { targetName: '', targetInfo: null },
    ],
    [
      'has something behind its pairs',
      `${head('01028800')}0000000000000000 0a000a0030000000 0000000000ffffffffff`,
      { targetName: '', targetInfo: [] },
    ],
  ])('%s', (_what, bytes, expected) => {
    expect(decodeChallenge(hex(bytes))).toMatchObject(expected);
  });

  const published = hex(NTLM_V2.challenge);
  test.each<[what: string, bytes: Uint8Array, expected: string]>([
    ['no NTLM', changed(published, 0, '60'), 'bad-value ntlm.challenge.signature 0'],
    ['a type 3', changed(published, 8, '03'), 'bad-value ntlm.challenge.type 8'],
    ['a name within the fixed part', changed(published, 16, '18000000'), 'bad-value ntlm.challenge.targetName 16'],
    ['pairs within the fixed part', changed(published, 44, '28000000'), 'bad-value ntlm.challenge.targetInfo 44'],
    ['a name far behind the end', changed(published, 16, 'f0ffffff'), 'truncated ntlm.challenge.targetName 12'],
    ['half a character', changed(published, 12, '0b00'), 'bad-value ntlm.challenge.targetName 56'],
    ['a pair past the end', changed(published, 70, '2500'), 'truncated ntlm.challenge.targetInfo[0] 68'],
    ['pairs without end', changed(published, 100, '0900'), 'truncated ntlm.challenge.targetInfo[3] 104'],
    ['more than 64 KiB', new Uint8Array(MAX_MESSAGE + 1), `too-large ntlm.challenge ${MAX_MESSAGE}`],
  ])('%s is told with its place', (_what, bytes, expected) => {
    expect(complaint(() => decodeChallenge(bytes))).toBe(expected);
  });

  test.each([NTLM_V2.challenge, HTTP.challenge])('cut at any byte says so', (message) => {
    const bytes = hex(message);
    for (let end = 0; end < bytes.length; end++)
      expect(complaint(() => decodeChallenge(bytes.subarray(0, end)))).toMatch(/^truncated /);
  });
});

describe('type 3', () => {
  test('of [MS-NLMP] 4.2.4 is written and read', () => {
    const message = {
      flags: 0xe2888235,
      domain: 'Domain',
      user: 'User',
      workstation: 'COMPUTER',
      lmResponse: hex(NTLM_V2.lmResponse),
      ntResponse: hex(NTLM_V2.proof + NTLM_V2.temp),
      encryptedSessionKey: hex(NTLM_V2.encryptedSessionKey),
      version: { major: 5, minor: 1, build: 2600, revision: 15 },
      mic: null,
    };
    expect(digits(encodeAuthenticate(message))).toBe(digits(hex(NTLM_V2.authenticate)));
    expect(decodeAuthenticate(hex(NTLM_V2.authenticate))).toEqual(message);
  });

  test('as recorded has a MIC, and comes out again as it was', () => {
    const message = decodeAuthenticate(hex(HTTP.authenticate));
    expect(message).toMatchObject({ user: 'alice', domain: 'GROMOX', workstation: 'WORKSTN' });
    expect(digits(message.mic ?? new Uint8Array())).toBe('65fe799e129658c853a1cd2a1e64e9e6');
    expect(digits(encodeAuthenticate(message))).toBe(digits(hex(HTTP.authenticate)));
  });

  test('its response tells what was proven', () => {
    const { ntResponse } = decodeAuthenticate(hex(HTTP.authenticate));
    const { proof, challenge, time, pairs } = decodeNtlmV2Response(ntResponse);
    expect([digits(proof), digits(challenge), digits(time)]).toEqual([
      HTTP.proof,
      CLIENT_CHALLENGE,
      'de6c3a051d79dd01',
    ]);
    expect(pairs.map(({ id }) => id)).toEqual([2, 1, 4, 3, 7, 6, 10, 9]);
    expect(avText(pairs, 'targetName')).toBe(HTTP.target);
  });

  test('a response of NTLMv1 is none of NTLMv2', () => {
    const path = 'ntlm.authenticate.ntResponse';
    expect(complaint(() => decodeNtlmV2Response(new Uint8Array(24)))).toBe(`truncated ${path} 24`);
    expect(complaint(() => decodeNtlmV2Response(new Uint8Array(60)))).toBe(`bad-value ${path} 16`);
  });

  test('cut at any byte says so', () => {
    const bytes = hex(HTTP.authenticate);
    for (let end = 0; end < bytes.length; end++)
      expect(complaint(() => decodeAuthenticate(bytes.subarray(0, end)))).toMatch(/^truncated /);
  });

  test('a field that is too long is a mistake of ours', () => {
    const message = decodeAuthenticate(hex(HTTP.authenticate));
    expect(() => encodeAuthenticate({ ...message, user: 'x'.repeat(40_000) })).toThrow(RangeError);
  });
});

test('flags have names', () => {
  expect(flagNames(0xe28a8233)).toEqual([
    ...['unicode', 'oem', 'sign', 'seal', 'ntlm', 'always-sign', 'target-type-server', 'extended-session-security'],
    ...['target-info', 'version', '128-bit', 'key-exchange', '56-bit'],
  ]);
});

test('text keeps every unit', () => {
  expect(digits(encodeUtf16('a\ud83d\0'))).toBe('61003dd80000');
});
