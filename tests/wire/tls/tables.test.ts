/** The tables: alerts, suites, versions. */
import { describe, expect, test } from 'vitest';
import { alertOf, CLIENT_CERTIFICATE_ALERTS, describeAlert } from '#lib/wire/tls/alerts.ts';
import { ordinarySuites, suiteName, tls13Suites, WEAK_KINDS, weaknessOf, weakSuites } from '#lib/wire/tls/suites.ts';
import { versionName } from '#lib/wire/tls/versions.ts';

describe('alerts', () => {
  test('have a name and a meaning', () => {
    expect(describeAlert(112)).toBe('unrecognized name (112): the server has no certificate for this name');
    expect(describeAlert(70)).toMatch(/^protocol version \(70\): /);
    expect(CLIENT_CERTIFICATE_ALERTS.map((number) => alertOf(number).name)).toContain('certificate required');
  });

  test('without a definition keep their number', () => {
    expect(describeAlert(200)).toBe('an alert that no document names (200): its number means nothing');
    expect(alertOf(200).number).toBe(200);
  });
});

describe('suites', () => {
  const weak = WEAK_KINDS.flatMap((kind) => weakSuites(kind).map((suite) => [kind, suite] as const));

  test('stand in one place each', () => {
    const all = [...weak.map(([, suite]) => suite), ...ordinarySuites, ...tls13Suites];
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((suite) => suiteName(suite).startsWith('suite '))).toEqual([]);
    expect(new Set(all.map(suiteName)).size).toBe(all.length);
  });

  test('are weak for the first reason that their name gives', () => {
    const reason = (name: string): string => {
      if (name.includes('_NULL_')) return 'NULL';
      if (name.includes('_anon_')) return 'anonymous';
      if (name.includes('_EXPORT')) return 'export';
      if (name.includes('_RC4_')) return 'RC4';
      return name.includes('_3DES_') ? '3DES' : 'DES';
    };
    for (const [kind, suite] of weak)
      expect([suiteName(suite), kind]).toEqual([suiteName(suite), reason(suiteName(suite))]);
    for (const [kind, suite] of weak) expect(weaknessOf(suite)).toBe(kind);
    for (const suite of [...ordinarySuites, ...tls13Suites]) expect(weaknessOf(suite)).toBeNull();
    expect(
      [...ordinarySuites, ...tls13Suites].filter((suite) => /NULL|anon|EXPORT|RC4|DES/.test(suiteName(suite))),
    ).toEqual([]);
  });

  test('that we do not know keep their number', () => {
    expect([suiteName(0x0abc), weaknessOf(0x0abc)]).toEqual(['suite 0x0abc', null]);
  });
});

test('versions have names', () => {
  expect([0x0300, 0x0303, 0x0304, 0x7f1c].map(versionName)).toEqual([
    'SSL 3.0',
    'TLS 1.2',
    'TLS 1.3',
    'version 0x7f1c',
  ]);
});
