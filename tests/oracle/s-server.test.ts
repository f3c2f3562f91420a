/** Our test of a TLS server, against servers that are `openssl s_server` with certificates that are `openssl`'s. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import { freePort } from '#tests/free-port.ts';
import { runWorld, type WorldRun } from '#tests/worlds/run-world.ts';
import { CertificateMaker, type Issued, type KeyKind, keyKinds } from './certificate-maker.ts';
import { needs, serve } from './foreign.ts';

beforeEach((context) => needs(context, 'openssl'));

const HOST = 'mail.oracle.test';

interface Server {
  readonly leaf: Issued;
  /** A file with the other certificates, which are sent in its order. */
  readonly chain?: string;
  readonly trust: Issued;
  readonly options?: readonly string[];
}

/** Starts the server and tests it with the analyzer `tls`. */
async function judged({ leaf, chain, trust, options = [] }: Server): Promise<WorldRun> {
  const port = await freePort();
  const shown = ['-cert', leaf.certificate, '-key', leaf.key, ...(chain === undefined ? [] : ['-cert_chain', chain])];
  // It serves one connection at a time, and ends it only once it has answered.
  await serve('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, '-www', ...shown, ...options], /^ACCEPT/);
  return runWorld({
    ...{ name: HOST, title: '', email: `alice@${HOST}`, username: '', password: '', must: [], mustNot: [] },
    analyzer: 'tls',
    target: HOST,
    network: ['--connect', `${HOST}:443=127.0.0.1:${port}`, '--trust', trust.certificate],
  });
}

function protocolOf({ evidence }: WorldRun): unknown {
  const bodies = [...evidence.values()] as readonly { protocol?: string }[];
  return bodies.find(({ protocol }) => protocol !== undefined)?.protocol;
}

const verdictOf = ({ report }: WorldRun): [status: string, code: FindingCode | null] => [
  report.verdict.status,
  report.verdict.code,
];

describe('versions', () => {
  test.for([
    ['-tls1_2', 'TLSv1.2'],
    ['-tls1_3', 'TLSv1.3'],
  ])('%s alone is fine', async ([option = '', protocol]) => {
    const root = await new CertificateMaker().issue({ name: HOST });
    const run = await judged({ leaf: root, trust: root, options: [option] });
    expect(protocolOf(run)).toBe(protocol);
    expect(verdictOf(run)).toEqual(['passed', null]);
  });

  test.for([['-tls1_1'], ['-tls1']])('%s is too old', async ([option = '']) => {
    const root = await new CertificateMaker().issue({ name: HOST });
    const run = await judged({ leaf: root, trust: root, options: [option, '-cipher', 'ALL:@SECLEVEL=0'] });
    expect(verdictOf(run)).toEqual(['failed', 'tls.protocol-too-old']);
  });

  test('no cipher in common is told by an alert', async () => {
    const root = await new CertificateMaker().issue({ name: HOST });
    const run = await judged({ leaf: root, trust: root, options: ['-tls1_2', '-cipher', 'NULL:@SECLEVEL=0'] });
    expect(verdictOf(run)).toEqual(['failed', 'tls.handshake-failed']);
  });
});

describe('keys', () => {
  test.for(Object.keys(keyKinds) as KeyKind[])('%s', async (kind) => {
    const maker = new CertificateMaker();
    const root = await maker.issue({ name: 'Oracle Root', kind, authority: true });
    const leaf = await maker.issue({ name: HOST, kind, issuer: root });
    expect(verdictOf(await judged({ leaf, trust: root }))).toEqual(['passed', null]);
  });
});

describe('chains', () => {
  async function hierarchy(maker: CertificateMaker) {
    const root = await maker.issue({ name: 'Oracle Root', authority: true });
    const upper = await maker.issue({ name: 'Oracle Upper', issuer: root, authority: true });
    const lower = await maker.issue({ name: 'Oracle Lower', issuer: upper, authority: true });
    return { root, upper, lower, leaf: await maker.issue({ name: HOST, issuer: lower }) };
  }

  type Sent = (keyof Awaited<ReturnType<typeof hierarchy>>)[];

  test.for<[sent: Sent, status: string, code: FindingCode | null]>([
    [['lower', 'upper'], 'passed', null],
    [['lower', 'upper', 'root'], 'passed', null],
    // Servers must send it in order, and clients should bear it if they do not. RFC 8446 4.4.2
    [['upper', 'lower'], 'warning', 'tls.chain-order'],
    [['root', 'upper', 'lower'], 'warning', 'tls.chain-order'],
    [[], 'failed', 'tls.intermediate-missing'],
    // The chain ends at a name that nobody knows: that is how a foreign root without its certificate looks, too.
    [['lower'], 'failed', 'tls.certificate-untrusted-root'],
  ])('leaf, then %j: %s', async ([sent, status, code]) => {
    const maker = new CertificateMaker();
    const made = await hierarchy(maker);
    const chain = sent.length === 0 ? {} : { chain: maker.bundle(...sent.map((name) => made[name])) };
    expect(verdictOf(await judged({ leaf: made.leaf, trust: made.root, ...chain }))).toEqual([status, code]);
  });

  // The issuer of the leaf is not there, whatever else is sent.
  test('leaf, then an intermediate that belongs to another chain', async () => {
    const maker = new CertificateMaker();
    const { root, upper, leaf } = await hierarchy(maker);
    const run = await judged({ leaf, trust: root, chain: maker.bundle(upper) });
    expect(verdictOf(run)).toEqual(['failed', 'tls.intermediate-missing']);
  });

  test('a root that nobody trusts', async () => {
    const maker = new CertificateMaker();
    const { root, upper, lower, leaf } = await hierarchy(maker);
    const trust = await maker.issue({ name: 'Another Root', authority: true });
    const run = await judged({ leaf, trust, chain: maker.bundle(lower, upper, root) });
    expect(verdictOf(run)).toEqual(['failed', 'tls.certificate-untrusted-root']);
  });

  test('a root of the same name, but with another key', async () => {
    const maker = new CertificateMaker();
    const { upper, lower, leaf } = await hierarchy(maker);
    const trust = await maker.issue({ name: 'Oracle Root', authority: true });
    const run = await judged({ leaf, trust, chain: maker.bundle(lower, upper) });
    expect(run.report.verdict.status).toBe('failed');
  });

  test('a certificate that signed itself', async () => {
    const maker = new CertificateMaker();
    const leaf = await maker.issue({ name: HOST });
    const trust = await maker.issue({ name: 'Oracle Root', authority: true });
    expect(verdictOf(await judged({ leaf, trust }))).toEqual(['failed', 'tls.certificate-self-signed']);
  });
});
