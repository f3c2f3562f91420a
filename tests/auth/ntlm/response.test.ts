/** MD4, RC4 and the answers of NTLMv2 by their published vectors. */
import { describe, expect, test } from 'vitest';
import { ntlmIdentity, upperCase, userNameForm } from '#lib/auth/ntlm/identity.ts';
import { md4 } from '#lib/auth/ntlm/md4.ts';
import { Rc4 } from '#lib/auth/ntlm/rc4.ts';
import { ntHash, ntowfV2, respond } from '#lib/auth/ntlm/response.ts';
import { Secret } from '#lib/auth/secret.ts';
import { decodeAvPairs } from '#lib/wire/ntlm/av-pairs.ts';
import { encodeUtf16 } from '#lib/wire/ntlm/text.ts';
import { CLIENT_CHALLENGE, digits, hex, INPUTS, NTLM_V2, SERVER_CHALLENGE } from '#tests/wire/ntlm/published.ts';

/** RFC 1320 A.5 */
test.each([
  ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
  ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
  ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
  ['message digest', 'd9130a8164549fe818874806e1c7014b'],
  ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
  ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
])('MD4 of %j', (text, digest) => {
  expect(digits(md4(new TextEncoder().encode(text)))).toBe(digest);
});

/** RFC 6229 2: the first bytes of the stream, and those at 4096. */
test.each([
  ['0102030405', 'b2396305f03dc027ccc3524a0a1118a8', 'ff25b58995996707e51fbdf08b34d875'],
  ['01020304050607', '293f02d47f37c9b633f2af5285feb46b', 'e74b0b9731227fd37c0ec08a47ddd8b8'],
  ['0102030405060708090a0b0c0d0e0f10', '9ac7cc9a609d1ef7b2932899cde41b97', 'a36a4c301ae8ac13610ccbc12256cacc'],
])('RC4 with the key %s', (key, first, at4096) => {
  const stream = new Rc4(hex(key)).apply(new Uint8Array(4112));
  expect(digits(stream.subarray(0, 16))).toBe(first);
  expect(digits(stream.subarray(4096))).toBe(at4096);
});

test('the stream goes on where it ended', () => {
  const bytes = new Uint8Array(1000).map((_, index) => index);
  const inOne = new Rc4(hex('0102030405')).apply(bytes);
  const stream = new Rc4(hex('0102030405'));
  const pieces = [0, 1, 2, 259, 1000].map((end, index, ends) =>
    stream.apply(bytes.subarray(ends[index - 1] ?? 0, end)),
  );
  expect(digits(new Uint8Array(Buffer.concat(pieces)))).toBe(digits(inOne));
});

describe('[MS-NLMP] 4.2.4', () => {
  const password = Secret.of(INPUTS.password);

  test('the hashes that stand for the password', () => {
    expect(digits(ntHash(password))).toBe(NTLM_V2.ntHash);
    expect(digits(ntowfV2(password, INPUTS))).toBe(NTLM_V2.ntowf);
  });

  test('the responses and the session key', () => {
    const pairs = decodeAvPairs(hex(NTLM_V2.pairs), { path: '', offset: 0 });
    const client = { time: new Uint8Array(8), challenge: hex(CLIENT_CHALLENGE), pairs };
    const response = respond(hex(NTLM_V2.ntowf), hex(SERVER_CHALLENGE), client, true);
    expect(digits(response.ntResponse)).toBe(NTLM_V2.proof + digits(hex(NTLM_V2.temp)));
    expect(digits(response.lmResponse)).toBe(NTLM_V2.lmResponse);
    expect(digits(response.sessionBaseKey)).toBe(NTLM_V2.sessionBaseKey);
    expect(digits(respond(hex(NTLM_V2.ntowf), hex(SERVER_CHALLENGE), client, false).lmResponse)).toBe('00'.repeat(24));
  });
});

test.each([
  ['every plane', 'pä\u4e2d\u{1f600}\u{10ffff}'],
  ['half of a pair', 'a\ud83d'],
  ['a zero in the middle', 'a\0b'],
  ['a colon', 'a:b'],
  ['256 letters', 'ü'.repeat(256)],
  ['nothing', ''],
])('a password of %s is hashed unit by unit', (_what, password) => {
  const units = Uint16Array.from({ length: password.length }, (_, at) => password.charCodeAt(at));
  const bytes = new Uint8Array(units.buffer);
  expect(digits(encodeUtf16(password))).toBe(digits(bytes));
  expect(digits(ntHash(Secret.of(password)))).toBe(digits(md4(bytes)));
});

describe('names', () => {
  test.each([
    ['alice', 'bare', { user: 'alice', domain: '' }],
    ['alice@contoso.example', 'address', { user: 'alice@contoso.example', domain: '' }],
    ['CONTOSO\\alice', 'domain-user', { user: 'alice', domain: 'CONTOSO' }],
    ['CONTOSO\\alice@contoso.example', 'domain-user', { user: 'alice@contoso.example', domain: 'CONTOSO' }],
    ['\\alice', 'domain-user', { user: 'alice', domain: '' }],
    ['a\\b\\c', 'domain-user', { user: 'b\\c', domain: 'a' }],
    ['', 'bare', { user: '', domain: '' }],
  ])('%s', (name, form, identity) => {
    expect(userNameForm(name)).toBe(form);
    expect(ntlmIdentity(name)).toEqual(identity);
  });

  test.each([
    ['Alice.Größe', 'ALICE.GRÖßE'],
    ['ıſ', 'ıſ'],
    ['ÿ', 'Ÿ'],
    ['ᾳᾀᾈ', 'ᾼᾈᾈ'],
    ['ŉǰ', 'ŉǰ'],
    ['жük', 'ЖÜK'],
    ['\u{10428}', '\u{10428}'],
  ])('%s in capitals as Windows has them', (name, upper) => {
    expect(upperCase(name)).toBe(upper);
  });

  test('the case of the domain counts, that of the user does not', () => {
    const of = (user: string, domain: string): string => digits(ntowfV2(Secret.of('x'), { user, domain }));
    expect(of('alice', 'Contoso')).toBe(of('ALICE', 'Contoso'));
    expect(of('alice', 'Contoso')).not.toBe(of('alice', 'CONTOSO'));
  });
});
