/** The network profile: one table of settings for options and environment. */
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  defaultProfile,
  parseSocketAddress,
  pinFor,
  profileFromArguments,
  profileFromEnvironment,
  settings,
  vantageOf,
} from '#lib/net/profile.ts';
import { make } from '#tests/judge/certificates.ts';

function taken(...args: string[]) {
  const parsed = profileFromArguments(args);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.profile;
}

function refused(...args: string[]): string {
  const parsed = profileFromArguments(args);
  if (parsed.ok) throw new Error('taken, but should have been refused');
  return parsed.error;
}

function fileWith(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'throughline-profile-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'roots.pem');
  writeFileSync(file, text);
  return file;
}

const derOf = (pem: string): string => new X509Certificate(pem).raw.toString('hex');

describe('settings', () => {
  test.each([
    ['--resolver', '192.0.2.1', { resolvers: ['192.0.2.1'] }],
    ['--resolver', '192.0.2.1:5353', { resolvers: ['192.0.2.1:5353'] }],
    ['--resolver', '2001:db8::1', { resolvers: ['2001:db8::1'] }],
    ['--resolver', '[2001:db8::1]:53', { resolvers: ['[2001:db8::1]:53'] }],
    ['--allow', 'fd00::/8', { allow: ['fd00::/8'] }],
    ['--map-port', '443=8443', { portMap: [{ from: 443, to: 8443 }] }],
    [
      '--connect',
      'Mail.Test=192.0.2.1',
      { connect: [{ host: 'mail.test', port: null, address: '192.0.2.1', toPort: null }] },
    ],
    [
      '--connect',
      'a.test:443=192.0.2.1:8443',
      { connect: [{ host: 'a.test', port: 443, address: '192.0.2.1', toPort: 8443 }] },
    ],
    [
      '--connect',
      'a.test=2001:db8::1',
      { connect: [{ host: 'a.test', port: null, address: '2001:db8::1', toPort: null }] },
    ],
    [
      '--connect',
      'a.test:25=[2001:db8::1]:2525',
      { connect: [{ host: 'a.test', port: 25, address: '2001:db8::1', toPort: 2525 }] },
    ],
    ['--proxy', 'http://proxy.test:3128', { proxy: 'http://proxy.test:3128' }],
    ['--vantage', 'Vienna', { vantage: 'Vienna' }],
  ])('%s %s', (option, text, expected) => {
    expect(taken(option, text)).toEqual({ ...defaultProfile, ...expected });
  });

  test.each([
    ['--resolver', 'dns.test'],
    ['--resolver', '192.0.2.1:0'],
    ['--resolver', '192.0.2.1:65536'],
    ['--resolver', '[2001:db8::1]'],
    ['--resolver', '192.0.2.256'],
    ['--allow', '10.0.0.0'],
    ['--map-port', '443'],
    ['--map-port', '443=8443=9'],
    ['--map-port', '443=0'],
    ['--map-port', '=8443'],
    ['--connect', 'a.test'],
    ['--connect', 'a.test=b.test'],
    ['--connect', 'a.test:0=192.0.2.1'],
    ['--connect', '=192.0.2.1'],
    ['--proxy', 'https://proxy.test'],
    ['--proxy', 'http://user:secret@proxy.test'],
    ['--proxy', 'proxy.test:3128'],
    ['--vantage', ''],
    ['--vantage', 'x'.repeat(61)],
    ['--trust', '/nowhere/roots.pem'],
  ])('%s %j is refused, in one sentence that names the setting', (option, text) => {
    const wants = settings.find((setting) => setting.option === option)?.wants ?? 'unknown';
    const shown = text.replace('user:secret', '[hidden]');
    expect(refused(option, text)).toBe(`${option} wants ${wants}, not "${shown}".`);
  });

  test('a file of roots may hold several, and other text between them', () => {
    const [one, two] = [make().pem, make().pem];
    const { roots } = taken('--trust', fileWith(`# ours\n${one}\nand\n${two}`));
    expect(roots.map(derOf)).toEqual([one, two].map(derOf));
  });

  test('a file without a certificate is refused, and so is one that only looks like it', () => {
    expect(refused('--trust', fileWith('-----BEGIN PRIVATE KEY-----'))).toContain('--trust wants');
    const nonsense = '-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n';
    expect(refused('--trust', fileWith(nonsense))).toContain('--trust wants');
  });

  test('add up, in their order; a later one replaces where there is one place only', () => {
    const profile = taken('--allow', '10.0.0.0/8', '--vantage', 'a', '--allow', 'fd00::/8', '--vantage', 'b');
    expect([profile.allow, profile.vantage]).toEqual([['10.0.0.0/8', 'fd00::/8'], 'b']);
  });

  test('without a value, or unknown, are refused', () => {
    expect(refused('--allow')).toBe('--allow wants an address range such as 10.0.0.0/8.');
    expect(refused('--bogus', 'x')).toBe('--bogus is not a setting of the network profile.');
  });
});

describe('the environment', () => {
  test('has the same settings, several values separated by commas', () => {
    const parsed = profileFromEnvironment({ THROUGHLINE_ALLOW: '10.0.0.0/8, fd00::/8,', THROUGHLINE_VANTAGE: 'x' });
    expect(parsed).toEqual({
      ok: true,
      profile: { ...defaultProfile, allow: ['10.0.0.0/8', 'fd00::/8'], vantage: 'x' },
    });
  });

  test('is named where it is wrong', () => {
    const parsed = profileFromEnvironment({ THROUGHLINE_MAP_PORT: '443' });
    expect(parsed).toEqual({ ok: false, error: 'THROUGHLINE_MAP_PORT wants two ports such as 443=8443, not "443".' });
  });

  test('comes first, options are added to it', () => {
    const start = profileFromEnvironment({ THROUGHLINE_ALLOW: '10.0.0.0/8' });
    expect(start.ok && profileFromArguments(['--allow', 'fd00::/8'], start.profile)).toMatchObject({
      profile: { allow: ['10.0.0.0/8', 'fd00::/8'] },
    });
  });
});

test('a pin holds for its host in any case, and for its port alone where it names one', () => {
  const profile = taken('--connect', 'a.test:443=192.0.2.1', '--connect', 'b.test=192.0.2.2');
  expect(pinFor('A.test', 443, profile)?.address).toBe('192.0.2.1');
  expect(pinFor('a.test', 80, profile)).toBeUndefined();
  expect(pinFor('b.test', 80, profile)?.address).toBe('192.0.2.2');
  expect(pinFor('x.b.test', 80, profile)).toBeUndefined();
});

test.each([
  ['1.2.3.4', { address: '1.2.3.4', port: null }],
  ['1.2.3.4:53', { address: '1.2.3.4', port: 53 }],
  ['::1', { address: '::1', port: null }],
  ['[::1]:53', { address: '::1', port: 53 }],
  ['::1:53', { address: '::1:53', port: null }],
  ['a.test:53', null],
  ['1.2.3.4:', null],
  ['', null],
])('%s as an address with or without a port', (text, expected) => {
  expect(parseSocketAddress(text)).toEqual(expected);
});

test('a report says from where the test was made, not through which proxy', () => {
  const vantage = vantageOf(taken('--proxy', 'http://proxy.test:3128', '--resolver', '192.0.2.1'));
  expect(vantage).toEqual({ name: 'this server', resolvers: ['192.0.2.1'], proxied: true });
});
