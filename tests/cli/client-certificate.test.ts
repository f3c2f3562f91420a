/** `--client-certificate` and `--pin` on the command line: what they open, what they find, and what of them is never printed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { createAuthority } from '#tests/lab/pki/authority.ts';
import { clientFile } from '#tests/lab/pki/client.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { writePkcs12 } from '#tests/lab/pki/pkcs12.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';
import { cli, type Ended, type Input, jsonOf } from './cli.ts';

const PASS_PHRASE = 'Kanarie-77';
const folder = mkdtempSync(path.join(tmpdir(), 'throughline-client-'));

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: ['healthy', 'client-certificate-given', 'pin-fits', 'pin-other'] });
});
afterAll(async () => {
  await lab.stop();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Uint8Array): string {
  const goal = path.join(folder, name);
  writeFileSync(goal, content);
  return goal;
}

const own = makeCertificate({ subject: { CN: 'bob' }, key: pooledKey('rsa-2048', 'bob') });
const other = makeCertificate({ subject: { CN: 'carol' }, key: pooledKey('rsa-2048', 'carol') });
const locked = (passPhrase: string): string =>
  file('bob.p12', writePkcs12({ certificates: [own], key: own, passPhrase }));

/** What the list says to type, and more. */
function against(name: string, ...more: string[]): string[] {
  const { analyzer, target, email, options } = lab.world(name);
  const what = analyzer === 'tls' ? [target ?? ''] : ['--email', email];
  return [analyzer, ...what, ...options, ...more, '--format', 'json'];
}

const asTold = (name: string, more: Input['env'] = {}) => ({
  env: { THROUGHLINE_PASSWORD: lab.world(name).password, ...more },
});
const withPhrase = (passPhrase: string) => asTold('healthy', { THROUGHLINE_CLIENT_CERTIFICATE_PASSPHRASE: passPhrase });

const summaryOf = (ended: Ended): string => jsonOf(ended).verdict.summary.text ?? '';

describe('a client certificate', () => {
  test('is given as the list says, and opens the door beside the password', async () => {
    const ended = await cli(against('client-certificate-given'), asTold('client-certificate-given'));
    expect([ended.code, ended.err]).toEqual([0, '']);
    expect(jsonOf(ended).options).toEqual({ clientCertificate: 'yes' });
    expect(ended.out).toContain('goes on with the client certificate of Alice');
  });

  test('has its pass phrase in the environment, and neither is printed', async () => {
    const args = against('healthy', '--client-certificate', locked(PASS_PHRASE));
    const ended = await cli(args, withPhrase(PASS_PHRASE));
    expect([ended.code, ended.err]).toEqual([0, '']);
    expect(ended.out).not.toMatch(/Kanarie|PRIVATE KEY|bob\.p12/);
  });

  test.each([
    ['another pass phrase', () => locked(PASS_PHRASE), 'the pass phrase does not open the client certificate'],
    [
      'no private key',
      () => file('none.p12', writePkcs12({ certificates: [own], key: null, passPhrase: PASS_PHRASE })),
      'the client certificate cannot be used: it holds no private key',
    ],
    [
      'the key of another',
      () => file('mixed.p12', writePkcs12({ certificates: [other], key: own, passPhrase: PASS_PHRASE })),
      'the client certificate cannot be used: the private key in it belongs to another certificate',
    ],
    [
      'nothing but its beginning',
      () => file('cut.p12', clientFile(createAuthority(), 'known').subarray(0, 40)),
      'the client certificate cannot be used: it is',
    ],
  ])('with %s ends the test before it begins', async (what, name, sentence) => {
    const phrase = what === 'another pass phrase' ? `${PASS_PHRASE}x` : PASS_PHRASE;
    const ended = await cli(against('healthy', '--client-certificate', name()), withPhrase(phrase));
    expect(ended.code).toBe(3);
    expect(summaryOf(ended)).toContain(sentence);
    const states = jsonOf(ended).root.children.map(({ status }) => status);
    expect(states.length).toBeGreaterThan(1);
    expect(new Set(states)).toEqual(new Set(['skipped']));
  });

  test.each<[sentence: RegExp, args: () => string[]]>([
    [
      /--client-certificate \/nowhere\/a\.p12: there is no such file/,
      () => ['tls', 'a.test', '--client-certificate', '/nowhere/a.p12'],
    ],
    [
      /--client-certificate .*a\.pem: this is no PKCS #12 file; a \.pfx or \.p12 file is wanted/,
      () => ['tls', 'a.test', '--client-certificate', file('a.pem', own.pem)],
    ],
    [
      /--client-certificate .*large\.p12: the file is larger than 1 MiB/,
      () => ['tls', 'a.test', '--client-certificate', file('large.p12', new Uint8Array(1_100_000))],
    ],
    [
      /--client-certificate is for tests that connect/,
      () => ['certificate', '--leaf', 'a.pem', '--client-certificate', locked('')],
    ],
  ])('that is no such file is wrong usage: %s', async (sentence, args) => {
    const ended = await cli(args());
    expect([ended.code, ended.out]).toEqual([3, '']);
    expect(ended.err).toMatch(sentence);
  });
});

describe('a pin', () => {
  test('that fits changes nothing, and stands in the report', async () => {
    const ended = await cli(against('pin-fits'), asTold('pin-fits'));
    expect(ended.code).toBe(0);
    expect(jsonOf(ended).options).toEqual({ pins: [expect.stringMatching(/^[0-9a-f]{64}$/)] });
  });

  test('that fits nothing is told, unless another one fits', async () => {
    expect(jsonOf(await cli(against('pin-other'), asTold('pin-other'))).verdict).toMatchObject({
      status: 'warning',
      code: 'tls.interception',
    });
    const [fits = ''] = lab.world('pin-fits').pins ?? [];
    expect((await cli(against('pin-other', '--pin', fits), asTold('pin-other'))).code).toBe(0);
  });
});
