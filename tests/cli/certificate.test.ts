/** `certificate` on the command line: files in, a verdict and its exit code out. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { walk } from '#lib/result/node.ts';
import { extendedKeyUsage } from '#tests/lab/pki/extensions.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { writeBundle } from '#tests/lab/pki/pkcs7.ts';
import { writePkcs12 } from '#tests/lab/pki/pkcs12.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';
import { cli, type Ended, jsonOf } from './cli.ts';

const HOST = 'mail.example.test';
const folder = mkdtempSync(path.join(tmpdir(), 'throughline-certificate-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file for the command line, and gives its path. */
function file(name: string, content: string | Uint8Array): string {
  const goal = path.join(folder, name);
  writeFileSync(goal, content);
  return goal;
}

const root = makeCertificate({ authority: true, subject: { CN: 'Root' }, key: pooledKey('rsa-2048', 'root') });
const issuing = makeCertificate({
  ...{ authority: true, subject: { CN: 'Issuing' }, issuer: root },
  key: pooledKey('rsa-2048', 'issuing'),
});
const leaf = makeCertificate({ names: [HOST, { ip: '192.0.2.7' }], issuer: issuing, key: pooledKey('rsa-2048') });
const expired = makeCertificate({ names: [HOST], issuer: issuing, days: [-100, -3] });
const soon = makeCertificate({ names: [HOST], issuer: issuing, days: [-80, 10] });
const forClients = makeCertificate({ names: [HOST], issuer: issuing, with: [extendedKeyUsage('clientAuth')] });

const roots = file('roots.pem', root.pem);
const intermediates = file('issuing.pem', issuing.pem);
const chain = file('chain.pem', leaf.pem + issuing.pem);

/** The command with these options, the lab's root and the leaf's issuer, and without the network. */
const check = (...options: string[]): Promise<Ended> =>
  cli([
    'certificate',
    ...options,
    '--roots',
    roots,
    '--intermediates',
    intermediates,
    '--no-fetch',
    '--format',
    'json',
  ]);

function codesOf(ended: Ended): string[] {
  return [...walk(jsonOf(ended).root)].flatMap(({ findings }) => findings.map(({ code }) => code));
}

describe('the verdict', () => {
  test.each<[name: string, options: () => string[], code: number, status: string, finding?: string]>([
    ['a chain that is well', () => ['--leaf', file('a.pem', leaf.pem), '--host', HOST], 0, 'passed'],
    ['without a host', () => ['--leaf', file('b.pem', leaf.pem)], 0, 'passed'],
    ['for an address', () => ['--leaf', file('c.pem', leaf.pem), '--host', '192.0.2.7'], 0, 'passed'],
    ['that ends soon', () => ['--leaf', file('d.pem', soon.pem)], 1, 'warning', 'tls.certificate-expires-soon'],
    ['that has expired', () => ['--leaf', file('e.pem', expired.pem)], 2, 'failed', 'tls.certificate-expired'],
    [
      'for one name of two',
      () => ['--leaf', chain, '--host', HOST, '--host', 'other.example.test'],
      2,
      'failed',
      'tls.certificate-name-mismatch',
    ],
    ['before its time', () => ['--leaf', chain, '--time', '2001-01-01'], 2, 'failed', 'tls.certificate-not-yet-valid'],
    ['for a client', () => ['--leaf', file('f.pem', forClients.pem), '--usage', 'client'], 0, 'passed'],
    [
      'for a server, of one for clients',
      () => ['--leaf', file('g.pem', forClients.pem), '--usage', 'server'],
      2,
      'failed',
      'tls.certificate-wrong-usage',
    ],
  ])('of %s', async (_name, options, code, status, finding) => {
    const ended = await check(...options());
    expect([ended.code, ended.err]).toEqual([code, '']);
    expect(jsonOf(ended)).toMatchObject({ analyzer: 'certificate', verdict: { status, code: finding ?? null } });
  });

  test('is one about the day that was asked for', async () => {
    const ended = await check(
      '--leaf',
      file('h.pem', expired.pem),
      '--time',
      new Date(Date.now() - 10 * 86_400_000).toISOString(),
    );
    expect(jsonOf(ended).verdict.status).not.toBe('failed');
  });

  test('stands first in the tree for people', async () => {
    const ended = await cli(['certificate', '--leaf', chain, '--roots', roots, '--no-fetch']);
    expect(ended.out).toMatch(/^PASSED: The certificate of mail\.example\.test can be installed\n/);
  });
});

