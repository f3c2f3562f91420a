/** Names and meanings of codes. */
import { expect, test } from 'vitest';
import { mapiCode, nameOfCode, wordsOfCode } from '#lib/wire/mapi-codes.ts';

test('known codes have their name and a sentence', () => {
  expect(nameOfCode(0x3eb)).toBe('ecUnknownUser (0x3EB)');
  expect(nameOfCode(0x80070005)).toBe('ecAccessDenied (0x80070005)');
  expect(nameOfCode(2_416)).toBe('ecNotEncrypted (0x970)');
  expect(wordsOfCode(0x40380)).toBe('ErrorsReturned');
  expect(mapiCode(0x478)?.meaning).toBe('The mailbox is on another server.');
});

test('others have their number', () => {
  expect(nameOfCode(0xdeadbeef)).toBe('0xDEADBEEF');
  expect(wordsOfCode(0xdeadbeef)).toBe('');
  expect(mapiCode(0xdeadbeef)).toBeNull();
});

test('every code that a fact sheet or a document of failures names is known', () => {
  const codes = [
    ...[
      0x970, 0x4df, 0x4e0, 0x4e1, 0x80040111, 0x80040110, 0x80040115, 0x3eb, 0x3ef, 0x3f2, 0x478, 0x47f, 0x480, 0x50c,
    ],
    ...[
      0x96c, 0x96e, 0xa33, 0x7d8, 0x7ee, 0x11c, 0xa2e, 0x4b6, 0x4b9, 0x4bc, 0x4bd, 0x47d, 0x451, 0x80070057, 0x80004005,
    ],
    ...[0x8004010f, 0x80040102, 0, 1, 2, 0x80040108, 0x8004010e, 0x80040117, 0x8004011e, 0x8004011f, 0x80040403],
    ...[0x80040405, 0x8007000e],
  ];
  for (const code of codes) expect(mapiCode(code)?.meaning).toMatch(/^[A-Z].*\.$/);
});
