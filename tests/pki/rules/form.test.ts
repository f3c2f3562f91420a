/** The fields of a certificate, and its dates. */
import { describe, expect, test } from 'vitest';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { explicit, generalizedTime, integer, sequence, utcTime } from '#tests/lab/pki/der.ts';
import { ecdsaWith, handmade } from '#tests/pki/handmade.ts';
import {
  authority,
  brief,
  chainOf,
  DAY,
  judge,
  judgeOrdered,
  NOW,
  problemsOf,
  type Row,
  read,
  server,
} from '../chains.ts';

test('a chain with nothing wrong has no problem', () => {
  expect(judgeOrdered(chainOf({}))).toMatchObject({ ending: 'anchored', problems: [], path: { length: 3 } });
});

const serial = (...octets: number[]) => ({ serial: Uint8Array.from(octets) });
const long = (length: number) => ({ serial: new Uint8Array(length).fill(0x11) });

test.each<Row>([
  ['expired', { leaf: { days: [-90, -1] } }, ['expired at 0']],
  ['not valid yet', { leaf: { days: [1, 90] } }, ['not-yet-valid at 0']],
  ['below an expired authority', { issuing: { days: [-90, -1] } }, ['expired at 1']],
  ['below an expired root', { root: { days: [-90, -1] } }, ['expired at 2']],
  ['valid until year 9999', { root: { to: new Date('9999-12-31T23:59:59Z') } }, []],
  ['with a negative serial number', { leaf: serial(0x80, 1) }, ['serial-number at 0 (strict)']],
  ['with zero for a serial number', { leaf: serial(0) }, ['serial-number at 0 (strict)']],
  ['with the smallest serial number', { leaf: serial(1) }, []],
  ['with the longest serial number', { leaf: long(20) }, []],
  ['with a longer one', { leaf: long(21) }, ['serial-number at 0 (strict)']],
  ['with an authority of serial number zero', { issuing: serial(0) }, ['serial-number at 1 (strict)']],
  ['with a root of serial number zero', { root: serial(0) }, []],
  ['of version 2', { leaf: { version: 2 } }, ['version at 0']],
  ['of version 4', { leaf: { version: 4 } }, ['version at 0']],
  [
    'below an issuer without a name',
    { issuing: { subject: {} } },
    ['empty-name at 0 (strict)', 'empty-name at 1 (strict)'],
  ],
  [
    'with another algorithm outside',
    { leaf: { outerAlgorithm: ecdsaWith('sha384') } },
    ['signature-mismatch at 0', 'bad-signature at 0'],
  ],
  ['with another algorithm inside', { leaf: { innerAlgorithm: ecdsaWith('sha384') } }, ['signature-mismatch at 0']],
])('a certificate %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes).sort()).toEqual(problems.toSorted());
});

describe('dates', () => {
  const from = new Date('2026-01-01T00:00:00Z');
  const to = new Date('2026-03-31T23:59:59Z');
  const chain = chainOf({ root: { from }, issuing: { from }, leaf: { from, to } });

  test.each([
    ['the second before', from.getTime() - 1, ['not-yet-valid at 0', 'not-yet-valid at 1', 'not-yet-valid at 2']],
    ['the first second', from.getTime(), []],
    ['the last second', to.getTime(), []],
    ['the end of the last second', to.getTime() + 999, []],
    ['the second after', to.getTime() + 1_000, ['expired at 0']],
  ])('%s', (_when, time, problems) => {
    expect(judgeOrdered(chain, { time }).problems.map(brief)).toEqual(problems);
  });
});

const OF_AUTHORITIES = ['basicConstraints', 'keyUsage', 'subjectKeyIdentifier', 'authorityKeyIdentifier'] as const;

describe('what no writer writes by itself', () => {
  const root = authority('Root');
  const usual = { issuer: root, from: utcTime(new Date(NOW - DAY)), to: utcTime(new Date(NOW + DAY)) };
  const judged = (bytes: Uint8Array) => {
    const leaf = decodeCertificate(bytes);
    return judge({ leaf: server(root), anchors: [root] }, { leaf }).problems.map(brief);
  };

  test('a certificate by hand is well', () => {
    expect(judged(handmade(usual))).toEqual([]);
  });

  test('a date before 2050 whose year has four digits', () => {
    const four = generalizedTime(new Date(NOW + DAY));
    expect(judged(handmade({ ...usual, to: four }))).toEqual(['validity at 0 (strict)']);
  });

  test('extensions without any', () => {
    const problems = judged(handmade({ ...usual, extensions: explicit(3, sequence()) }));
    expect(problems).toContain('malformed at 0 (strict)');
  });

  test('extensions in version 1', () => {
    expect(judged(handmade({ ...usual, version: new Uint8Array() }))).toEqual(['version at 0']);
  });

  test('version 1, without extensions', () => {
    const problems = judged(handmade({ ...usual, version: new Uint8Array(), extensions: new Uint8Array() }));
    expect(problems).toContain('version at 0');
    expect(problems).toContain('common-name-only at 0');
  });

  test('a root of version 1 is taken by clients', () => {
    const old = authority('Root', { version: 1, without: OF_AUTHORITIES });
    const problems = judge({ leaf: server(root), anchors: [old] }).problems;
    expect(problems.filter(({ enforcedBy }) => enforcedBy === 'clients')).toEqual([]);
    expect(read(old).version).toBe(1);
    expect(problems.map(brief)).toContain('version at 1 (strict)');
  });

  test('a number of a version that does not exist', () => {
    expect(judged(handmade({ ...usual, version: explicit(0, integer(9)) }))).toEqual(['version at 0']);
  });
});