describe('a file', () => {
  test.each<[name: string, content: () => string | Uint8Array]>([
    ['in DER', () => leaf.der],
    ['in PKCS #7, in any order', () => writeBundle([issuing, leaf])],
    ['with text around it', () => `subject=CN=x\r\n${leaf.pem}\r\n# end`],
    ['with its private key, which is passed over', () => `${keyPem()}${leaf.pem}`],
    ['in UTF-16', () => Buffer.from(`\ufeff${leaf.pem}`, 'utf16le')],
  ])('%s is read', async (name, content) => {
    const ended = await check('--leaf', file(`${name.length}.bin`, content()), '--host', HOST);
    expect([ended.code, ended.err]).toEqual([0, '']);
    expect(ended.out).not.toContain('PRIVATE KEY');
  });

  test('with a leaf that cannot be read is refused as a strict client would, and the place is named', async () => {
    const damaged = Buffer.from(leaf.der);
    damaged[4] = 0x31;
    const ended = await check('--leaf', file('damaged.der', damaged));
    expect(ended.code).toBe(2);
    expect(jsonOf(ended).verdict).toMatchObject({ status: 'failed', code: 'tls.certificate-invalid' });
    expect(jsonOf(ended).verdict.summary.text).toMatch(/certificate.*byte \d+/);
  });

  test('with an intermediate that cannot be read is judged without it, and says so', async () => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const ended = await check('--leaf', file('partly.pem', leaf.pem + broken));
    expect(ended.code).toBe(1);
    expect(codesOf(ended)).toEqual(['tls.chain-order']);
  });
});

const keyPem = (): string => leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('roots', () => {
  test('that are given replace the public list', async () => {
    expect((await cli(['certificate', '--leaf', chain, '--roots', roots, '--no-fetch'])).code).toBe(0);
  });

  test.each([[['--public-roots']], [[]]])('other than these are not trusted: %j', async (options) => {
    const ended = await cli(['certificate', '--leaf', chain, ...options, '--no-fetch', '--format', 'json']);
    expect([ended.code, jsonOf(ended).verdict.code]).toEqual([2, 'tls.certificate-untrusted-root']);
  });

  test('of the network profile are trusted beside the public list', async () => {
    expect((await cli(['certificate', '--leaf', chain, '--trust', roots, '--no-fetch'])).code).toBe(0);
  });
});

