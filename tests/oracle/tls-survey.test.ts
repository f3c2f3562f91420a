/** The survey, against servers that are `openssl s_server` with all sorts of options: what they were told to offer is what is found. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { TlsSurveyEvidence } from '#lib/result/evidence.ts';
import { freePort } from '#tests/free-port.ts';
import { codesIn, runWorld } from '#tests/worlds/run-world.ts';
import { CertificateMaker } from './certificate-maker.ts';
import { needs, serve } from './foreign.ts';

beforeEach((context) => needs(context, 'openssl'));

const HOST = 'mail.oracle.test';
const ANYTHING = ['-cipher', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'];

async function survey(options: readonly string[]) {
  const maker = new CertificateMaker();
  const root = await maker.issue({ name: 'Oracle Root', authority: true });
  const leaf = await maker.issue({ name: HOST, issuer: root });
  const other = await maker.issue({ name: 'other.oracle.test', issuer: root });
  const port = await freePort();
  const files: Record<string, string> = { ROOT: root.certificate, CERT: other.certificate, KEY: other.key };
  const given = options.map((option) => files[option] ?? option);
  const shown = ['-cert', leaf.certificate, '-key', leaf.key];
  await serve('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, '-www', ...shown, ...given], /^ACCEPT/);
  const { report, evidence } = await runWorld({
    ...{ name: HOST, title: '', email: `alice@${HOST}`, username: '', password: '', must: [], mustNot: [] },
    ...{ analyzer: 'tls', target: HOST },
    network: ['--connect', `${HOST}:443=127.0.0.1:${port}`, '--trust', root.certificate],
  });
  const found = [...evidence.values()].find((body) => Object.hasOwn(body as object, 'weak')) as TlsSurveyEvidence;
  return { report, codes: codesIn(report.root), ...found };
}

const acceptedIn = (rows: readonly { answer: string }[]): unknown[] =>
  rows.flatMap((row) => (row.answer === 'accepted' ? [Object.values(row)[0]] : []));

describe('versions', () => {
  test.each([
    [['-tls1_3'], ['TLS 1.3'], []],
    [['-tls1_2'], ['TLS 1.2'], []],
    [['-no_tls1_3'], ['TLS 1.2'], []],
    [['-cipher', 'DEFAULT:@SECLEVEL=0'], ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'], ['tls.old-protocol-enabled']],
    [['-cipher', 'DEFAULT:@SECLEVEL=0', '-no_tls1'], ['TLS 1.1', 'TLS 1.2', 'TLS 1.3'], ['tls.old-protocol-enabled']],
    [['-tls1', '-cipher', 'DEFAULT:@SECLEVEL=0'], ['TLS 1.0'], ['tls.protocol-too-old']],
    [['-tls1_1', '-cipher', 'DEFAULT:@SECLEVEL=0'], ['TLS 1.1'], ['tls.protocol-too-old']],
  ])('%j: %j', async (options, versions, codes) => {
    const seen = await survey(options);
    expect(acceptedIn(seen.versions)).toEqual(versions);
    expect(seen.versions.map(({ answer }) => answer)).not.toContain('not tested');
    expect(acceptedIn(seen.weak)).toEqual([]);
    expect(seen.codes).toEqual(codes);
  });
});

describe('weak suites', () => {
  test.each([
    [['-cipher', 'ECDHE+AESGCM:eNULL:@SECLEVEL=0', '-no_tls1', '-no_tls1_1'], ['NULL']],
    [['-cipher', 'ECDHE+AESGCM:aNULL+AES:@SECLEVEL=0', '-no_tls1', '-no_tls1_1'], ['anonymous']],
    [
      [...ANYTHING, '-no_tls1', '-no_tls1_1'],
      ['NULL', 'anonymous'],
    ],
    [
      [...ANYTHING, '-tls1'],
      ['NULL', 'anonymous'],
    ],
  ])('%j: %j', async (options, kinds) => {
    const seen = await survey(options);
    expect(acceptedIn(seen.weak)).toEqual(kinds);
    expect(seen.codes).toContain('tls.weak-cipher');
  });
});

describe('client certificates', () => {
  test.each([
    [['-tls1_3'], 'no', []],
    [['-verify', '1', '-CAfile', 'ROOT'], 'wished', []],
    [['-verify', '1', '-CAfile', 'ROOT', '-tls1_3'], 'wished', []],
    [['-verify', '1', '-CAfile', 'ROOT', '-tls1_2'], 'wished', []],
    [['-Verify', '1', '-CAfile', 'ROOT', '-tls1_2'], 'demanded', ['tls.client-certificate-required']],
    [['-Verify', '1', '-CAfile', 'ROOT', '-tls1_3'], 'demanded', ['tls.client-certificate-required']],
    [['-Verify', '1', '-CAfile', 'ROOT'], 'demanded', ['tls.client-certificate-required']],
  ])('%j: %s', async (options, answer, codes) => {
    const seen = await survey(options);
    expect(seen.clientCertificate.answer).toBe(answer);
    expect(seen.codes).toEqual(codes);
  });
});

describe('without SNI', () => {
  test('another certificate is told apart', async () => {
    // The second certificate is for those who name the host; the first is the default.
    const seen = await survey(['-servername', 'elsewhere.oracle.test', '-cert2', 'CERT', '-key2', 'KEY']);
    expect(seen.withoutSni).toMatchObject({ answer: 'accepted', same: true });
    expect(seen.codes).toEqual([]);
  });

  test('an alert is told apart', async () => {
    const seen = await survey(['-servername', HOST, '-servername_fatal', '-cert2', 'CERT', '-key2', 'KEY']);
    expect(seen.withoutSni?.answer).toMatch(/^(accepted|refused)/);
  });
});
