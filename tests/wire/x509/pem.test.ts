/** PEM as files really have it. RFC 7468 */
import { describe, expect, test } from 'vitest';
import type { WireErrorCode } from '#lib/wire/error.ts';
import { MAX_BUNDLE, MAX_CERTIFICATES_IN_BUNDLE } from '#lib/wire/x509/limits.ts';
import { decodePem, encodePem } from '#lib/wire/x509/pem.ts';
import { hex } from './asn1.ts';
import { refuses } from './complaint.ts';
import { leaf } from './samples.ts';

const block = (label = 'X', content = 'qqq7') => `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----\n`;

test('written and read', () => {
  const text = encodePem('CERTIFICATE', leaf);
  expect(text).toBe(
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(leaf).toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  );
  expect(decodePem(text)).toEqual([{ label: 'CERTIFICATE', bytes: leaf, path: 'pem[0]', offset: 0 }]);
  expect(encodePem('X', new Uint8Array())).toBe('-----BEGIN X-----\n-----END X-----\n');
});

describe('tolerated', () => {
  test.for<[string, string, string[]]>([
    ['nothing', '', []],
    ['no block', 'a text with ----- dashes', []],
    [
      'text around',
      `Bag Attributes\n    friendlyName: me\nsubject=CN = a\n${block('A')}\nissuer=…\n${block('B')}the end`,
      ['A', 'B'],
    ],
    ['Windows', block('A').replaceAll('\n', '\r\n'), ['A']],
    ['old Macs', block('A').replaceAll('\n', '\r'), ['A']],
    ['no line break at the end', block('A').trim(), ['A']],
    ['spaces behind the lines', block('A').replaceAll('\n', ' \t\n'), ['A']],
    ['one long line', block('A', 'qqq7'.repeat(1000)), ['A']],
    ['a label in the middle of a line', `see -----BEGIN A----- and\n${block('B')}`, ['B']],
    ['a label with spaces', block('PKCS #7 SIGNED DATA'), ['PKCS #7 SIGNED DATA']],
    [
      'headers',
      block('RSA PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nqqq7'),
      ['RSA PRIVATE KEY'],
    ],
    ['headers on Windows', block('A', 'Proc-Type: 4,ENCRYPTED\n\nqqq7').replaceAll('\n', '\r\n'), ['A']],
  ])('%s', ([, text, labels]) => {
    const blocks = decodePem(text);
    expect(blocks.map(({ label }) => label)).toEqual(labels);
    for (const { bytes } of blocks) expect(bytes.subarray(0, 3)).toEqual(hex('aaaabb'));
  });

  test('an empty block', () => {
    expect(decodePem(block('A', ''))[0]?.bytes.length).toBe(0);
  });

  test('places are those in the text', () => {
    const text = `text\n${block('A')}\n${block('B')}`;
    expect(decodePem(text).map(({ offset }) => text.slice(offset, offset + 12))).toEqual([
      '-----BEGIN A',
      '-----BEGIN B',
    ]);
  });

  test('what nobody asked for is not decoded', () => {
    const text = block('PRIVATE KEY', 'this is no base64') + block('CERTIFICATE');
    expect(decodePem(text, ['CERTIFICATE'])).toMatchObject([{ label: 'CERTIFICATE', path: 'pem[1]' }]);
  });
});

describe('refused', () => {
  test.for<[string, string, WireErrorCode, number]>([
    ['no last line', '-----BEGIN A-----\nqqq7\n', 'truncated', 23],
    ['half a last line', '-----BEGIN A-----\nqqq7\n-----END A--', 'truncated', 23],
    ['another last line', block('A').replace('END A', 'END B'), 'bad-value', 23],
    ['a first line without its end', '-----BEGIN A\nqqq7\n-----END A-----', 'bad-value', 0],
    ['a label that is none', block('ä'), 'bad-value', 0],
    ['a label without end', `-----BEGIN ${'A'.repeat(100)}-----\n`, 'bad-value', 0],
    ['a sign that is no base64', block('A', 'qq?7'), 'bad-value', 20],
    ['a colon that begins no header', block('A', 'qq:7'), 'bad-value', 20],
    ['a missing character', block('A', 'qqq'), 'truncated', 22],
    ['a block in a block', block('A', block('B')), 'bad-value', 41],
  ])('%s', ([, text, code, offset]) => {
    expect(refuses(() => decodePem(text), code, 'pem[0]').offset).toBe(offset);
  });

  test('a second block', () => {
    refuses(() => decodePem(block('A') + block('B', '?')), 'bad-value', 'pem[1]');
  });

  test('too much', () => {
    refuses(() => decodePem('x'.repeat(MAX_BUNDLE + 1)), 'too-large', 'pem');
    expect(decodePem(block().repeat(MAX_CERTIFICATES_IN_BUNDLE)).length).toBe(MAX_CERTIFICATES_IN_BUNDLE);
    refuses(() => decodePem(block().repeat(MAX_CERTIFICATES_IN_BUNDLE + 1)), 'too-large');
  });
});

test('cut anywhere, it is never taken for a block', () => {
  const text = encodePem('CERTIFICATE', leaf).trimEnd();
  for (let length = 0; length < text.length; length++) {
    const cut = text.slice(0, length);
    if (length < '-----BEGIN '.length) expect(decodePem(cut)).toEqual([]);
    else
      refuses(
        () => decodePem(cut),
        length < '-----BEGIN CERTIFICATE-----'.length ? 'bad-value' : 'truncated',
        'pem[0]',
      );
  }
});
