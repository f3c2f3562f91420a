/** The form of the certificate test, sent as a browser without JavaScript sends it. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '#lib/result/report.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { writePkcs12 } from '#tests/lab/pki/pkcs12.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';
import { FormClient, type FormValues } from '#tests/web/form-client.ts';
import { startWeb, type Web } from '#tests/web/server.ts';

const HOST = 'mail.example.test';
const root = makeCertificate({ authority: true, subject: { CN: 'Root' }, key: pooledKey('rsa-2048', 'root') });
const leaf = makeCertificate({ names: [HOST], issuer: root, key: pooledKey('rsa-2048') });
const keyPem = leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

let web: Web;
let client: FormClient;
beforeAll(async () => {
  web = await startWeb();
  client = new FormClient(web.url);
});
afterAll(() => web.dispose());

const file = (content: string | Uint8Array, name = 'server.pem'): File => new File([Buffer.from(content)], name);
const trusting = { rootsText: root.pem, onlyRoots: 'on', noFetch: 'on' };

/** Starts the test and waits for its end. */
async function judged(values: FormValues): Promise<Report> {
  const run = await client.start('certificate', { ...trusting, ...values });
  await client.stream(run);
  return JSON.parse(await client.get(`${run}/report.json`));
}

describe('a certificate', () => {
  test.each<[name: string, values: () => FormValues]>([
    ['in a file', () => ({ certificate: file(leaf.pem) })],
    ['in a file of DER', () => ({ certificate: file(leaf.der, 'server.crt') })],
    ['as text', () => ({ certificateText: `${keyPem}${leaf.pem}` })],
    [
      'in a PKCS #12 file',
      () => ({
        certificate: file(writePkcs12({ certificates: [leaf], key: leaf, passPhrase: 'secret' }), 'server.pfx'),
        password: 'secret',
      }),
    ],
    ['with its root as a file', () => ({ certificateText: leaf.pem, rootsText: '', roots: file(root.pem) })],
  ])('%s is judged', async (_name, values) => {
    const report = await judged({ ...values(), hosts: `${HOST}\r\n` });
    expect(report).toMatchObject({ analyzer: 'certificate', verdict: { status: 'passed' } });
    expect(report.target).toMatchObject({ name: HOST, hosts: [HOST] });
  });

  test('is judged for all hosts, for another time, for another use', async () => {
    const values = { hosts: `${HOST}, other.example.test`, time: '2001-01-01', usage: 'client' };
    const { verdict, options } = await judged({ ...values, certificateText: leaf.pem });
    expect(verdict.causes.map(({ finding }) => finding.split('#')[1])).toEqual(
      expect.arrayContaining([
        'tls.certificate-name-mismatch',
        'tls.certificate-not-yet-valid',
        'tls.certificate-wrong-usage',
      ]),
    );
    expect(options).toMatchObject({
      time: '2001-01-01T00:00:00.000Z',
      usage: 'client',
      onlyRoots: 'yes',
      noFetch: 'yes',
    });
  });

  test('behind a pass phrase that does not fit stays untested', async () => {
    const locked = file(writePkcs12({ certificates: [leaf], key: leaf, passPhrase: 'secret' }), 'server.pfx');
    const { verdict, target } = await judged({ certificate: locked, password: 'other' });
    expect(verdict).toMatchObject({ status: 'incomplete', summary: { key: 'tool.not-tested' } });
    expect(target.name).toBe('server.pfx');
  });

  test('can be tested again, but for the files', async () => {
    const run = await client.start('certificate', {
      ...trusting,
      certificateText: leaf.pem,
      hosts: HOST,
      time: '2027-01-01',
    });
    await client.stream(run);
    const page = await client.get(`${run}/again`);
    expect(page).toContain(HOST);
    expect(page).toContain('2027-01-01T00:00:00.000Z');
    expect(page).not.toContain('MII');
  });
});

describe('a mistake', () => {
  test.each<[sentence: string, values: () => FormValues]>([
    ['The certificate is missing.', () => ({})],
    ['This holds a private key, and no certificate.', () => ({ certificateText: keyPem })],
    ['This holds nothing that looks like a certificate.', () => ({ certificate: file('hello') })],
    ['only one of them can be the certificate', () => ({ certificate: file(leaf.pem), certificateText: leaf.pem })],
    ['The files together are larger than 1 MiB.', () => ({ certificate: file(randomBytes(1_100_000)) })],
    ['larger than 1 MiB', () => ({ certificate: file(leaf.pem), roots: file(randomBytes(3_000_000)) })],
    ['This holds a private key, and no certificate.', () => ({ certificateText: leaf.pem, intermediatesText: keyPem })],
    ['only its host belongs here', () => ({ certificateText: leaf.pem, hosts: 'https://mail.example.test/' })],
    ['A time looks like', () => ({ certificateText: leaf.pem, time: 'soon' })],
    ['The usage is', () => ({ certificateText: leaf.pem, usage: 'both' })],
    ['longer than 256 characters', () => ({ certificate: file(leaf.pem), password: 'p'.repeat(257) })],
  ])('is told at its field: %s', async (sentence, values) => {
    const page = await client.submit('certificate', values());
    expect(page).toContain('The test has not been started.');
    expect(page).toContain(sentence);
  });

  test('leaves what was typed, without private key and pass phrase', async () => {
    const typed = { certificateText: `${keyPem}${leaf.pem}`, hosts: 'a..b', password: 'Kanarie-2' };
    const page = await client.submit('certificate', typed);
    expect(page).toContain('a..b');
    expect(page).toContain(leaf.pem.split('\n')[1]);
    expect(page).not.toMatch(/PRIVATE KEY|Kanarie/);
    expect(page).not.toContain(keyPem.split('\n')[1]);
  });
});

test('a form beyond all measure is refused, and the server goes on', async () => {
  const answer = await client.submit('certificate', { certificate: file(randomBytes(6_000_000)) }).catch(String);
  expect(answer).not.toContain('/run/');
  expect(await client.get('/test/certificate')).toContain('Certificate file');
});
