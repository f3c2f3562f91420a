/** Identifiers of keys: what they have to hold, and whether they are true. */
import { expect, test } from 'vitest';
import { explicit, implicit, integer, octetString, sequence } from '#tests/lab/pki/der.ts';
import { type Extension, extensionIds, subjectKeyIdentifier } from '#tests/lab/pki/extensions.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { encodeGeneralName, type Name } from '#tests/lab/pki/names.ts';
import { authority, brief, judge, problemsOf, type Row, server } from '../chains.ts';

const KEY = Uint8Array.of(1, 2, 3);
const named = (...parts: readonly Uint8Array[]): { with: readonly Extension[] } => ({
  with: [{ id: extensionIds.authorityKeyIdentifier, value: sequence(...parts) }],
});
const keyOf = (octets: Uint8Array): Uint8Array => implicit(0, octetString(octets));
const certificateOf = (issuer: Name, serial: number): Uint8Array[] => [
  explicit(1, encodeGeneralName({ directory: issuer })),
  implicit(2, integer(serial)),
];
const ROOT: Name = { O: 'Test', CN: 'Root' };
const without = { without: ['authorityKeyIdentifier'] } as const;
const numbered = { serial: 7n };

test.each<Row>([
  ['no identifier in a leaf', { leaf: without }, ['missing-extension at 0 (strict)']],
  ['no identifier in an authority', { issuing: without }, ['missing-extension at 1 (strict)']],
  ['no identifier in a root, which needs none', { root: without }, []],
  ['an identifier of no key', { leaf: named() }, ['key-identifier at 0 (strict)']],
  ['the identifier of another key', { leaf: named(keyOf(KEY)) }, ['key-identifier at 0']],
  ['the identifier of another key in an authority', { issuing: named(keyOf(KEY)) }, ['key-identifier at 1']],
  ['the identifier of another key in a root', { root: named(keyOf(KEY)) }, ['key-identifier at 2']],
  ['an identifier of no key in a root', { root: named() }, ['key-identifier at 2 (strict)']],
  [
    "the issuer's certificate, and no key",
    { issuing: numbered, leaf: named(...certificateOf(ROOT, 7)) },
    ['key-identifier at 0 (strict)', 'key-identifier at 0 (nobody)'],
  ],
  [
    'another certificate of the issuer',
    { issuing: numbered, leaf: named(...certificateOf(ROOT, 8)) },
    ['key-identifier at 0 (strict)', 'key-identifier at 0 (nobody)', 'key-identifier at 0'],
  ],
  [
    'a certificate that another one issued',
    { issuing: numbered, leaf: named(...certificateOf({ CN: 'Other' }, 7)) },
    ['key-identifier at 0 (strict)', 'key-identifier at 0 (nobody)', 'key-identifier at 0'],
  ],
  [
    'key and certificate in an authority',
    {
      root: { ...numbered, with: [{ ...subjectKeyIdentifier(pooledKey('p-256')), value: octetString(KEY) }] },
      issuing: named(keyOf(KEY), ...certificateOf(ROOT, 7)),
    },
    ['key-identifier at 1 (strict)', 'key-identifier at 2'],
  ],
])('%s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

test('an anchor that somebody else signed names the key of that one', () => {
  const root = authority('Root');
  const cross = authority('Cross', { issuer: root });
  expect(judge({ leaf: server(cross), anchors: [cross] }).problems.map(brief)).toEqual([]);
});

test('an anchor of its own name, but signed by an older key of it, names that key', () => {
  const older = authority('Root', { key: pooledKey('p-256', 'older') });
  const younger = authority('Root', { issuer: older });
  expect(judge({ leaf: server(younger), anchors: [younger] }).problems.map(brief)).toEqual([]);
});

test('an authority whose own identifier is missing can be named by any', () => {
  const issuing = { without: ['subjectKeyIdentifier'] } as const;
  expect(problemsOf({ issuing, leaf: named(keyOf(KEY)) })).toEqual(['missing-extension at 1 (strict)']);
});
