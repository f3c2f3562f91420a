/** PKCS #12 files that no honest program writes, or not today: they open or they do not, and nothing breaks. */
import { createHash, X509Certificate } from 'node:crypto';
import { inspect } from 'node:util';
import forge from 'node-forge';
import { describe, expect, test } from 'vitest';
import { handOver, takeOver } from '#lib/auth/handover.ts';
import { openPkcs12 } from '#lib/auth/pkcs12/open.ts';
import { LockedFile, NO_CONFIDENCES, Secret } from '#lib/auth/secret.ts';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { writePkcs12 } from '#tests/lab/pki/pkcs12.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';

const made = (name: string, authority = false): Certificate =>
  makeCertificate({ subject: { CN: name }, key: pooledKey('rsa-2048', name), authority });
const leaf = made('leaf');
const other = made('other');

function fileOf(key: Certificate | null, certificates: readonly Certificate[], passPhrase: string | null = 'secret') {
  return writePkcs12({ key, certificates, passPhrase });
}

function open(file: Uint8Array, passPhrase = 'secret', signal = new AbortController().signal) {
  return openPkcs12(LockedFile.of(file, Secret.of(passPhrase)), signal);
}

async function shown(file: Uint8Array, passPhrase?: string): Promise<string> {
  const opened = await open(file, passPhrase);
  if (opened.state !== 'open') return opened.state;
  return `${opened.certificates.map((der) => new X509Certificate(der).subject.slice(3)).join(', ')}; ${opened.key}`;
}

describe('the server’s certificate', () => {
  test('is the one to which the key belongs, wherever it stands', async () => {
    expect(await shown(fileOf(leaf, [other, leaf]))).toBe('leaf, other; fits');
  });

  test('is told when the key belongs to another', async () => {
    expect(await shown(fileOf(other, [leaf]))).toBe('leaf; other');
  });

  test('is the first that is no authority where there is no key', async () => {
    expect(await shown(fileOf(null, [made('root', true), leaf]))).toBe('leaf, root; none');
  });
});

test('no pass phrase at all opens like an empty one', async () => {
  expect(await shown(fileOf(leaf, [leaf], null), '')).toBe('leaf; fits');
  expect(await shown(fileOf(leaf, [leaf], ''), '')).toBe('leaf; fits');
});

/** The same values with lengths left open, and long strings in pieces. X.690 8.1.3.6, 8.7.3 */
function toBer(der: Buffer): Buffer {
  const [tag = 0, first = 0] = der;
  const bytes = first < 0x80 ? 0 : first & 0x7f;
  const length = bytes === 0 ? first : der.readUIntBE(2, bytes);
  const start = 2 + bytes;
  const content = der.subarray(start, start + length);
  const rest = der.subarray(start + length);
  const after = rest.length > 0 ? toBer(rest) : rest;
  const end = Buffer.from([0, 0]);
  if ((tag & 0x20) !== 0) return Buffer.concat([Buffer.from([tag, 0x80]), toBer(content), end, after]);
  if (tag !== 4 || length < 100) return Buffer.concat([der.subarray(0, start + length), after]);
  const pieces = [content.subarray(0, 50), content.subarray(50, 100), content.subarray(100)];
  const written = pieces.map((piece) =>
    Buffer.concat([Buffer.from([4, 0x82, piece.length >> 8, piece.length & 0xff]), piece]),
  );
  return Buffer.concat([Buffer.from([0x24, 0x80]), ...written, end, after]);
}

test('lengths left open and strings in pieces are read, as Java writes them', async () => {
  const file = fileOf(leaf, [leaf]);
  const ber = toBer(file);
  expect(ber.length).toBeGreaterThan(file.length);
  expect(await shown(ber)).toBe('leaf; fits');
});

describe('a file that nobody wrote to be opened', () => {
  const file = fileOf(leaf, [leaf]);
  const deep = Buffer.alloc(100_000, Buffer.from([0x30, 0x80]));

  test.for<[string, Uint8Array, RegExp]>([
    ['an empty one', new Uint8Array(), /not a PKCS #12 file/],
    ['text', Buffer.from('-----BEGIN CERTIFICATE-----'), /not a PKCS #12 file/],
    ['a certificate', new X509Certificate(leaf.pem).raw, /PKCS #12/],
    ['the wrong version', Buffer.from(file.toString('hex').replace('020103', '020104'), 'hex'), /version 3/],
    ['endless nesting', deep, /not a PKCS #12 file/],
    ['more certificates than anybody has', fileOf(leaf, Array(21).fill(leaf)), /more than 20 certificates/],
    ['no certificate', fileOf(leaf, []), /no certificate/],
  ])('%s is told as it is', async ([, bytes, reason]) => {
    expect(await open(bytes)).toEqual({ state: 'unreadable', reason: expect.stringMatching(reason) });
  });

  test('cut or changed at any place it never opens as another, and never throws', async () => {
    const whole = await open(file);
    const outcomes = new Set<string>();
    for (let at = 0; at < file.length; at += 7) {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      for (const broken of [file.subarray(0, at), changed]) {
        const opened = await open(broken);
        outcomes.add(opened.state);
        if (opened.state === 'open') expect(opened).toEqual(whole);
      }
    }
    expect(outcomes).toContain('unreadable');
    expect(outcomes).toContain('wrong-pass-phrase');
  });
});

test('many rounds leave the process its other work, and end when the run is cancelled', async () => {
  const file = fileOf(leaf, [leaf]);
  const slow = withRounds(file, 1_999_999);
  const cancel = new AbortController();
  const opening = open(slow, 'secret', cancel.signal);
  const turns = await new Promise<number>((resolve) => setImmediate(() => resolve(1)));
  cancel.abort();
  await expect(opening).rejects.toThrow(/abort/i);
  expect(turns).toBe(1);
});

/** The file with another number of rounds for its seal, which it fails then. */
function withRounds(file: Buffer, rounds: number): Buffer {
  const asn1 = forge.asn1.fromDer(file.toString('latin1'));
  const [, , macData] = asn1.value as forge.asn1.Asn1[];
  const [, , iterations] = (macData as forge.asn1.Asn1).value as forge.asn1.Asn1[];
  (iterations as forge.asn1.Asn1).value = forge.asn1.integerToDer(rounds).getBytes();
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
}

describe('a locked file', () => {
  const bytes = createHash('sha256').update('x').digest();
  const locked = LockedFile.of(bytes, Secret.of('Kanarie'));

  test('shows neither itself nor its pass phrase', () => {
    const seen = [
      String(locked),
      JSON.stringify({ locked }),
      JSON.stringify({ ...locked }),
      inspect(locked, { depth: 9 }),
    ];
    expect(seen).toEqual(['[secret]', '{"locked":"[secret]"}', '{}', '[secret]']);
    expect(inspect(structuredClone({ locked }), { showHidden: true })).not.toContain('Kanarie');
  });

  test('crosses a process border by hand-over alone', () => {
    const sent = JSON.parse(JSON.stringify(handOver({ ...NO_CONFIDENCES, file: locked })));
    const { password, file } = takeOver(sent);
    expect([password, file?.reveal(), file?.passPhrase.reveal()]).toEqual([null, bytes, 'Kanarie']);
  });
});
