/** What the certificate worlds of the lab really serve, seen by `openssl` alone: none of our own judgement comes into it. */
import { domainToASCII } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mailHost } from '#tests/lab/client.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { allWorlds } from '#tests/lab/worlds/index.ts';
import { needs, output } from './foreign.ts';
import { look, type Seen } from './openssl-client.ts';

const MISSING = ['unable to get local issuer certificate', 'unable to verify the first certificate'];
const UNTRUSTED = 'self-signed certificate in certificate chain';

/** How many certificates come, and what OpenSSL objects to, weakness apart. */
const worlds: Readonly<Record<string, readonly [sent: number, ...objections: readonly string[]]>> = {
  'healthy-root-sent': [3],
  'healthy-ecdsa': [2],
  'healthy-ed25519': [2],
  'healthy-cross-signed': [3],
  'healthy-old-root': [4],
  'healthy-wildcard': [2],
  'healthy-international-name': [2],
  'healthy-revocation': [2],
  'healthy-stapled': [2],
  'certificate-rsa-1024': [2],
  'certificate-sha1': [2],
  'certificate-for-clients': [2, 'unsuitable certificate purpose'],
  // OpenSSL does not mind an authority that serves; the rules of public authorities forbid it.
  'certificate-of-authority': [2],
  'certificate-unknown-critical': [2, 'unhandled critical extension'],
  // Of such a certificate it does not even look for the issuer.
  'certificate-extension-twice': [2, ...MISSING],
  'certificate-wildcard-too-high': [2, 'hostname mismatch'],
  'certificate-old-and-weak': [2, 'hostname mismatch', 'certificate has expired'],
  'intermediate-md5': [2],
  'intermediate-name-excluded': [2, 'excluded subtree violation'],
  'intermediate-name-not-permitted': [2, 'permitted subtree violation'],
  'intermediate-path-too-long': [3, 'path length constraint exceeded'],
  'intermediate-no-authority': [2, 'invalid CA certificate', 'unsuitable certificate purpose'],
  'intermediate-may-not-sign': [
    2,
    'invalid CA certificate',
    'key usage does not include certificate signing',
    'unsuitable certificate purpose',
  ],
  'intermediate-bad-signature': [2, 'certificate signature failure'],
  'intermediate-missing-published': [1, ...MISSING],
  'intermediate-missing-bundle': [1, ...MISSING],
  'intermediate-missing-text': [1, ...MISSING],
  'intermediate-missing-silent': [1, ...MISSING],
  'intermediate-missing-garbage': [1, ...MISSING],
  'intermediate-missing-internal': [1, ...MISSING],
  'intermediate-missing-redirect': [1, ...MISSING],
  'intermediate-missing-itself': [1, ...MISSING],
  'issuers-in-circle': [1, ...MISSING],
  'issuers-without-end': [1, ...MISSING],
  'inspecting-proxy': [2, UNTRUSTED],
  'chain-wrong-order': [3],
  'chain-stranger': [3],
  'chain-sent-twice': [3],
  'chain-three-problems': [3, 'unsuitable certificate purpose', 'certificate is not yet valid'],
  'revoked-by-ocsp': [2],
  'revoked-by-list': [2],
  'revoked-by-staple': [2],
  'revoked-intermediate': [2],
  'ocsp-silent': [2],
  'ocsp-404': [2],
  'ocsp-stale': [2],
  'ocsp-bad-signature': [2],
  'ocsp-stranger': [2],
  'ocsp-another-certificate': [2],
  'ocsp-internal': [2],
  'ocsp-without-end': [2],
  'crl-expired': [2],
  'crl-without-end': [2],
  'certificate-many-names': [2, 'hostname mismatch'],
  'intermediate-rsa-16384': [2],
  'chain-of-200': [200, 'certificate chain too long', 'unable to get local issuer certificate'],
};

let lab: Lab;
beforeAll(async () => {
  const names = [...Object.keys(worlds), 'certificate-huge'];
  lab = await startLab({ port: 'any', worlds: names });
});
afterAll(() => lab.stop());
beforeEach((context) => needs(context, 'openssl'));

const seen = (world: string, securityLevel = 0): Promise<Seen> =>
  look(lab, domainToASCII(lab.world(world).target ?? mailHost(world)), securityLevel);

test('every world that looks at certificates alone is here', () => {
  const kinds = /^(certificate|chain|crl|healthy|inspecting|intermediate|issuers|ocsp|revoked)-/;
  const all = allWorlds.filter(({ name, analyzer }) => analyzer === 'tls' && kinds.test(name)).map(({ name }) => name);
  expect(all.toSorted()).toEqual([...Object.keys(worlds), 'certificate-huge'].toSorted());
});

