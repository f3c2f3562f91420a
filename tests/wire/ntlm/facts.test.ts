/** What can be told of a server by its type 2. */
import { expect, test } from 'vitest';
import { type AvPair, textPair } from '#lib/wire/ntlm/av-pairs.ts';
import { type Challenge, decodeChallenge } from '#lib/wire/ntlm/challenge.ts';
import { challengeFacts } from '#lib/wire/ntlm/facts.ts';
import { decodeFileTime, encodeFileTime } from '#lib/wire/ntlm/file-time.ts';
import { digits, HTTP, hex, NTLM_V2 } from './published.ts';

const challenge = (pairs: readonly AvPair[] | null, more: Partial<Challenge> = {}): Challenge => ({
  flags: 0xe2898215,
  targetName: 'CONTOSO',
  serverChallenge: new Uint8Array(8),
  targetInfo: pairs,
  version: { major: 10, minor: 0, build: 20_348, revision: 15 },
  ...more,
});

test('a member of a domain', () => {
  const now = Date.UTC(2026, 10, 20);
  const pairs = [
    textPair('netbiosDomain', 'CONTOSO'),
    textPair('netbiosComputer', 'EX01'),
    textPair('dnsDomain', 'corp.contoso.example'),
    textPair('dnsComputer', 'ex01.corp.contoso.example'),
    textPair('dnsTree', 'contoso.example'),
    { id: 7, value: encodeFileTime(now + 301_000) },
  ];
  expect(challengeFacts(challenge(pairs), now)).toEqual({
    targetName: 'CONTOSO',
    targetType: 'domain',
    netbiosComputer: 'EX01',
    netbiosDomain: 'CONTOSO',
    dnsComputer: 'ex01.corp.contoso.example',
    dnsDomain: 'corp.contoso.example',
    dnsTree: 'contoso.example',
    isOwnDomain: false,
    build: '10.0.20348',
    time: now + 301_000,
    ahead: 301_000,
    flags: expect.arrayContaining(['sign', '128-bit', 'key-exchange']),
  });
});

test('a host that is its own domain, and no Windows', () => {
  const facts = challengeFacts(decodeChallenge(hex(HTTP.challenge)), 0);
  expect(facts).toMatchObject({ isOwnDomain: true, dnsDomain: '', dnsTree: null, build: null, targetType: 'server' });
  expect(new Date(facts.time ?? 0).toISOString()).toMatch(/^2026-11-2\dT/);
});

test('one that tells little', () => {
  expect(challengeFacts(challenge(null, { version: null, flags: 0x201 }), 0)).toMatchObject({
    ...{ netbiosComputer: null, isOwnDomain: false, build: null, time: null, ahead: null, targetType: null },
  });
  expect(challengeFacts(decodeChallenge(hex(NTLM_V2.challenge)), 0)).toMatchObject({ build: '6.0.6000', time: null });
});

test('names that do harm on a screen', () => {
  const { netbiosComputer, dnsTree } = challengeFacts(
    challenge([textPair('netbiosComputer', 'a\0\u202eb\ud800'), textPair('dnsTree', 'x'.repeat(9_000))]),
    0,
  );
  expect(netbiosComputer).toBe('a\ufffd\ufffdb\ufffd');
  expect(dnsTree).toHaveLength(256);
});

test.each([
  [0, '00803ed5deb19d01'],
  [Date.UTC(1601, 0, 1), '0000000000000000'],
  [Date.UTC(2026, 10, 20, 12, 0, 0, 7), null],
])('the time %s', (at, bytes) => {
  if (bytes !== null) expect(digits(encodeFileTime(at))).toBe(bytes);
  expect(decodeFileTime(encodeFileTime(at))).toBe(at);
});

test('the last time is a time', () => {
  expect(new Date(decodeFileTime(new Uint8Array(8).fill(255))).getUTCFullYear()).toBe(60_056);
});
