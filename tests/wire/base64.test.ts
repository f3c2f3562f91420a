/** Base64, strictly. RFC 4648 4, 10 */
import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '#lib/wire/base64.ts';
import type { WireErrorCode } from '#lib/wire/error.ts';
import { refuses } from './x509/complaint.ts';

const decode = (text: string): Uint8Array => decodeBase64(text, { path: 'text', offset: 100 });

test.for([
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
] as const)('%o', ([text, base64]) => {
  expect(encodeBase64(Buffer.from(text))).toBe(base64);
  expect(Buffer.from(decode(base64)).toString()).toBe(text);
  expect(Buffer.from(decode(`\r\n ${base64.split('').join('\n')}\t`)).toString()).toBe(text);
});

test('all octets', () => {
  const all = Uint8Array.from({ length: 256 }, (_, octet) => octet);
  expect(encodeBase64(all)).toBe(Buffer.from(all).toString('base64'));
  expect(decode(encodeBase64(all))).toEqual(all);
});

test.for<[string, WireErrorCode, number]>([
  ['Zm9*', 'bad-value', 103],
  ['Zm9v-_', 'bad-value', 104],
  ['Zm9ü', 'bad-value', 103],
  ['Zg==Zg==', 'bad-value', 102],
  ['=Zg=', 'bad-value', 100],
  ['Zh==', 'bad-value', 102],
  ['Zg=', 'truncated', 103],
  ['Zg', 'truncated', 102],
  ['Z', 'truncated', 101],
  ['Zm9v====', 'truncated', 108],
])('%o', ([text, code, offset]) => {
  expect(refuses(() => decode(text), code, 'text').offset).toBe(offset);
});