describe('what is sent, and what OpenSSL says to it', () => {
  test.for(Object.entries(worlds))('%s', async ([world, [count, ...objections]]) => {
    const { sent, failure, objections: raised } = await seen(world);
    expect(failure).toBeNull();
    expect(sent).toHaveLength(count);
    expect(raised.toSorted()).toEqual(objections.toSorted());
  });

  test.for([
    ['certificate-rsa-1024', 'EE certificate key too weak'],
    ['certificate-old-and-weak', 'EE certificate key too weak'],
    ['certificate-sha1', 'CA signature digest algorithm too weak'],
    ['intermediate-md5', 'CA signature digest algorithm too weak'],
    ['healthy-ecdsa', null],
    ['healthy-ed25519', null],
  ] as const)('%s, with weakness minded: %s', async ([world, objection]) => {
    const { objections } = await seen(world, 2);
    if (objection === null) expect(objections).toEqual([]);
    else expect(objections).toContain(objection);
  });

  test('a certificate of a million bytes is more than OpenSSL reads', async () => {
    expect(await seen('certificate-huge')).toMatchObject({ failure: 'excessive message size' });
  });
});

describe('in detail', () => {
  const said = (pem: string, ...options: readonly string[]): Promise<string> =>
    output('openssl', ['x509', '-noout', ...options], pem);

  /** The names of those that are sent, the server's own left out. */
  async function namesOf({ sent }: Seen): Promise<(string | undefined)[]> {
    const subjects = await Promise.all(sent.slice(1).map((pem) => said(pem, '-subject')));
    return subjects.map((subject) => /CN = (.+)/.exec(subject)?.[1]?.replace('Throughline Lab ', ''));
  }

  test.for([
    ['chain-wrong-order', ['Upper CA', 'Lower CA']],
    ['chain-stranger', ['Issuing CA', 'Unknown Lab Issuing CA']],
    ['chain-sent-twice', ['Issuing CA', 'Issuing CA']],
    ['healthy-root-sent', ['Issuing CA', 'Root CA']],
    ['healthy-cross-signed', ['Issuing CA', 'Root CA']],
    ['healthy-old-root', ['Issuing CA', 'Root CA', 'Root of Old']],
    ['inspecting-proxy', ['FortiGate CA']],
  ] as const)('%s sends, behind its own, %j', async ([world, names]) => {
    expect(await namesOf(await seen(world))).toEqual(names);
  });

  test('the cross-signed root has another issuer, and the old root behind it has expired', async () => {
    const { sent } = await seen('healthy-old-root');
    expect(await said(sent[2] ?? '', '-issuer')).toContain('CN = Throughline Lab Root of Old');
    await expect(said(sent[3] ?? '', '-checkend', '0')).rejects.toThrow('Certificate will expire');
  });

  test.for([
    ['healthy-ecdsa', /ASN1 OID: prime256v1.+ecdsa-with-SHA256/s],
    ['healthy-ed25519', /Public Key Algorithm: ED25519.+Signature Algorithm: ED25519/s],
    ['healthy-wildcard', /DNS:\*\.healthy-wildcard\.lab\.test/],
    ['healthy-international-name', /DNS:xn--bcher-kva\.healthy-international-name\.lab\.test/],
    ['healthy-stapled', /TLS Feature:\s+status_request/],
    ['certificate-of-authority', /CA:TRUE/],
    ['certificate-sha1', /sha1WithRSAEncryption/],
    ['certificate-wildcard-too-high', /DNS:\*\.lab\.test/],
  ] as const)('%s: %s', async ([world, words]) => {
    const [leaf = ''] = (await seen(world)).sent;
    expect(await said(leaf, '-text')).toMatch(words);
  });

  test('a key of 16,384 bits', async () => {
    const [, intermediate = ''] = (await seen('intermediate-rsa-16384')).sent;
    expect(await said(intermediate, '-text')).toContain('Public-Key: (16384 bit)');
  });

  test('ten thousand names', async () => {
    const [leaf = ''] = (await seen('certificate-many-names')).sent;
    expect((await said(leaf, '-ext', 'subjectAltName')).match(/DNS:/g)).toHaveLength(10_000);
  });

  test.for([
    ['healthy-stapled', 'good'],
    ['revoked-by-staple', 'revoked'],
    ['revoked-by-ocsp', null],
  ] as const)('%s staples: %s', async ([world, status]) => {
    expect((await seen(world)).staple).toBe(status);
  });
});
