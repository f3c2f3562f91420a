/** PKCS #12 files of every kind that `openssl` writes: they open, and the right certificate and key are found in them. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { openPkcs12 } from '#lib/auth/pkcs12/open.ts';
import { LockedFile, Secret } from '#lib/auth/secret.ts';
import { CertificateMaker, type Issued, type KeyKind } from './certificate-maker.ts';
import { needs, output, run } from './foreign.ts';
import { TemporaryFolder } from './temporary.ts';

beforeEach((context) => needs(context, 'openssl'));

interface Made {
  readonly leaf: Issued;
  readonly root: Issued;
}

async function made(kind: KeyKind = 'ECDSA'): Promise<Made> {
  const maker = new CertificateMaker();
  const root = await maker.issue({ name: 'Root', authority: true });
  return { root, leaf: await maker.issue({ name: 'mail.example.test', issuer: root, kind }) };
}

interface Wish {
  readonly passPhrase?: string;
  readonly options?: readonly string[];
}

/** The file, as an administrator exports it for a server: leaf, root and key. */
async function exported({ leaf, root }: Made, { passPhrase = 'secret', options = [] }: Wish = {}): Promise<Buffer> {
  const file = new TemporaryFolder().file('server.p12');
  const content = ['-in', leaf.certificate, '-inkey', leaf.key, '-certfile', root.certificate];
  await output('openssl', [
    'pkcs12',
    '-export',
    ...content,
    '-out',
    file,
    '-passout',
    `pass:${passPhrase}`,
    ...options,
  ]);
  return readFileSync(file);
}

function open(file: Uint8Array, passPhrase = 'secret') {
  return openPkcs12(LockedFile.of(file, Secret.of(passPhrase)), new AbortController().signal);
}

/** Common names of what came out, the server's first; else the state. */
async function namesIn(file: Uint8Array, passPhrase?: string): Promise<string> {
  const opened = await open(file, passPhrase);
  if (opened.state !== 'open') return opened.state;
  const names = opened.certificates.map((der) => new X509Certificate(der).subject.replace('CN=', ''));
  return `${names.join(', ')}; key: ${opened.key}`;
}

const ALL = 'mail.example.test, Root; key: fits';

/** OpenSSL without its old algorithms has nothing to write some of these with. */
const hasLegacy = async (): Promise<boolean> =>
  (await run('openssl', ['list', '-providers', '-provider', 'legacy'])).code === 0;

describe('a file opens', () => {
  test.for<KeyKind>(['RSA', 'ECDSA', 'Ed25519'])('with an %s key', async (kind) => {
    expect(await namesIn(await exported(await made(kind)))).toBe(ALL);
  });

  test.for<[name: string, options: string[], legacy?: boolean]>([
    ['3DES, seal by SHA-1', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ['RC2 with 40 bits for certificates, as for twenty years', ['-legacy'], true],
    ['RC2 with 128 bits', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128'], true],
    ['3DES with two keys', ['-keypbe', 'PBE-SHA1-2DES', '-certpbe', 'PBE-SHA1-2DES']],
    ['AES with 128 bits, seal by SHA-384', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha384']],
    ['AES with 192 bits, seal by SHA-512', ['-keypbe', 'AES-192-CBC', '-certpbe', 'AES-192-CBC', '-macalg', 'sha512']],
    ['many rounds', ['-iter', '100000']],
    ['one round, for the seal as well', ['-noiter', '-nomaciter']],
    ['nothing encrypted', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
    ['no seal', ['-nomac']],
  ])('with %s', async ([, options, legacy = false], context) => {
    if (legacy && !(await hasLegacy())) context.skip('this openssl has no legacy provider');
    expect(await namesIn(await exported(await made(), { options }))).toBe(ALL);
  });

  test.for(['', 'Grüße', 'p ä ß €'])('with the pass phrase "%s"', async (passPhrase) => {
    const file = await exported(await made(), { passPhrase });
    expect(await namesIn(file, passPhrase)).toBe(ALL);
    expect(await namesIn(file, `${passPhrase}x`)).toBe('wrong-pass-phrase');
  });
});

test('without its key it opens, and says so', async () => {
  expect(await namesIn(await exported(await made(), { options: ['-nokeys'] }))).toBe(
    'mail.example.test, Root; key: none',
  );
});

test('what asks for more rounds than is decent is refused before it is computed', async () => {
  const opened = await open(await exported(await made(), { options: ['-iter', '2000001'] }));
  expect(opened).toMatchObject({ state: 'unreadable', reason: expect.stringContaining('2000000 rounds') });
});