describe('a PKCS #12 file', () => {
  const locked = () =>
    file('server.p12', writePkcs12({ certificates: [leaf, issuing], key: leaf, passPhrase: 'Kanarie-1' }));
  const open = (name: string, input: object) =>
    cli(
      [
        'certificate',
        '--pkcs12',
        name,
        '--roots',
        roots,
        '--host',
        HOST,
        '--no-fetch',
        '--format',
        'json',
        ...('stdin' in input ? ['--password-stdin'] : []),
      ],
      input,
    );

  test.each([
    ['the environment', { env: { THROUGHLINE_PASSWORD: 'Kanarie-1' } }],
    ['standard input', { stdin: 'Kanarie-1\n' }],
  ])('opens with its pass phrase from %s, which is never printed', async (_name, input) => {
    const ended = await open(locked(), input);
    expect([ended.code, ended.err]).toEqual([0, '']);
    expect(ended.out).toContain('The private key in the file belongs to the certificate');
    expect(ended.out).not.toMatch(/Kanarie|PRIVATE KEY/);
  });

  test('without a pass phrase opens with the empty one', async () => {
    const name = file('empty.p12', writePkcs12({ certificates: [leaf, issuing], key: leaf, passPhrase: '' }));
    expect((await open(name, {})).code).toBe(0);
  });

  test('with another pass phrase stays closed, and nothing is said of the certificate', async () => {
    const ended = await open(locked(), { stdin: 'other' });
    expect(ended.code).toBe(3);
    expect(jsonOf(ended).verdict).toMatchObject({ status: 'incomplete', summary: { key: 'tool.not-tested' } });
  });

  test('with the key of another certificate fails, and the rest is judged all the same', async () => {
    const name = file('mixed.p12', writePkcs12({ certificates: [soonWithRsa, issuing], key: leaf, passPhrase: '' }));
    const ended = await open(name, {});
    expect(ended.code).toBe(2);
    expect(codesOf(ended)).toEqual(['tls.certificate-invalid', 'tls.certificate-expires-soon']);
    expect(jsonOf(ended).verdict.summary.text).toContain('belongs to another certificate');
  });
});

const soonWithRsa = makeCertificate({
  names: [HOST],
  issuer: issuing,
  days: [-80, 10],
  key: pooledKey('rsa-2048', 'soon'),
});

describe('wrong usage ends with 3 and one sentence that names option and file:', () => {
  const key = () => file('server.key', keyPem());
  const pfx = () => file('wrong.p12', writePkcs12({ certificates: [leaf], key: null, passPhrase: '' }));

  test.each<[sentence: RegExp, options: () => string[]]>([
    [/either --leaf FILE or --pkcs12 FILE/, () => []],
    [/either --leaf FILE or --pkcs12 FILE/, () => ['--leaf', chain, '--pkcs12', pfx()]],
    [/by --leaf or --pkcs12/, () => [chain]],
    [/--leaf \/nowhere\/a\.pem: there is no such file/, () => ['--leaf', '/nowhere/a.pem']],
    [/--leaf .*: this is a folder/, () => ['--leaf', folder]],
    [/--leaf .*nothing\.pem: this holds nothing/, () => ['--leaf', file('nothing.pem', '')]],
    [/--leaf .*server\.key: this holds a private key, and no certificate/, () => ['--leaf', key()]],
    [/--leaf .*wrong\.p12: this is a PKCS #12 file, which --pkcs12 opens/, () => ['--leaf', pfx()]],
    [/--pkcs12 .*chain\.pem: this is no PKCS #12 file/, () => ['--pkcs12', chain]],
    [
      /--leaf .*large\.pem: the files together are larger than 1 MiB/,
      () => ['--leaf', file('large.pem', leaf.pem.repeat(1_200))],
    ],
    [/--intermediates .*server\.key: this holds a private key/, () => ['--leaf', chain, '--intermediates', key()]],
    [/--roots \/nowhere\/r\.pem: there is no such file/, () => ['--leaf', chain, '--roots', '/nowhere/r.pem']],
    [/exclude each other/, () => ['--leaf', chain, '--roots', roots, '--public-roots']],
    [/leave out --trust/, () => ['--leaf', chain, '--roots', roots, '--trust', roots]],
    [/--host .*only its host belongs here/, () => ['--leaf', chain, '--host', 'https://a.test']],
    [/--time tomorrow: a time looks like/, () => ['--leaf', chain, '--time', 'tomorrow']],
    [/--usage both: the usage is/, () => ['--leaf', chain, '--usage', 'both']],
  ])('%s', async (sentence, options) => {
    const ended = await cli(['certificate', ...options()]);
    expect([ended.code, ended.out]).toEqual([3, '']);
    expect(ended.err).toMatch(sentence);
    expect(ended.err).toMatch(/^throughline: [^\n]+\n$/);
  });
});
