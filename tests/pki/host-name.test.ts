/** Names of hosts in certificates. RFC 9525 6 */
import { describe, expect, test } from 'vitest';
import { canonicalHost, commonNameFits, isHostName, isRegistry, matchesHost, namesHost } from '#lib/pki/host-name.ts';

describe('a name in a certificate', () => {
  test.each([
    ['mail.example.com', 'mail.example.com'],
    ['MAIL.Example.com', 'mail.example.com'],
    ['*.example.com', 'mail.example.com'],
    ['*.EXAMPLE.com', 'mail.example.com'],
    ['*.a.example.com', 'b.a.example.com'],
    ['*.example.com', 'xn--bcher-kva.example.com'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['under_score.example.com', 'under_score.example.com'],
    ['localhost', 'localhost'],
    ['*.example.co.uk', 'mail.example.co.uk'],
  ])('%s stands for %s', (presented, host) => {
    expect(matchesHost(presented, host)).toBe(true);
  });

  test.each([
    ['mail.example.com', 'example.com'],
    ['example.com', 'mail.example.com'],
    ['example.com', 'xexample.com'],
    ['*.example.com', 'example.com'],
    ['*.example.com', 'a.b.example.com'],
    ['*.example.com', '.example.com'],
    ['*.com', 'example.com'],
    ['*.co.uk', 'example.co.uk'],
    ['*.CO.UK', 'example.co.uk'],
    ['*', 'localhost'],
    ['*.', 'localhost.'],
    ['m*.example.com', 'mail.example.com'],
    ['*l.example.com', 'mail.example.com'],
    ['mail.*.com', 'mail.example.com'],
    ['*.*.com', 'mail.example.com'],
    ['**.example.com', 'mail.example.com'],
    ['xn--*.example.com', 'xn--bcher-kva.example.com'],
    ['mail.example.com.', 'mail.example.com'],
    ['.example.com', 'mail.example.com'],
    ['', ''],
  ])('%s does not stand for %s', (presented, host) => {
    expect(matchesHost(presented, host)).toBe(false);
  });
});

describe('a certificate names a host', () => {
  const dns = (value: string) => ({ type: 'dns', value }) as const;
  const ip = (...octets: number[]) => ({ type: 'ip', bytes: Uint8Array.from(octets) }) as const;
  const SIX = ip(0x20, 0x01, 0x0d, 0xb8, ...new Array<number>(11).fill(0), 1);

  test.each([
    ['with a dot at the end', [dns('mail.example.com')], 'mail.example.com.', true],
    ['in capitals', [dns('mail.example.com')], 'MAIL.example.COM', true],
    ['among others', [dns('a.example.com'), dns('mail.example.com')], 'mail.example.com', true],
    ['by its address', [ip(192, 0, 2, 1)], '192.0.2.1', true],
    ['by its long address', [SIX], '2001:0DB8::1', true],
    ['by another address', [ip(192, 0, 2, 2)], '192.0.2.1', false],
    ['by an address in the place of a name', [dns('192.0.2.1')], '192.0.2.1', false],
    ['by a wildcard for addresses', [dns('*.0.2.1')], '192.0.2.1', false],
    [
      'by an address in another form',
      [ip(...new Array<number>(10).fill(0), 255, 255, 192, 0, 2, 1)],
      '192.0.2.1',
      false,
    ],
    ['that is none', [dns('two words')], 'two words', false],
    ['as a mailbox', [{ type: 'email', value: 'mail.example.com' } as const], 'mail.example.com', false],
    ['in no way', [], 'mail.example.com', false],
  ])('%s', (_how, names, host, expected) => {
    expect(namesHost(names, host)).toBe(expected);
  });
});

test.each([
  [['mail.example.com'], 'mail.example.com', true],
  [['Somebody', '*.example.com'], 'mail.example.com', true],
  [['192.0.2.1'], '192.0.2.1', true],
  [['2001:db8:0::1'], '2001:db8::1', true],
  [['*.0.2.1'], '192.0.2.1', false],
  [['example.com'], 'mail.example.com', false],
  [[], 'mail.example.com', false],
])('the common names %j would have fitted %s: %s', (names, host, expected) => {
  expect(commonNameFits(names, host)).toBe(expected);
});

test.each([
  ['a', true],
  ['a-b.c1', true],
  ['1.2', true],
  ['a_b.c', true],
  [`${'a'.repeat(63)}.com`, true],
  [`${'a'.repeat(64)}.com`, false],
  ['a'.repeat(254), false],
  ['-a.com', false],
  ['a-.com', false],
  ['a..com', false],
  ['', false],
  ['a b', false],
  ['ä.com', false],
  ['a.com\0', false],
])('%j is a host name: %s', (name, expected) => {
  expect(isHostName(name)).toBe(expected);
});

test('underscores are no letters, strictly', () => {
  expect(isHostName('a_b.c', true)).toBe(false);
});

test.each([
  ['com', true],
  ['UK', true],
  ['co.uk', true],
  ['com.au', true],
  ['example.com', false],
  ['co.example', false],
  ['bbc.co.uk', false],
  ['constructor', true],
  ['x.constructor', false],
  ['__proto__.__proto__', false],
])('everybody can register names below %s: %s', (domain, expected) => {
  expect(isRegistry(domain)).toBe(expected);
});

test.each([
  ['Mail.Example.COM', 'mail.example.com'],
  ['*.Example.com', '*.example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['192.168.001.001', '192.168.1.1'],
  ['0xC0A80101', '192.168.1.1'],
  ['2001:0DB8::0001', '2001:db8::1'],
  ['localhost', null],
  ['Anna Müller', null],
  ['a.b/c', null],
  ['user@a.b', null],
  ['a.b:80', null],
  ['[::1]', null],
  ['%61.com', null],
  [':', null],
  ['', null],
  ['a.b'.repeat(200), null],
])('%j has to be written %s', (text, expected) => {
  expect(canonicalHost(text)).toBe(expected);
});
