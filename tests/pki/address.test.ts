/** IP addresses as text and as octets. */
import { isIPv4, isIPv6 } from 'node:net';
import { expect, test } from 'vitest';
import { addressOf, addressToText, isInNetwork, networkOf, networkToText } from '#lib/pki/address.ts';

const GOOD = [
  '0.0.0.0',
  '192.0.2.1',
  '255.255.255.255',
  '::',
  '::1',
  '1::',
  '2001:db8::1',
  '::ffff:192.0.2.1',
  '1:2:3:4:5:6:7:8',
];
const BAD = [
  ...[
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.',
    ' 1.2.3.4',
    '0x1.2.3.4',
    '1e1.2.3.4',
    'a.b.c.d',
  ],
  ...[
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    '::g',
    '::1%eth0',
    '[::1]',
    '::1.2.3',
    '1:2:3:4:5:6:7::8',
  ],
  ...['::1.2.3.4:1', 'x'.repeat(100), ':'.repeat(10_000)],
];

test.each(GOOD)('%s is an address', (text) => {
  const octets = addressOf(text);
  expect(octets).toHaveLength(text.includes(':') ? 16 : 4);
  expect(addressOf(addressToText(octets ?? new Uint8Array()))).toEqual(octets);
});

test.each(BAD)('%j is none', (text) => {
  expect(addressOf(text)).toBeNull();
});

test.each([...GOOD, ...BAD.filter((text) => !text.includes('%'))])('Node says the same of %j', (text) => {
  expect(addressOf(text) !== null).toBe(isIPv4(text) || isIPv6(text));
});

test.each([
  ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['1:0:0:0:0:0:0:0', '1::'],
  ['2001:DB8::A', '2001:db8::a'],
  ['::192.0.2.1', '::c000:201'],
])('%s is written %s', (text, canonical) => {
  expect(addressToText(addressOf(text) ?? new Uint8Array())).toBe(canonical);
});

test('what is no address is shown as it is', () => {
  expect(addressToText(Uint8Array.of(1, 2, 255))).toBe('#0102ff');
  expect(networkToText(Uint8Array.of(1, 2, 255))).toBe('#0102ff');
});

const network = (...octets: number[]) => networkOf(Uint8Array.from(octets));

test.each([
  [[192, 0, 2, 0, 255, 255, 255, 0], '192.0.2.0/24'],
  [[192, 0, 2, 0, 255, 255, 255, 128], '192.0.2.0/25'],
  [[0, 0, 0, 0, 0, 0, 0, 0], '0.0.0.0/0'],
  [[192, 0, 2, 1, 255, 255, 255, 255], '192.0.2.1/32'],
])('%j is the network %s', (octets, text) => {
  expect(networkToText(Uint8Array.from(octets))).toBe(text);
});

test.each([
  [[192, 0, 2, 0, 255, 0, 255, 0]],
  [[192, 0, 2, 0, 255, 255, 255, 1]],
  [[192, 0, 2, 0]],
  [[]],
  [new Array(16).fill(0)],
])('%j is no network', (octets) => {
  expect(networkOf(Uint8Array.from(octets))).toBeNull();
});

test.each([
  ['192.0.2.127', true],
  ['192.0.2.128', false],
  ['192.0.3.1', false],
  ['::192.0.2.1', false],
])('%s is in 192.0.2.0/25: %s', (text, expected) => {
  const found = network(192, 0, 2, 0, 255, 255, 255, 128);
  expect(found !== null && isInNetwork(addressOf(text) ?? new Uint8Array(), found)).toBe(expected);
});
