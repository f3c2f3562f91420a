/** A hello, read back by the lab's own reader and by its bytes. What other programs say to it stands in tests/oracle. */
import { describe, expect, test } from 'vitest';
import { type ClientHello, encodeClientHello } from '#lib/wire/tls/client-hello.ts';
import { missingBytes, readHello } from '#tests/lab/net/tls-bytes.ts';

const RANDOM = new Uint8Array(32).fill(0x5a);

const hello = (more: Partial<ClientHello> = {}): ClientHello => ({
  version: 'TLS 1.2',
  random: RANDOM,
  suites: [0xc02f, 0x002f],
  serverName: 'mail.example.test',
  ...more,
});

const read = (more: Partial<ClientHello> = {}) => readHello(Buffer.from(encodeClientHello(hello(more))));

/** The data of its extensions, by their type. */
function extensionsOf(more: Partial<ClientHello>): Map<number, string> {
  const bytes = Buffer.from(encodeClientHello(hello(more)));
  let at = 5 + 4 + 2 + 32;
  at += 1 + bytes.readUInt8(at);
  at += 2 + bytes.readUInt16BE(at);
  at += 1 + bytes.readUInt8(at);
  const found = new Map<number, string>();
  if (at === bytes.length) return found;
  expect(at + 2 + bytes.readUInt16BE(at)).toBe(bytes.length);
  for (at += 2; at < bytes.length; at += 4 + bytes.readUInt16BE(at + 2))
    found.set(bytes.readUInt16BE(at), bytes.toString('hex', at + 4, at + 4 + bytes.readUInt16BE(at + 2)));
  return found;
}

describe('a hello', () => {
  test.each([
    ['SSL 3.0', 0x0300, 0x0300],
    ['TLS 1.0', 0x0301, 0x0301],
    ['TLS 1.1', 0x0301, 0x0302],
    ['TLS 1.2', 0x0301, 0x0303],
    ['TLS 1.3', 0x0301, 0x0303],
  ] as const)('of %s has its numbers in the record and in itself', (version, inRecord, inHello) => {
    const bytes = Buffer.from(encodeClientHello(hello({ version })));
    expect([bytes.readUInt16BE(1), bytes.readUInt16BE(9)]).toEqual([inRecord, inHello]);
    expect(missingBytes(bytes)).toBe(0);
    expect(bytes.length).toBe(5 + bytes.readUInt16BE(3));
    expect(bytes.readUIntBE(6, 3)).toBe(bytes.length - 9);
  });

  test('offers its suites in their order, and knows secure renegotiation', () => {
    expect(read()).toEqual({ version: 0x0303, suites: [0xc02f, 0x002f, 0x00ff], serverName: 'mail.example.test' });
    expect(read({ version: 'TLS 1.3', suites: [0x1301] })?.suites).toEqual([0x1301]);
  });

  test('names the host only if it has a name', () => {
    expect(extensionsOf({}).get(0)).toBe(`0014000011${Buffer.from('mail.example.test').toString('hex')}`);
    expect(extensionsOf({ serverName: null }).has(0)).toBe(false);
  });

  test.each([
    ['SSL 3.0', []],
    ['TLS 1.0', [0, 10, 11]],
    ['TLS 1.1', [0, 10, 11]],
    ['TLS 1.2', [0, 10, 13, 11]],
    ['TLS 1.3', [0, 10, 13, 43, 51]],
  ] as const)('of %s has the extensions of its time', (version, types) => {
    expect([...extensionsOf({ version }).keys()]).toEqual(types);
  });

  test('carries what it is given', () => {
    const key = Uint8Array.of(1, 2, 3);
    const given = { version: 'TLS 1.3', alpn: ['http/1.1'], groups: [23], signatureAlgorithms: [0x0403] } as const;
    const found = extensionsOf({ ...given, keyShares: [{ group: 23, key }], sessionId: new Uint8Array(32) });
    expect(Object.fromEntries(found)).toMatchObject({
      10: '00020017',
      13: '00020403',
      16: `000908${Buffer.from('http/1.1').toString('hex')}`,
      43: '020304',
      51: '000700170003010203',
    });
    expect(extensionsOf({ version: 'TLS 1.3' }).get(51)).toBe('0000');
  });
});

test.each([
  ['a short random', { random: new Uint8Array(31) }],
  ['a long session', { sessionId: new Uint8Array(33) }],
  ['a name without end', { serverName: 'x'.repeat(70_000) }],
  ['too many suites', { suites: Array<number>(40_000).fill(1) }],
])('%s is a mistake of ours', (_what, more) => {
  expect(() => encodeClientHello(hello(more))).toThrow(RangeError);
});
