/** Signing and sealing: published vectors, recorded DCE/RPC from its keys alone, and two ends that talk to each other. */
import { describe, expect, test } from 'vitest';
import { SessionSecurity } from '#lib/auth/ntlm/session-security.ts';
import { decodeAuthenticate } from '#lib/wire/ntlm/authenticate.ts';
import { seededRandom } from '#tests/lab/random.ts';
import { digits, hex, NTLM_V2, PLAINTEXT, SESSION_KEY, WEAK_SESSION } from '#tests/wire/ntlm/published.ts';
import { partsOf, type Recording, recorded, SESSION_BASE_KEYS } from './recorded-rpc.ts';

const FLAGS = 0xe28a8233;
const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

test.each([
  ['4.2.4', FLAGS, SESSION_KEY, NTLM_V2],
  ['4.2.3, with 56 bits and a checksum that is not hidden', WEAK_SESSION.flags, WEAK_SESSION.key, WEAK_SESSION],
])('[MS-NLMP] %s', (_section, flags, key, { sealed, signature }) => {
  const protectedOne = new SessionSecurity(hex(key), flags).seal(hex(PLAINTEXT));
  expect(digits(protectedOne.sealed)).toBe(sealed);
  expect(digits(protectedOne.signature)).toBe(signature);
  const server = new SessionSecurity(hex(key), flags, 'server');
  expect(digits(server.unseal(hex(sealed), hex(signature)) ?? bytes())).toBe(PLAINTEXT);
});

describe('recorded DCE/RPC at level 6', () => {
  /** All after the sign-in, taken apart by a session with these flags and this key. */
  function replay(name: Recording, key: Uint8Array): string[] {
    const pdus = recorded(name);
    const { flags } = decodeAuthenticate(partsOf(pdus[2] ?? { name: '', way: 'sent', bytes: bytes() }).token);
    const ours = new SessionSecurity(key, flags);
    const theirs = new SessionSecurity(key, flags, 'server');
    return pdus.slice(3).map((pdu) => {
      const { signed, token, span, padding } = partsOf(pdu);
      const side = pdu.way === 'sent' ? theirs : ours;
      const plain = side.unseal(signed, token, span);
      return plain === null ? `${pdu.name}: refused` : digits(plain.subarray(span.from, span.to - padding));
    });
  }

  test.each([
    ['nspiPrivacy', 14],
    ['emsmdbPrivacy', 8],
  ] as const)('%s: every signature is right', (name, count) => {
    const stubs = replay(name, hex(SESSION_KEY));
    expect(stubs).toHaveLength(count);
    expect(stubs.filter((stub) => stub.endsWith('refused'))).toEqual([]);
  });

  test('the address book is bound and unbound', () => {
    const stubs = replay('nspiPrivacy', hex(SESSION_KEY));
    expect(stubs[0]).toBe(`${'00'.repeat(28)}e404000009040000090400000000020${'0'.repeat(33)}`);
    expect(stubs[1]).toBe('040002001463f68b05365645a775b6c6eb05038101000000667ca9640955fe4c95b601000000a41e00000000');
    expect(stubs[12]).toBe('01000000667ca9640955fe4c95b601000000a41e00000000');
  });

  test('another key opens nothing', () => {
    const stubs = replay('nspiPrivacy', hex(SESSION_BASE_KEYS.nspiPrivacy));
    expect(stubs.every((stub) => stub.endsWith('refused'))).toBe(true);
  });

  test.each(['nspiPrivacy', 'emsmdbPrivacy'] as const)('%s: what we send is what was sent', (name) => {
    const pdus = recorded(name);
    const { flags } = decodeAuthenticate(partsOf(pdus[2] ?? { name: '', way: 'sent', bytes: bytes() }).token);
    const server = new SessionSecurity(hex(SESSION_KEY), flags, 'server');
    const client = new SessionSecurity(hex(SESSION_KEY), flags);
    for (const pdu of pdus.slice(3).filter(({ way }) => way === 'sent')) {
      const { signed, token, span } = partsOf(pdu);
      const { sealed, signature } = client.seal(server.unseal(signed, token, span) ?? bytes(), span);
      expect([digits(sealed), digits(signature)]).toEqual([digits(signed), digits(token)]);
    }
  });

  test('at level 2 there is nothing to protect, and no key is exchanged', () => {
    const [, , auth3, ...calls] = recorded('nspiConnect');
    const token = partsOf(auth3 ?? { name: '', way: 'sent', bytes: bytes() }).token;
    expect(decodeAuthenticate(token)).toMatchObject({ flags: 0xa28a8295, encryptedSessionKey: bytes(), mic: null });
    expect(calls.map(({ bytes: pdu }) => (pdu[10] ?? 0) + (pdu[11] ?? 0))).toEqual([0, 0, 0, 0]);
  });
});

