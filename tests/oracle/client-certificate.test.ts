/** Client certificates in files that `openssl` wrote, shown to servers that are `openssl s_server`: it takes them, or says why not. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { TlsEvidence, TlsSurveyEvidence } from '#lib/result/evidence.ts';
import { walk } from '#lib/result/node.ts';
import { freePort } from '#tests/free-port.ts';
import { runWorld, type WorldRun } from '#tests/worlds/run-world.ts';
import { CertificateMaker, type Issued, type KeyKind, keyKinds } from './certificate-maker.ts';
import { needs, output, run, serve } from './foreign.ts';
import { TemporaryFolder } from './temporary.ts';

beforeEach((context) => needs(context, 'openssl'));

const HOST = 'mail.oracle.test';
const maker = () => new CertificateMaker();

/** The file of a client, with its issuers in no order. */
async function exported(own: Issued, others: readonly Issued[], ...options: readonly string[]): Promise<string> {
  const file = new TemporaryFolder().file('client.p12');
  const chain = others.length === 0 ? [] : ['-certfile', maker().bundle(...others)];
  const content = ['-in', own.certificate, '-inkey', own.key, ...chain, '-passout', 'pass:', '-out', file];
  await output('openssl', ['pkcs12', '-export', ...content, ...options]);
  return file;
}

/** Tests a server that lets nobody in without a certificate of this authority. */
async function judged(authority: Issued, clientCertificate: string, version: string): Promise<WorldRun> {
  const port = await freePort();
  const server = await maker().issue({ name: HOST });
  const own = ['-cert', server.certificate, '-key', server.key, `-${version}`];
  const demand = ['-Verify', '3', '-verify_return_error', '-CAfile', authority.certificate];
  await serve('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, '-www', ...own, ...demand], /^ACCEPT/);
  return runWorld({
    ...{ name: HOST, title: '', email: `alice@${HOST}`, username: '', password: '', must: [], mustNot: [] },
    ...{ analyzer: 'tls', target: HOST, clientCertificate },
    network: ['--connect', `${HOST}:443=127.0.0.1:${port}`, '--trust', server.certificate],
  });
}

function seenIn({ evidence }: WorldRun) {
  const bodies = [...evidence.values()] as (Partial<TlsEvidence> & Partial<TlsSurveyEvidence>)[];
  const survey = bodies.find(({ versions }) => versions !== undefined)?.clientCertificate as
    | TlsSurveyEvidence['clientCertificate']
    | undefined;
  const handshake = bodies.find(({ cipher }) => cipher !== undefined)?.clientCertificate;
  return { survey, handshake };
}

const findingsIn = ({ report }: WorldRun) => [...walk(report.root)].flatMap(({ findings }) => findings);

describe.each(['tls1_2', 'tls1_3'])('in %s', (version) => {
  test.for(Object.keys(keyKinds) as KeyKind[])('one with an %s key opens the door', async (kind) => {
    const root = await maker().issue({ name: 'Client Root', authority: true });
    const alice = await maker().issue({ name: 'alice', issuer: root, kind });
    const result = await judged(root, await exported(alice, [root]), version);
    expect(result.report.verdict.status).toBe('passed');
    const { survey, handshake } = seenIn(result);
    expect(handshake).toEqual({ asked: true, shown: 'alice' });
    expect(survey).toMatchObject({ answer: 'demanded', given: { answer: 'taken' } });
  });

  test('one comes with its issuers, in the order of the chain', async () => {
    const root = await maker().issue({ name: 'Client Root', authority: true });
    const upper = await maker().issue({ name: 'Upper', issuer: root, authority: true });
    const lower = await maker().issue({ name: 'Lower', issuer: upper, authority: true });
    const alice = await maker().issue({ name: 'alice', issuer: lower });
    const stranger = await maker().issue({ name: 'Stranger', authority: true });
    const result = await judged(root, await exported(alice, [stranger, upper, lower]), version);
    expect(result.report.verdict.status).toBe('passed');
  });

  test('one of another authority is refused, and the alert is named', async () => {
    const root = await maker().issue({ name: 'Client Root', authority: true });
    const bob = await maker().issue({ name: 'bob', issuer: await maker().issue({ name: 'Other', authority: true }) });
    const result = await judged(root, await exported(bob, []), version);
    const how = expect.stringMatching(/the one that was given is refused with alert unknown ca \(48\)/);
    expect(findingsIn(result)).toMatchObject([{ code: 'tls.client-certificate-required', args: { host: HOST, how } }]);
    expect(seenIn(result).survey).toMatchObject({ answer: 'demanded', given: { answer: 'refused', how } });
  });
});

test('one in a file whose ciphers OpenSSL 3 has given up opens the door as well', async (context) => {
  const { code } = await run('openssl', ['list', '-providers', '-provider', 'legacy']);
  if (code !== 0) context.skip('this openssl has no legacy provider');
  const root = await maker().issue({ name: 'Client Root', authority: true });
  const alice = await maker().issue({ name: 'alice', issuer: root });
  const file = await exported(alice, [root], '-legacy');
  expect((await judged(root, file, 'tls1_3')).report.verdict.status).toBe('passed');
});
