/** Which extensions there have to be, which must not be there, and which are critical. */
import { expect, test } from 'vitest';
import { nothing, sequence } from '#tests/lab/pki/der.ts';
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  certificatePolicies,
  crlDistributionPoints,
  type Extension,
  extensionIds,
  mustStaple,
  nameConstraints,
  padding,
  subjectAltName,
  subjectKeyIdentifier,
  unknownExtension,
} from '#tests/lab/pki/extensions.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { HOST, problemsOf, type Row } from '../chains.ts';
import { inhibitAny, mappings, policies, policyConstraints } from '../policy-extensions.ts';

const KEY = pooledKey('p-256', 'Root');
const critical = (extension: Extension): Extension => ({ ...extension, critical: true });
const ALT_NAMES = subjectAltName([{ dns: HOST }]);
const limit = nameConstraints({ permitted: [{ dns: 'test' }] });
const LISTS = crlDistributionPoints('http://example.test/crl');
const OCSP = authorityInfoAccess({ ocsp: ['http://ocsp.example.test/'] });

test.each<Row>([
  ['unknown', { leaf: { with: [unknownExtension(false)] } }, []],
  ['unknown and critical', { leaf: { with: [unknownExtension(true)] } }, ['unknown-critical-extension at 0']],
  [
    'unknown and critical in an authority',
    { issuing: { with: [unknownExtension(true)] } },
    ['unknown-critical-extension at 1'],
  ],
  ['unknown and critical in a root', { root: { with: [unknownExtension(true)] } }, ['unknown-critical-extension at 2']],
  ['huge', { leaf: { with: [padding(60_000)] } }, []],
  ['twice', { leaf: { again: [ALT_NAMES] } }, ['duplicate-extension at 0']],
  [
    'unknown and twice',
    { leaf: { with: [unknownExtension(false)], again: [unknownExtension(false)] } },
    ['duplicate-extension at 0'],
  ],
  ['three times in an authority', { issuing: { again: [limit, limit, limit] } }, ['duplicate-extension at 1']],
  ['for stapling, critical', { leaf: { with: [critical(mustStaple())] } }, []],
  ['for lists, critical', { leaf: { with: [critical(LISTS)] } }, []],
  ['for policies, critical', { leaf: { with: [critical(certificatePolicies('2.23.140.1.2.1'))] } }, []],
  [
    "for the issuer's key, critical",
    { leaf: { with: [critical(authorityKeyIdentifier(pooledKey('p-256', 'Issuing')))] } },
    ['extension-criticality at 0'],
  ],
  [
    'for the own key, critical',
    { issuing: { with: [critical(subjectKeyIdentifier(pooledKey('p-256', 'Issuing')))] } },
    ['extension-criticality at 1'],
  ],
  [
    'for the own key, critical in a root',
    { root: { with: [critical(subjectKeyIdentifier(KEY))] } },
    ['extension-criticality at 2'],
  ],
  ['for OCSP, critical', { leaf: { with: [critical(OCSP)] } }, ['extension-criticality at 0']],
  [
    'for policy constraints, not critical',
    { issuing: { with: [policyConstraints({ explicit: 9 }, false)] } },
    ['extension-criticality at 1 (strict)'],
  ],
  [
    'for any-policy, not critical',
    { issuing: { with: [inhibitAny(9, false)] } },
    ['extension-criticality at 1 (strict)'],
  ],
  ['for name constraints, not critical', { issuing: { with: [{ ...limit, critical: false }] } }, []],
  ['for name constraints in a leaf', { leaf: { with: [limit] } }, ['forbidden-extension at 0 (strict)']],
])('an extension %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

test.each<Row>([
  ['without a subject, critical', { leaf: { subject: {}, with: [critical(ALT_NAMES)] } }, []],
  ['without a subject, not critical', { leaf: { subject: {} } }, ['extension-criticality at 0 (strict)']],
  ['with a subject, critical', { leaf: { with: [critical(ALT_NAMES)] } }, ['extension-criticality at 0 (strict)']],
])('alternative names %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

test('neither subject nor alternative names', () => {
  const leaf = { subject: {}, names: [] };
  expect(problemsOf({ leaf }, { hosts: [] })).toEqual([
    'missing-extension at 0 (strict)',
    'missing-extension at 0 (strict)',
  ]);
  expect(problemsOf({ leaf })).toEqual(['missing-extension at 0 (strict)', 'host-not-named at 0']);
});

test('no alternative names, whoever is asked for', () => {
  expect(problemsOf({ leaf: { names: [] } }, { hosts: [] })).toEqual(['missing-extension at 0 (strict)']);
  expect(problemsOf({ leaf: { names: [] } })).toEqual(['common-name-only at 0']);
});

/** What cannot be read is no reason to look at nothing else. */
const broken = (id: string): Extension => ({ id, value: nothing });
test.each([
  [extensionIds.keyUsage, ['malformed at 0']],
  [extensionIds.subjectAltName, ['malformed at 0', 'common-name-only at 0']],
  [extensionIds.extendedKeyUsage, ['malformed at 0']],
  [extensionIds.basicConstraints, ['malformed at 0']],
  [extensionIds.nameConstraints, ['malformed at 0', 'forbidden-extension at 0 (strict)']],
  [extensionIds.certificatePolicies, ['malformed at 0']],
  [extensionIds.authorityKeyIdentifier, ['malformed at 0']],
  [extensionIds.subjectKeyIdentifier, ['malformed at 0']],
  [extensionIds.authorityInfoAccess, ['malformed at 0 (strict)']],
  [extensionIds.crlDistributionPoints, ['malformed at 0 (strict)']],
  [extensionIds.tlsFeature, ['malformed at 0 (strict)']],
  ['2.5.29.33', ['malformed at 0']],
  ['2.5.29.36', ['malformed at 0', 'extension-criticality at 0 (strict)']],
  ['2.5.29.54', ['malformed at 0', 'extension-criticality at 0 (strict)']],
])('an extension that cannot be read: %s', (id, problems) => {
  expect(problemsOf({ leaf: { with: [broken(id)] } })).toEqual(problems);
});

test.each<readonly [string, Extension, string]>([
  ['constraints', { id: extensionIds.nameConstraints, critical: true, value: sequence() }, 'malformed at 1'],
  ['addresses', { id: extensionIds.authorityInfoAccess, value: sequence() }, 'malformed at 1 (strict)'],
  ['policies', policies(), 'malformed at 1 (strict)'],
  ['mappings', mappings(), 'malformed at 1 (strict)'],
  ['policy constraints', policyConstraints({}), 'malformed at 1 (strict)'],
])('an empty list of %s', (_what, extension, problem) => {
  expect(problemsOf({ issuing: { with: [extension] } })).toEqual([problem]);
});
