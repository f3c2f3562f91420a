/** What the lab's authorities publish - issuers, revocation lists, OCSP answers -, fetched by `curl` and judged by `openssl`. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mailHost, resolverOf } from '#tests/lab/client.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { needs, output, run } from './foreign.ts';
import { look } from './openssl-client.ts';
import { TemporaryFolder } from './temporary.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any' });
});
afterAll(() => lab.stop());
beforeEach((context) => needs(context, 'openssl', 'curl'));

/** What curl says to a page of a world's publisher; the body goes to a file. */
async function fetched(world: string, path: string) {
  const host = `pki.${world}.lab.test`;
  const [address] = await resolverOf(lab).resolve4(host);
  const file = new TemporaryFolder().file('body');
  const to = ['--resolve', `${host}:${lab.ports.http}:${address}`, `http://${host}:${lab.ports.http}${path}`];
  const facts = '%{http_code} %{content_type} %{redirect_url}';
  const { code, stdout } = await run('curl', ['-s', '--max-time', '2', '-o', file, '-w', facts, ...to]);
  return { code, facts: stdout.trim(), file };
}

/** The certificates that a world's mail server sends, each in a file. */
async function sentBy(world: string): Promise<string[]> {
  const { sent } = await look(lab, mailHost(world));
  const folder = new TemporaryFolder();
  return sent.map((pem, index) => folder.write(`${index}.pem`, pem));
}

describe('issuers', () => {
  test('what is published completes the chain', async () => {
    const [leaf = ''] = await sentBy('intermediate-missing-published');
    const { facts, file } = await fetched('intermediate-missing-published', '/issuing.cer');
    expect(facts).toBe('200 application/pkix-cert');
    expect(await output('openssl', ['x509', '-noout', '-ext', 'authorityInfoAccess', '-in', leaf])).toContain(
      'CA Issuers - URI:http://pki.intermediate-missing-published.lab.test/issuing.cer',
    );
    const trust = ['-CAfile', lab.roots, '-no-CApath', '-no-CAstore', '-untrusted', file];
    expect(await output('openssl', ['verify', ...trust, leaf])).toMatch(/OK$/m);
  });

  test('in a bundle and as text', async () => {
    const bundle = await fetched('intermediate-missing-bundle', '/issuing.p7c');
    expect(bundle.facts).toBe('200 application/pkcs7-mime');
    const inside = ['pkcs7', '-inform', 'DER', '-print_certs', '-in', bundle.file];
    expect(await output('openssl', inside)).toContain('CN = Throughline Lab Issuing CA');
    const text = await fetched('intermediate-missing-text', '/issuing.pem');
    expect(await output('openssl', ['x509', '-noout', '-subject', '-inform', 'PEM', '-in', text.file])).toContain('CA');
  });

  test.for([
    ['intermediate-missing-garbage', '/issuing.cer', 0, '200 text/html; charset=utf-8'],
    ['intermediate-missing-redirect', '/issuing.cer', 0, '302  http://169.254.169.254/latest/meta-data/'],
    ['intermediate-missing-silent', '/issuing.cer', 28, '000'],
    ['intermediate-missing-published', '/nowhere', 0, '404'],
    ['ocsp-404', '/ocsp/issuing', 0, '404'],
    ['ocsp-silent', '/ocsp/issuing', 28, '000'],
  ] as const)('%s%s: curl ends with %i, "%s"', async ([world, path, code, facts]) => {
    expect(await fetched(world, path)).toMatchObject({ code, facts });
  });

  test('a name that leads inside', async () => {
    expect(await resolverOf(lab).resolve4('pki.intermediate-missing-internal.lab.test')).toEqual(['10.0.0.1']);
    const [leaf = ''] = await sentBy('ocsp-internal');
    const address = await output('openssl', ['x509', '-noout', '-ocsp_uri', '-in', leaf]);
    expect(address.trim()).toBe('http://10.0.0.1/ocsp');
  });

  test.for([
    ['intermediate-missing-itself', '/itself/0', 'CA 0', 'CA 1', '/itself/0'],
    ['issuers-in-circle', '/circle/0', 'CA 0', 'CA 1', '/circle/1'],
    ['issuers-in-circle', '/circle/1', 'CA 1', 'CA 0', '/circle/0'],
    ['issuers-without-end', '/endless/0', 'CA 0', 'CA 1', '/endless/1'],
    ['issuers-without-end', '/endless/77', 'CA 77', 'CA 78', '/endless/78'],
  ] as const)('%s%s leads on', async ([world, path, subject, issuer, next]) => {
    const { file } = await fetched(world, path);
    const wanted = ['-subject', '-issuer', '-ext', 'authorityInfoAccess'];
    const text = await output('openssl', ['x509', '-inform', 'DER', '-noout', ...wanted, '-in', file]);
    expect(text).toMatch(new RegExp(`subject=.*Lab ${subject}\nissuer=.*Lab ${issuer}\n`));
    expect(text).toContain(`URI:http://pki.${world}.lab.test${next}\n`);
  });
});