describe('two ends', () => {
  const key = hex('00112233445566778899aabbccddeeff');
  const ends = (flags = FLAGS): [SessionSecurity, SessionSecurity] => [
    new SessionSecurity(key, flags),
    new SessionSecurity(key, flags, 'server'),
  ];

  test.each([
    ['128 bits', FLAGS],
    ['56 bits', FLAGS & ~0x20000000],
    ['40 bits', FLAGS & ~0xa0000000],
    ['no exchange of keys', FLAGS & ~0x40000000],
  ])('with %s understand each other, whatever is said in which order', (_what, flags) => {
    const random = seededRandom(`session ${flags}`);
    const [client, server] = ends(flags);
    for (let round = 0; round < 200; round++) {
      const [from, to] = random.below(2) === 0 ? [client, server] : [server, client];
      const message = new Uint8Array(random.below(300)).map(() => random.below(256));
      if (random.below(2) === 0) {
        expect(to.verify(message, from.sign(message))).toBe(true);
        continue;
      }
      const at = random.below(message.length + 1);
      const span = { from: at, to: at + random.below(message.length - at + 1) };
      const { sealed, signature } = from.seal(message, span);
      expect(digits(sealed.subarray(0, at))).toBe(digits(message.subarray(0, at)));
      expect(digits(to.unseal(sealed, signature, span) ?? bytes())).toBe(digits(message));
    }
  });

  const message = bytes(1, 2, 3, 4);
  test.each<[what: string, tamper: (sealed: Uint8Array, signature: Uint8Array) => void]>([
    ['the message', (sealed) => sealed.set([(sealed[0] ?? 0) ^ 1])],
    ['the version', (_, signature) => signature.set([2])],
    ['the checksum', (_, signature) => signature.set([(signature[4] ?? 0) ^ 1], 4)],
    ['the sequence number', (_, signature) => signature.set([1], 12)],
  ])('%s must not be changed', (_what, tamper) => {
    const [client, server] = ends();
    const { sealed, signature } = client.seal(message);
    tamper(sealed, signature);
    expect(server.unseal(sealed, signature)).toBeNull();
  });

  test('nothing may be repeated, left out, sent back or cut', () => {
    const [client, server] = ends();
    const first = client.sign(message);
    expect(server.verify(message, first)).toBe(true);
    expect(server.verify(message, first)).toBe(false);
    const [other, otherServer] = ends();
    other.sign(message);
    expect(otherServer.verify(message, other.sign(message))).toBe(false);
    const [mirror] = ends();
    expect(mirror.verify(message, mirror.sign(message))).toBe(false);
    const [short, shortServer] = ends();
    expect(shortServer.verify(message, short.sign(message).subarray(0, 15))).toBe(false);
  });

  test('behind the MICs of SPNEGO the streams begin anew, and the numbers go on', () => {
    const [client, server] = ends();
    const list = bytes(0x30, 0);
    expect(server.verifyMechTypes(list, client.signMechTypes(list))).toBe(true);
    expect(client.verifyMechTypes(list, server.signMechTypes(list))).toBe(true);
    const { sealed, signature } = client.seal(message);
    const [fresh] = ends();
    expect(digits(sealed)).toBe(digits(fresh.seal(message).sealed));
    expect(signature[12]).toBe(1);
    expect(server.unseal(sealed, signature)).toEqual(message);
  });
});
