/** Roots that a programme has given up. */
import { describe, expect, test } from 'vitest';
import rules from '#lib/pki/data/distrust.json' with { type: 'json' };
import { distrustOf } from '#lib/pki/distrust.ts';
import { bundledList, trustListOf, trustLists } from '#lib/pki/trust-lists.ts';
import { authority, brief, judge, read, server } from './chains.ts';

const nobody = read(authority('Nobody')).subject;
/** Entrust Root Certification Authority - G2. */
const ENTRUST = '43df5774b03e7fef5fe40d931a7bedf1bb2e6b42738c4e6d3841103d3aa7f339';
const programmesAt = (date: string, fingerprint: string | null = ENTRUST): string[] =>
  distrustOf({ fingerprint, name: nobody }, Date.parse(date)).map(({ programme }) => programme);

describe('by fingerprint', () => {
  test.each([
    ['2024-11-11T23:59:59Z', []],
    ['2024-11-12T00:00:00Z', ['Google']],
    ['2024-11-16T00:00:00Z', ['Google', 'Apple']],
    ['2024-12-01T00:00:00Z', ['Google', 'Apple', 'Mozilla']],
  ])('what Entrust issued on %s is not trusted by %j', (date, programmes) => {
    expect(programmesAt(date)).toEqual(programmes);
  });

  test('others are', () => {
    expect(programmesAt('2026-01-01T00:00:00Z', '00'.repeat(32))).toEqual([]);
    expect(programmesAt('2026-01-01T00:00:00Z', null)).toEqual([]);
  });
});

describe('by name', () => {
  const gone = authority('Old Root', { subject: { O: 'Symantec Corporation', CN: 'Old Root' } });

  test('where the root is there', () => {
    const { ending, problems } = judge({ leaf: server(gone), anchors: [gone] });
    expect(ending).toBe('anchored');
    expect(problems.map(brief)).toEqual(['distrusted at 1', 'distrusted at 1']);
    expect(problems).toMatchObject([
      { programme: 'Google', after: null },
      { programme: 'Microsoft', after: Date.UTC(2019, 4, 1) },
    ]);
  });

  test('where it is not', () => {
    const below = authority('Issuing', { issuer: gone });
    expect(judge({ leaf: server(below), others: [below] })).toMatchObject({
      ending: 'issuer-missing',
      problems: [
        { kind: 'distrusted', at: 1 },
        { kind: 'distrusted', at: 1 },
      ],
    });
  });

  test('not by a part of it', () => {
    const other = authority('Other', { subject: { O: 'Symantec Corporation of Elsewhere' } });
    expect(judge({ leaf: server(other), anchors: [other] }).problems).toEqual([]);
  });
});

describe('the table', () => {
  test.each(rules.map((rule) => [`${rule.authority}, ${rule.programme}`, rule] as const))('%s', (_what, rule) => {
    expect(rule.roots.every((one) => /^[0-9a-f]{64}$/.test(one))).toBe(true);
    expect(rule.roots.length + rule.organizations.length).toBeGreaterThan(0);
    expect(rule.after === null || new Date(rule.after).toISOString() === rule.after.replace('Z', '.000Z')).toBe(true);
    expect(URL.canParse(rule.source)).toBe(true);
    expect(trustLists.map(({ programme }) => programme)).toContain(rule.programme);
  });

  test('has nothing twice', () => {
    const keys = rules.map(({ authority, programme }) => `${authority} ${programme}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('lists have names', () => {
  expect(bundledList('v24.1.0')).toBe("Mozilla's root programme, as bundled with Node 24.1.0");
  expect(trustListOf('Apple')?.clients).toContain('Apple Mail');
});
