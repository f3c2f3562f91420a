/** What a certificate may be used for, and that authorities do not stand where servers should. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { oid, sequence } from '#tests/lab/pki/der.ts';
import {
  basicConstraints,
  type Extension,
  extendedKeyUsage,
  extensionIds,
  keyUsage,
} from '#tests/lab/pki/extensions.ts';
import { makeCertificate, type Wish } from '#tests/lab/pki/usual.ts';
import { authority, brief, chainOf, HOST, judge, judgeOrdered, problemsOf, type Row, server } from '../chains.ts';

const having = (...extensions: readonly Extension[]): Wish => ({ with: extensions });
const purpose = (...dotted: readonly string[]): Extension => ({
  id: extensionIds.extendedKeyUsage,
  value: sequence(...dotted.map(oid)),
});
const PRECERTIFICATES = '1.3.6.1.4.1.11129.2.4.4';
const SERVER = '1.3.6.1.5.5.7.3.1';

test.each<Row>([
  ['for servers and clients', { leaf: having(extendedKeyUsage('serverAuth', 'clientAuth')) }, []],
  ['for clients alone', { leaf: having(extendedKeyUsage('clientAuth')) }, ['wrong-usage at 0']],
  ['for mail', { leaf: having(extendedKeyUsage('emailProtection')) }, ['wrong-usage at 0', 'usage-form at 0 (strict)']],
  ['for anything', { leaf: having(extendedKeyUsage('any')) }, ['wrong-usage at 0', 'usage-form at 0 (strict)']],
  ['for servers and anything', { leaf: having(extendedKeyUsage('serverAuth', 'any')) }, ['usage-form at 0 (strict)']],
  [
    'for servers and code',
    { leaf: having(extendedKeyUsage('serverAuth', 'codeSigning')) },
    ['usage-form at 0 (strict)'],
  ],
  [
    'for servers and drafts of certificates',
    { leaf: { with: [purpose(SERVER, PRECERTIFICATES)] } },
    ['usage-form at 0 (strict)'],
  ],
  ['for servers and something unknown', { leaf: { with: [purpose(SERVER, '1.3.6.1.4.1.32473.1')] } }, []],
  ['for nothing', { leaf: having(extendedKeyUsage()) }, ['wrong-usage at 0', 'malformed at 0']],
  ['without purposes', { leaf: { without: ['extendedKeyUsage'] } }, ['missing-extension at 0 (nobody)']],
  [
    'with critical purposes',
    { leaf: { with: [{ ...extendedKeyUsage('serverAuth'), critical: true }] } },
    ['extension-criticality at 0 (strict)'],
  ],
  ['whose key agrees on keys', { leaf: having(keyUsage('keyAgreement')) }, []],
  ['whose key encrypts keys', { leaf: having(keyUsage('keyEncipherment')) }, []],
  ['whose key encrypts data', { leaf: having(keyUsage('dataEncipherment')) }, ['wrong-usage at 0']],
  ['whose key signs lists', { leaf: having(keyUsage('cRLSign')) }, ['wrong-usage at 0']],
  ['without key usage', { leaf: { without: ['keyUsage'] } }, []],
  ['of an authority', { leaf: { with: [basicConstraints(true)] } }, ['wrong-usage at 0']],
])('a server with a certificate %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

test.each<Row>([
  ['for clients', { leaf: having(extendedKeyUsage('clientAuth')) }, []],
  ['for servers', {}, ['wrong-usage at 0']],
  [
    'whose key only encrypts keys',
    { leaf: { with: [extendedKeyUsage('clientAuth'), keyUsage('keyEncipherment')] } },
    ['wrong-usage at 0'],
  ],
  [
    'below an authority for servers',
    { issuing: having(extendedKeyUsage('serverAuth')), leaf: having(extendedKeyUsage('clientAuth')) },
    ['wrong-usage at 1'],
  ],
])('a client with a certificate %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes, { usage: 'client' })).toEqual(problems);
});

test.each<Row>([
  ['for servers', { issuing: having(extendedKeyUsage('serverAuth')) }, []],
  ['for servers and clients', { issuing: having(extendedKeyUsage('serverAuth', 'clientAuth')) }, []],
  [
    'for mail',
    { issuing: having(extendedKeyUsage('emailProtection')) },
    ['wrong-usage at 1', 'usage-form at 1 (strict)'],
  ],
  ['for clients', { issuing: having(extendedKeyUsage('clientAuth')) }, ['wrong-usage at 1']],
  ['for anything', { issuing: having(extendedKeyUsage('any')) }, ['wrong-usage at 1', 'usage-form at 1 (strict)']],
  [
    'for servers and anything',
    { issuing: having(extendedKeyUsage('serverAuth', 'any')) },
    ['usage-form at 1 (strict)'],
  ],
  ['for nothing', { issuing: having(extendedKeyUsage()) }, ['wrong-usage at 1', 'malformed at 1']],
])('an authority %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

test.each<Row>([
  ['for servers', { root: having(extendedKeyUsage('serverAuth')) }, ['forbidden-extension at 2 (strict)']],
  [
    'for mail',
    { root: having(extendedKeyUsage('emailProtection')) },
    ['wrong-usage at 2', 'forbidden-extension at 2 (strict)'],
  ],
])('a root %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

describe('one that is itself trusted', () => {
  test('is accepted', () => {
    const leaf = makeCertificate({ names: [HOST] });
    expect(judge({ leaf, anchors: [leaf] })).toMatchObject({ ending: 'anchored', path: { length: 1 } });
  });

  test('may be an authority, as small servers make it', () => {
    const leaf = authority('Own', {
      names: [HOST],
      with: [basicConstraints(true), keyUsage('digitalSignature', 'keyCertSign')],
    });
    expect(judge({ leaf, anchors: [leaf] }).problems.map(brief)).toEqual([
      'wrong-usage at 0 (strict)',
      'missing-extension at 0 (nobody)',
      'common-name at 0 (nobody)',
    ]);
  });
});

test('keys that only sign encrypt nothing', () => {
  const { publicKey } = generateKeyPairSync('ml-dsa-44');
  const spki = Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }));
  const issuing = authority('Issuing', { issuer: authority('Root') });
  const problemsWith = (wish: Wish) => judgeOrdered([server(issuing, { spki, ...wish }), issuing]).problems.map(brief);
  expect(problemsWith(having(keyUsage('digitalSignature')))).toEqual([]);
  expect(problemsWith(having(keyUsage('digitalSignature', 'keyAgreement')))).toEqual(['usage-form at 0 (strict)']);
});

test('what a certificate is for instead is told', () => {
  const reasonOf = (leaf: Wish) =>
    judgeOrdered(chainOf({ leaf })).problems.flatMap((one) => ('reason' in one ? one.reason : []));
  expect(reasonOf(having(extendedKeyUsage()))).toContain('extended key usage: nothing');
  expect(reasonOf(having(extendedKeyUsage('clientAuth', 'codeSigning')))).toContain(
    'extended key usage: clientAuth, codeSigning',
  );
  expect(reasonOf(having(keyUsage('cRLSign', 'keyCertSign')))).toContain('key usage: keyCertSign, cRLSign');
});