describe('revocation lists', () => {
  /** What `openssl verify` says about the server's certificate, or about all of the chain, with a published list. */
  async function judged(world: string, path: string, scope: '-crl_check' | '-crl_check_all' = '-crl_check') {
    const [leaf = '', issuer = ''] = await sentBy(world);
    const { facts, file } = await fetched(world, path);
    expect(facts).toBe('200 application/pkix-crl');
    const list = new TemporaryFolder().file('list.pem');
    await output('openssl', ['crl', '-inform', 'DER', '-in', file, '-out', list]);
    const trust = ['-CAfile', lab.roots, '-no-CApath', '-no-CAstore', '-untrusted', issuer];
    const { stdout, stderr } = await run('openssl', ['verify', ...trust, scope, '-CRLfile', list, leaf]);
    return /lookup: (.+)/.exec(stdout + stderr)?.[1] ?? 'OK';
  }

  test.for([
    ['revoked-by-list', 'certificate revoked'],
    ['revoked-by-ocsp', 'OK'],
    ['crl-expired', 'CRL has expired'],
  ] as const)('%s: %s', async ([world, words]) => {
    expect(await judged(world, '/issuing.crl')).toBe(words);
  });

  test('an intermediate on the list of the root', async () => {
    const [, branch = ''] = await sentBy('revoked-intermediate');
    const [serial] = (await output('openssl', ['x509', '-noout', '-serial', '-in', branch])).trim().split('=').slice(1);
    const { file } = await fetched('revoked-intermediate', '/root.crl');
    const text = await output('openssl', ['crl', '-inform', 'DER', '-noout', '-text', '-in', file]);
    expect(text).toContain(`Serial Number: ${serial}`);
    expect(await judged('healthy-revocation', '/branch.crl')).toBe('OK');
  });
});

describe('OCSP', () => {
  /** What `openssl ocsp` learns about one certificate from the responder of its issuer. */
  async function asked(world: string, publisher: string, certificate: string, issuer: string): Promise<string> {
    const host = `pki.${world}.lab.test`;
    const [address] = await resolverOf(lab).resolve4(host);
    const to = ['-url', `http://${address}:${lab.ports.http}/ocsp/${publisher}`, '-header', `Host=${host}`];
    const trust = ['-CAfile', lab.roots, '-verify_other', issuer, '-timeout', '2'];
    const about = ['-issuer', issuer, '-cert', certificate];
    const { stdout, stderr } = await run('openssl', ['ocsp', ...to, ...trust, ...about]);
    return stderr + stdout;
  }

  test.for([
    ['revoked-by-ocsp', /verify OK.+: revoked.+keyCompromise/s],
    ['revoked-by-list', /verify OK.+: good/s],
    ['ocsp-stale', /status expired/i],
    ['ocsp-bad-signature', /Response Verify Failure/],
    ['ocsp-stranger', /Response Verify Failure/],
    ['ocsp-another-certificate', /No Status found/i],
    ['ocsp-404', /404/],
    ['ocsp-silent', /timeout|timed out|error/i],
  ] as const)('%s: %s', async ([world, words]) => {
    const [leaf = '', issuer = ''] = await sentBy(world);
    expect(await asked(world, 'issuing', leaf, issuer)).toMatch(words);
  });

  test('a healthy chain: a delegate answers for the server, the root for the intermediate', async () => {
    const [leaf = '', branch = ''] = await sentBy('healthy-revocation');
    expect(await asked('healthy-revocation', 'branch', leaf, branch)).toMatch(/verify OK.+: good/s);
    expect(await asked('healthy-revocation', 'root', branch, lab.roots)).toMatch(/verify OK.+: good/s);
    expect(
      await asked('revoked-intermediate', 'root', (await sentBy('revoked-intermediate'))[1] ?? '', lab.roots),
    ).toMatch(/: revoked/);
  });

  test('a responder knows its own certificates only', async () => {
    const [leaf = '', issuer = ''] = await sentBy('revoked-by-ocsp');
    expect(await asked('revoked-by-ocsp', 'root', leaf, issuer)).toContain('unauthorized');
  });

  test('the question may come by GET', async () => {
    const [leaf = '', issuer = ''] = await sentBy('revoked-by-ocsp');
    const question = new TemporaryFolder().file('question');
    await output('openssl', ['ocsp', '-issuer', issuer, '-cert', leaf, '-reqout', question]);
    const text = await output('openssl', ['base64', '-A', '-in', question]);
    const { facts, file } = await fetched('revoked-by-ocsp', `/ocsp/issuing/${encodeURIComponent(text)}`);
    expect(facts).toBe('200 application/ocsp-response');
    const answer = ['-respin', file, '-no_nonce', '-CAfile', lab.roots, '-verify_other', issuer];
    expect(await output('openssl', ['ocsp', '-issuer', issuer, '-cert', leaf, ...answer])).toContain(': revoked');
  });

  test('nonsense is called malformed', async () => {
    const { file } = await fetched('revoked-by-ocsp', '/ocsp/issuing/AAAA');
    const { stdout, stderr } = await run('openssl', ['ocsp', '-respin', file, '-noverify', '-resp_text']);
    expect(stderr + stdout).toMatch(/malformedrequest/i);
  });
});
