/** The lab's own NTLM, against published vectors ([MS-NLMP] 4.2, RFC 1320, RFC 6229) and a sign-in to another server that was recorded. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Demands, judge } from './ntlm/acceptor.ts';
import { channelBinding } from './ntlm/binding.ts';
import { md4, rc4 } from './ntlm/ciphers.ts';
import { firstSignature, hmacMd5, passwordKey, sealKey, signKey } from './ntlm/keys.ts';
import { messageType, NotNtlm, readAuthenticate, readNegotiate, readPairs } from './ntlm/message.ts';
import { channelFor } from './ntlm/session.ts';
import { clientToken, lists, NTLM, readClientToken, serverToken } from './ntlm/spnego.ts';
import { createAuthority } from './pki/authority.ts';
import { fromTrusted } from './pki/identities.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

describe('ciphers', () => {
  test.for([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      'e33b4ddc9c38f2199c3e7b164fcc0536',
    ],
  ] as const)('MD4 of "%s"', ([text, digest]) => {
    expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
  });

  test('RC4, at once and in pieces', () => {
    const stream = 'b2396305f03dc027ccc3524a0a1118a8';
    expect(rc4(hex('0102030405'))(new Uint8Array(16)).toString('hex')).toBe(stream);
    const next = rc4(hex('0102030405'));
    const pieces = [1, 0, 7, 8].map((length) => next(new Uint8Array(length)));
    expect(Buffer.concat(pieces).toString('hex')).toBe(stream);
  });
});

describe('version 2, [MS-NLMP] 4.2.4', () => {
  const challenge =
    hex(`4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000
    060070170000000f53006500720076006500720002000c0044006f006d00610069006e0001000c0053006500720076006500720000000000`);
  const authenticate =
    hex(`4e544c4d5353500003000000180018006c00000054005400840000000c000c00480000000800080054000000100010005c00
    000010001000d8000000358288e20501280a0000000f44006f006d00610069006e00550073006500720043004f004d0050005500540045005200
    86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa68cd0ab851e51c96aabc927bebef6a1c01010000000000000000000000000000
    aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000c5dad254
    4fc9799094ce1ce90bc9d03e`);
  const opening = {
    negotiate: new Uint8Array(),
    challenge,
    number: hex('0123456789abcdef'),
    pairs: readPairs(challenge.subarray(68)),
  };
  const demands: Demands = {
    knows: (user, domain) => user === 'User' && domain === 'Domain',
    password: 'Password',
    protection: 'off',
    binding: null,
    host: 'server',
  };
  const key = Buffer.alloc(16, 0x55);

  test('NTOWFv2', () => {
    expect(passwordKey('Password', 'User', 'Domain').toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
  });

  test('the message is accepted, and yields the session key', () => {
    expect(judge(authenticate, opening, demands)).toMatchObject({ refused: null, key, hasIntegrityCode: false });
  });

  test.for([
    ['another password', {}, { password: 'password' }, 'wrong-password'],
    ['somebody else', {}, { knows: () => false }, 'unknown-user'],
    ['another challenge', { number: hex('0123456789abcdee') }, {}, 'wrong-password'],
    ['a name that is not repeated', { pairs: [{ id: 3, value: hex('4c00') }] }, {}, 'wrong-names'],
    ['no binding', {}, { protection: 'required', binding: key }, 'no-binding'],
  ] as const)('refused: %s', ([_what, changedOpening, changedDemands, refused]) => {
    expect(judge(authenticate, { ...opening, ...changedOpening }, { ...demands, ...changedDemands })).toEqual({
      refused,
    });
  });

  test('every byte of both responses counts', () => {
    // The LM response stands from 6C on, the NT response from 84 up to D8, where the key begins.
    for (let at = 0x6c; at < 0xd8; at++) {
      const changed = Buffer.from(authenticate);
      changed[at] = (changed[at] ?? 0) ^ 1;
      let refused: unknown;
      try {
        ({ refused } = judge(changed, opening, demands));
      } catch (error) {
        refused = error;
      }
      expect(refused, `byte ${at}`).not.toBeNull();
    }
  });

  test('a message that is cut off is none', () => {
    for (let length = 0; length < authenticate.length; length++) {
      expect(() => readAuthenticate(authenticate.subarray(0, length)), `${length} bytes`).toThrow(NotNtlm);
    }
  });

  test('keys for signing and sealing, and the first signature', () => {
    const agreed = 0xe28a8233;
    expect(signKey(key, 'client-to-server').toString('hex')).toBe('4788dc861b4782f35d43fd98fe1a2d39');
    expect(sealKey(key, 'client-to-server', agreed).toString('hex')).toBe('59f600973cc4960a25480a7c196e4c58');
    expect(sealKey(key, 'server-to-client', agreed).toString('hex')).toBe('9355f3a957c1583d25c4c2f11e40390e');
    const weak = hex('eb93429a8bd952f8b89c55b87f475edc');
    expect(sealKey(weak, 'client-to-server', 0x820a8233).toString('hex')).toBe('04dd7f014d8504d265a25cc86a3a7c06');
    // The published signature follows sealed text; here the first eight bytes of the stream go to the checksum.
    const text = Buffer.from('Plaintext', 'utf16le');
    const checksum = hex('70352851f2564309');
    const first = rc4(sealKey(key, 'client-to-server', agreed))(checksum);
    const signature = Buffer.concat([hex('01000000'), first, hex('00000000')]);
    expect(firstSignature(key, 'client-to-server', agreed, text)).toEqual(signature);
  });
});

describe('a sign-in over HTTP with MIC, binding and target, recorded elsewhere', () => {
  const negotiate = hex('4e544c4d5353500001000000978208e2000000000000000000000000000000000a005d580000000f');
  const challenge =
    hex(`4e544c4d53535000020000000c000c003800000015828ae2f916c01252d274cf00000000000000003c003c00440000000601
    00000000000f470052004f004d004f00580002000c00470052004f004d004f00580001000c00470052004f004d004f005800
    040000000300040076006d0007000800de6c3a051d79dd0100000000`);
  const authenticate =
    hex(`4e544c4d5353500003000000180018007c000000c600c600940000000c000c00580000000a000a00640000000e000e006e00
    0000100010005a01000015828ae20a005d580000000f65fe799e129658c853a1cd2a1e64e9e6470052004f004d004f005800
    61006c0069006300650057004f0052004b00530054004e00000000000000000000000000000000000000000000000000af38
    4e365b754ca07f89895edff74ef60101000000000000de6c3a051d79dd01aaaaaaaaaaaaaaaa0000000002000c0047005200
    4f004d004f00580001000c00470052004f004d004f005800040000000300040076006d0007000800de6c3a051d79dd010600
    0400020000000a00100085037b57f2e6bfd064e9ac40949a29a809003a0048005400540050002f006100750074006f006400
    6900730063006f007600650072002e00670072006f006d006f0078002e007400650073007400000000000000000027ae8c76
    ff4a9d7a191e4be053aee3dd`);

  test('the parts', () => {
    expect(readNegotiate(negotiate)).toBe(0xe2088297);
    expect(readNegotiate(negotiate.subarray(0, 32))).toBe(0xe2088297);
    expect(() => readNegotiate(negotiate.subarray(0, 31))).toThrow(NotNtlm);
    expect(messageType(challenge)).toBe(2);
    const { user, domain, nt, lm } = readAuthenticate(authenticate);
    expect({ user, domain, lm: lm.every((byte) => byte === 0) }).toEqual({ user: 'alice', domain: 'GROMOX', lm: true });
    expect(readPairs(nt.subarray(44)).map(({ id }) => id)).toEqual([2, 1, 4, 3, 7, 6, 10, 9]);
  });

  test('the integrity code over all three messages', () => {
    const blank = Buffer.from(authenticate).fill(0, 72, 88);
    const code = hmacMd5(Buffer.alloc(16, 0x55), negotiate, challenge, blank);
    expect(code).toEqual(authenticate.subarray(72, 88));
  });
});

describe('channel binding', () => {
  const authority = createAuthority();
  const wishes = {
    md5: { hash: 'md5' },
    sha1: { hash: 'sha1' },
    sha256: { hash: 'sha256' },
    sha384: { hash: 'sha384' },
    sha512: { hash: 'sha512' },
    'sha384 (PSS)': { hash: 'sha384', padding: 'pss' },
  } as const;

  test.for([
    ['md5', 'sha256'],
    ['sha1', 'sha256'],
    ['sha256', 'sha256'],
    ['sha384', 'sha384'],
    ['sha512', 'sha512'],
    ['sha384 (PSS)', 'sha384'],
  ] as const)('of a certificate signed with %s', ([name, hash]) => {
    const { chain } = fromTrusted(authority, 'mail.lab.test', wishes[name]);
    const [, body = ''] = /CERTIFICATE-----([^-]*)/.exec(chain) ?? [];
    const certificate = Buffer.from(body, 'base64');
    expect(channelBinding(certificate)).toEqual(bindingOf(createHash(hash).update(certificate).digest()));
  });

  test('the published value', () => {
    const end = hex('ea05fefecc6b0bd571dbbc5baa3ed45386d0446835f7b74c85621b9983475f95');
    expect(bindingOf(end).toString('hex')).toBe('6586e99d81c2fc984e47172fd4dd0310');
  });

  // Written out once more, from RFC 4121 4.1.1.2.
  function bindingOf(end: Buffer): Buffer {
    const data = Buffer.concat([Buffer.from('tls-server-end-point:'), end]);
    const length = Buffer.of(data.length, 0, 0, 0);
    return createHash('md5')
      .update(Buffer.concat([Buffer.alloc(16), length, data]))
      .digest();
  }
});

describe('SPNEGO', () => {
  test('the first token of a client', () => {
    const token = Buffer.from('anything');
    const { mechanisms, ...read } = readClientToken(Buffer.from(clientToken([NTLM], token)));
    expect(mechanisms?.toString('hex')).toBe('300c060a2b06010401823702020a');
    expect(mechanisms && lists(mechanisms, NTLM)).toBe(true);
    expect(read).toEqual({ token, listSignature: null });
  });

  // What Apache with another implementation of NTLM sent.
  test('tokens of a server', () => {
    const token = new Uint8Array(132);
    const begin = 'a181a030819da0030a0101a10c060a2b06010401823702020aa28187048184';
    const second = Buffer.from(serverToken({ state: 'incomplete', mechanism: NTLM, token }));
    expect(second.toString('hex')).toBe(begin + '00'.repeat(132));
    expect(Buffer.from(serverToken({ state: 'completed' })).toString('hex')).toBe('a1073005a0030a0100');
  });
});

describe('sealed calls, recorded elsewhere', () => {
  const key = Buffer.alloc(16, 0x55);
  const agreed = 0xe28a82b5;
  const trailer = '0a06040044332211';

  test('a request: opened, and its signature checked', () => {
    const channel = channelFor(key, 'client-to-server', agreed);
    const header = '050000031000000070001000020000003c00000000000000';
    const sealed = `04e56d65de195fdcf76054c1e41b77068f5f0f86a694370b0a7f34c380e4ffa256e39a235857ac4a79e776fa373858cd87109c12
      42ac64150650a3d4b842ffc8`;
    const plain = channel.crypt(hex(sealed));
    expect(plain.toString('hex')).toBe(
      `${'00'.repeat(28)}e40400000904000009040000${'00000200'}${'00'.repeat(16)}${'00'.repeat(4)}`,
    );
    const signature = channel.sign(Buffer.concat([hex(header), plain, hex(trailer)]));
    expect(signature.toString('hex')).toBe('0100000091325023bf6923c900000000');
  });

  test('its answer: sealed and signed', () => {
    const channel = channelFor(key, 'server-to-client', agreed);
    const header = hex('050002031000000060001000020000002c00000000000000');
    const plain = hex(
      `040002001463f68b05365645a775b6c6eb05038101000000667ca9640955fe4c95b601000000a41e0000000000000000`,
    );
    expect(channel.crypt(plain).toString('hex')).toBe(
      '42081fb745d9eb622df27192842e9ae112d5170a2003641873aec4dccb4d977a2058d4a71d466bab9169bd774894545c',
    );
    const signature = channel.sign(Buffer.concat([header, plain, hex(trailer)]));
    expect(signature.toString('hex')).toBe('01000000502e08b91a70820900000000');
  });

  test('numbers go on, and begin with 1 behind a signed list', () => {
    const channel = channelFor(key, 'client-to-server', agreed, 1);
    expect([channel.sign(key), channel.sign(key)].map((signature) => signature.readUInt32LE(12))).toEqual([1, 2]);
  });
});
