/** The fields for a client certificate and for fingerprints, sent as a browser without JavaScript sends them. */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { walk } from '#lib/result/node.ts';
import type { Report } from '#lib/result/report.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { writePkcs12 } from '#tests/lab/pki/pkcs12.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';
import { FormClient, type FormValues } from '#tests/web/form-client.ts';
import { startWeb, type Web } from '#tests/web/server.ts';

const PASS_PHRASE = 'Kanarie-55';
const own = makeCertificate({ subject: { CN: 'bob' }, key: pooledKey('rsa-2048', 'bob') });
const locked = writePkcs12({ certificates: [own], key: own, passPhrase: PASS_PHRASE });

let lab: Lab;
let web: Web;
let client: FormClient;
beforeAll(async () => {
  lab = await startLab({
    port: 'any',
    worlds: ['client-certificate-given', 'client-certificate-given-12', 'pin-other'],
  });
  web = await startWeb({ lab });
  client = new FormClient(web.url);
});
afterAll(async () => {
  await web.dispose();
  await lab.stop();
});

const file = (content: Uint8Array | string, name = 'alice.p12'): File => new File([Buffer.from(content)], name);
const ofLab = (): File => file(readFileSync(lab.world('client-certificate-given').clientCertificate ?? ''));

async function judged(form: string, values: FormValues): Promise<Report> {
  const run = await client.start(form, values);
  await client.stream(run);
  return JSON.parse(await client.get(`${run}/report.json`));
}

const outlook = (): FormValues => {
  const { email, username, password } = lab.world('client-certificate-given');
  return { email, username, password };
};
const tls = (world = 'client-certificate-given-12'): FormValues => ({
  host: lab.world(world).target ?? '',
  port: '443',
});

describe('a client certificate', () => {
  test('opens the door for Outlook, beside the password', async () => {
    const report = await judged('outlook', { ...outlook(), clientCertificate: ofLab(), passPhrase: '' });
    expect(report.verdict.status).toBe('passed');
    expect(report.options).toEqual({ clientCertificate: 'yes' });
  });

  test('opens the door for the TLS test; without it the door stays closed', async () => {
    const codeWith = async (values: FormValues) => (await judged('tls', { ...tls(), ...values })).verdict.code;
    expect(await codeWith({ clientCertificate: ofLab() })).toBeNull();
    expect(await codeWith({ clientCertificate: file('') })).toBe('tls.client-certificate-required');
  });

  test('that its pass phrase does not open ends the test', async () => {
    const values = { ...tls(), clientCertificate: file(locked), passPhrase: `${PASS_PHRASE}x` };
    const { verdict, root } = await judged('tls', values);
    expect([verdict.status, [...walk(root)].flatMap(({ findings }) => findings).length]).toEqual(['incomplete', 1]);
  });

  test.each<[string, () => FormValues, RegExp]>([
    ['no PKCS #12 file', () => ({ clientCertificate: file(own.pem, 'alice.pem') }), /This is no PKCS #12 file/],
    ['far too large', () => ({ clientCertificate: file(new Uint8Array(1_100_000)) }), /larger than 1 MiB/],
    [
      'locked by an endless pass phrase',
      () => ({ clientCertificate: file(locked), passPhrase: 'Kanarie'.repeat(40) }),
      /pass phrase is longer than 256/,
    ],
    [
      'beside another mistake',
      () => ({ clientCertificate: file(locked), passPhrase: PASS_PHRASE, host: 'a..b' }),
      /has to be chosen once more/,
    ],
  ])('%s is told at its field, and nothing of it comes back', async (_name, values, message) => {
    const page = await client.submit('tls', { ...tls(), ...values() });
    expect(page).toMatch(message);
    expect(page).toContain('Choose the file once more');
    expect(page).not.toContain('Kanarie');
  });

  test('is asked for again when the test is repeated', async () => {
    const run = await client.start('tls', { ...tls(), clientCertificate: ofLab() });
    expect(await client.get(`${run}/again`)).toMatch(/but for the client certificate: it was not kept/);
  });

  test('of a lab system comes with its start', async () => {
    const { name } = lab.world('client-certificate-given-12');
    expect((await judged('tls', { ...tls(), world: name })).verdict.status).toBe('passed');
    expect((await judged('tls', { ...tls(), world: 'no-such-world' })).verdict.status).toBe('failed');
  });
});

describe('fingerprints', () => {
  const foreign = () => (lab.world('pin-other').pins ?? []).join('\n');

  test('that are not here are told, and stand in the form of the next test', async () => {
    const run = await client.start('tls', { ...tls('pin-other'), pins: foreign() });
    await client.stream(run);
    const { verdict, options }: Report = JSON.parse(await client.get(`${run}/report.json`));
    expect([verdict.status, verdict.code, options]).toEqual([
      'warning',
      'tls.interception',
      { pins: ['5a'.repeat(32)] },
    ]);
    expect(await client.get(`${run}/again`)).toContain('5a'.repeat(32));
  });

  test('that are none are told at their field', async () => {
    expect(await client.submit('tls', { ...tls(), pins: 'abc' })).toMatch(/is not a SHA-256 fingerprint/);
  });
});
