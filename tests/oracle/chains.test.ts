/** Our judge of chains and `openssl verify -x509_strict` over one table; where they differ, the table says why. */
import { expect, test } from 'vitest';
import { explicit, integer, sequence } from '#tests/lab/pki/der.ts';
import {
  authorityKeyIdentifier,
  basicConstraints,
  certificatePolicies,
  type Extension,
  extendedKeyUsage,
  extensionIds,
  keyUsage,
  nameConstraints,
  subjectAltName,
  subjectKeyIdentifier,
  unknownExtension,
} from '#tests/lab/pki/extensions.ts';
import { type KeyKind, pooledKey } from '#tests/lab/pki/keys.ts';
import type { GeneralName } from '#tests/lab/pki/names.ts';
import type { Wish } from '#tests/lab/pki/usual.ts';
import { chainOf, HOST, judgeOrdered, type Wishes } from '#tests/pki/chains.ts';
import { ecdsaWith } from '#tests/pki/handmade.ts';
import { ANY_POLICY, inhibitAny, mappings, policies, policyConstraints } from '#tests/pki/policy-extensions.ts';
import { needs } from './foreign.ts';
import { objectionTo } from './openssl-verify.ts';

/** Any policy will do, as long as it is one. */
const POLICY = ['-policy_check', '-policy', ANY_POLICY];
const STRICTLY = ['-x509_strict', '-purpose', 'sslserver', '-verify_hostname', HOST, ...POLICY];

/** What both say; or that we alone refuse, and why OpenSSL does not. The other way round there is nothing. */
type Verdict = 'accepted' | 'refused' | { readonly onlyWe: string };
type Row = readonly [what: string, wishes: Wishes, verdict: Verdict];

const having = (...extensions: readonly Extension[]): Wish => ({ with: extensions });
const key = (kind: KeyKind, name = 'oracle'): Wish => ({ key: pooledKey(kind, name) });
const critical = (extension: Extension): Extension => ({ ...extension, critical: true });
const also = (...names: readonly GeneralName[]): Wish => having(subjectAltName([{ dns: HOST }, ...names]));
const permits = (...permitted: readonly GeneralName[]): Wish => having(nameConstraints({ permitted }));
const excludes = (...excluded: readonly GeneralName[]): Wish => having(nameConstraints({ excluded }));

const PROFILE = { onlyWe: 'OpenSSL knows no rules of the public web' };
const FORM = { onlyWe: 'OpenSSL does not look at the form of what it does not need' };
const LEVEL = { onlyWe: 'OpenSSL 3.0 takes 112 bits of security, and SHA-1 in certificates up to level 1' };
const POLICIES = { onlyWe: 'OpenSSL reads empty lists as if they were not there' };

const fields: readonly Row[] = [
  ['a good chain', {}, 'accepted'],
  ['an expired leaf', { leaf: { days: [-9, -1] } }, 'refused'],
  ['a leaf of tomorrow', { leaf: { days: [1, 9] } }, 'refused'],
  ['an expired authority', { issuing: { days: [-9, -1] } }, 'refused'],
  ['an expired root', { root: { days: [-9, -1] } }, 'refused'],
  ['a wrong signature', { leaf: { badSignature: true } }, 'refused'],
  ['a wrong signature of an authority', { issuing: { badSignature: true } }, 'refused'],
  ['two algorithms', { leaf: { innerAlgorithm: ecdsaWith('sha512') } }, 'refused'],
  ['version 2 with extensions', { leaf: { version: 2 } }, 'refused'],
  ['serial number zero', { leaf: { serial: 0n } }, FORM],
  ['a negative serial number', { leaf: { serial: Uint8Array.of(0x80) } }, FORM],
  ['a long serial number', { leaf: { serial: new Uint8Array(25).fill(1) } }, FORM],
  ['no name of the issuer', { issuing: { subject: {} } }, 'refused'],
  ['another host', { leaf: { names: ['other.example.test'] } }, 'refused'],
];

const keys: readonly Row[] = [
  ['RSA', { root: key('rsa-2048', 'r'), issuing: key('rsa-3072'), leaf: key('rsa-2048') }, 'accepted'],
  ['P-384 and P-521', { root: key('p-521', 'r'), issuing: key('p-384') }, 'accepted'],
  ['Ed25519', { issuing: key('ed25519') }, 'accepted'],
  ['RSA-PSS', { issuing: key('rsa-2048'), leaf: { padding: 'pss' } }, 'accepted'],
  ['a short key', { leaf: key('rsa-1024') }, LEVEL],
  ['a short key above', { issuing: key('rsa-1024') }, LEVEL],
  ['SHA-1', { leaf: { hash: 'sha1' } }, LEVEL],
  ['MD5', { issuing: key('rsa-2048'), leaf: { hash: 'md5' } }, LEVEL],
];

const extensions: readonly Row[] = [
  ['an unknown critical extension', { leaf: having(unknownExtension(true)) }, 'refused'],
  ['an unknown extension', { leaf: having(unknownExtension(false)) }, 'accepted'],
  ['an extension twice', { leaf: { again: [keyUsage('digitalSignature')] } }, 'refused'],
  ['no basic constraints', { issuing: { without: ['basicConstraints'] } }, 'refused'],
  ['no authority', { issuing: having(basicConstraints(false)) }, 'refused'],
  ['basic constraints, not critical', { issuing: having({ ...basicConstraints(true), critical: false }) }, 'refused'],
  ['a path length in a leaf', { leaf: having(basicConstraints(false, 0)) }, 'refused'],
  ['a path that is too long', { root: having(basicConstraints(true, 0)) }, 'refused'],
  ['a path that is long enough', { root: having(basicConstraints(true, 1)) }, 'accepted'],
  ['no key usage above', { issuing: { without: ['keyUsage'] } }, 'refused'],
  ['a key that signs no certificates', { issuing: having(keyUsage('cRLSign')) }, 'refused'],
  ['a key for nothing', { issuing: having(keyUsage()) }, 'refused'],
  ['a leaf whose key signs certificates', { leaf: having(keyUsage('digitalSignature', 'keyCertSign')) }, 'refused'],
  ['a leaf whose key encrypts data', { leaf: having(keyUsage('dataEncipherment')) }, 'refused'],
  ['no identifier of the own key above', { issuing: { without: ['subjectKeyIdentifier'] } }, 'refused'],
  ["no identifier of the issuer's key", { leaf: { without: ['authorityKeyIdentifier'] } }, 'refused'],
  ['another identifier', { leaf: having(authorityKeyIdentifier(pooledKey('p-256', 'stranger'))) }, 'refused'],
  [
    'a critical identifier',
    { leaf: having(critical(authorityKeyIdentifier(pooledKey('p-256', 'Issuing')))) },
    'refused',
  ],
  [
    'a critical identifier of the own key',
    { issuing: having(critical(subjectKeyIdentifier(pooledKey('p-256', 'Issuing')))) },
    'refused',
  ],
  [
    'no subject, critical names',
    { leaf: { subject: {}, with: [critical(subjectAltName([{ dns: HOST }]))] } },
    'accepted',
  ],
  ['no subject, names not critical', { leaf: { subject: {} } }, 'refused'],
  ['a subject, critical names', { leaf: having(critical(subjectAltName([{ dns: HOST }]))) }, PROFILE],
  ['no names but the common one', { leaf: { names: [] } }, { onlyWe: 'OpenSSL still looks at common names' }],
  ['an address as a host', { leaf: also({ dns: '192.0.2.1' }) }, PROFILE],
  ['a wildcard for a registry', { leaf: also({ dns: '*.co.uk' }) }, PROFILE],
  ['a host that is none', { leaf: also({ dns: 'two words' }) }, FORM],
];

const uses: readonly Row[] = [
  ['for clients', { leaf: having(extendedKeyUsage('clientAuth')) }, 'refused'],
  ['for anything', { leaf: having(extendedKeyUsage('any')) }, 'refused'],
  ['for nothing that is named', { leaf: { without: ['extendedKeyUsage'] } }, 'accepted'],
  ['for servers and code', { leaf: having(extendedKeyUsage('serverAuth', 'codeSigning')) }, PROFILE],
  ['below an authority for mail', { issuing: having(extendedKeyUsage('emailProtection')) }, 'refused'],
  ['below an authority for servers', { issuing: having(extendedKeyUsage('serverAuth')) }, 'accepted'],
  ['below an authority for anything', { issuing: having(extendedKeyUsage('any')) }, 'refused'],
  ['an authority', { leaf: having(basicConstraints(true), keyUsage('digitalSignature', 'keyCertSign')) }, PROFILE],
];

const names: readonly Row[] = [
  ['permitted', { issuing: permits({ dns: 'example.test' }) }, 'accepted'],
  ['not permitted', { issuing: permits({ dns: 'other.test' }) }, 'refused'],
  ['excluded', { issuing: excludes({ dns: 'example.test' }) }, 'refused'],
  ['excluded by the root', { root: excludes({ dns: 'test' }) }, 'refused'],
  ['an address outside', { issuing: permits({ ip: '192.0.2.0/24' }), leaf: also({ ip: '198.51.100.1' }) }, 'refused'],
  ['an address inside', { issuing: permits({ ip: '192.0.2.0/24' }), leaf: also({ ip: '192.0.2.1' }) }, 'accepted'],
  [
    'a mailbox outside',
    { issuing: permits({ mail: 'other.test' }), leaf: also({ mail: 'a@example.test' }) },
    'refused',
  ],
  ['a subject outside', { issuing: permits({ directory: { O: 'Other' } }) }, 'refused'],
  [
    'a wildcard inside',
    { issuing: permits({ dns: 'example.test' }), leaf: also({ dns: '*.example.test' }) },
    'accepted',
  ],
  ['a wildcard that is wider', { issuing: permits({ dns: HOST }), leaf: also({ dns: '*.example.test' }) }, 'refused'],
  [
    'a wildcard for what is excluded',
    { issuing: excludes({ dns: 'a.example.test' }), leaf: also({ dns: '*.example.test' }) },
    { onlyWe: 'OpenSSL compares the asterisk as a label' },
  ],
  [
    'a dot at the beginning',
    { issuing: permits({ dns: '.example.test' }) },
    { onlyWe: 'RFC 5280 allows it for URIs and mail alone; OpenSSL for hosts, too' },
  ],
  [
    'a depth',
    {
      issuing: having({
        id: extensionIds.nameConstraints,
        critical: true,
        value: sequence(explicit(0, sequence(subtree(), explicit(0, integer(1))))),
      }),
    },
    'refused',
  ],
];

function subtree(): Uint8Array {
  return Uint8Array.of(0x82, 4, ...Buffer.from('test'));
}

const explicitly = policyConstraints({ explicit: 0 });
const rules: readonly Row[] = [
  ['the same policy', { issuing: having(explicitly, policies('a')), leaf: having(policies('a')) }, 'accepted'],
  ['another policy', { issuing: having(explicitly, policies('a')), leaf: having(policies('b')) }, 'refused'],
  ['no policy', { issuing: having(explicitly, policies('a')) }, 'refused'],
  ['no policy, and nobody asks', { issuing: having(policies('a')) }, 'accepted'],
  ['asked one later', { issuing: having(policyConstraints({ explicit: 1 })) }, 'refused'],
  ['asked two later', { issuing: having(policyConstraints({ explicit: 2 })) }, 'accepted'],
  ['any-policy', { issuing: having(explicitly, policies('*')), leaf: having(policies('a')) }, 'accepted'],
  [
    'any-policy, inhibited',
    { issuing: having(explicitly, policies('a'), inhibitAny(0)), leaf: having(policies('*')) },
    'refused',
  ],
  [
    'any-policy, inhibited later',
    { issuing: having(explicitly, policies('a'), inhibitAny(1)), leaf: having(policies('*')) },
    'accepted',
  ],
  ['mapped', { issuing: having(explicitly, policies('a'), mappings('ab')), leaf: having(policies('b')) }, 'accepted'],
  [
    'mapped away',
    { issuing: having(explicitly, policies('a'), mappings('ab')), leaf: having(policies('a')) },
    'refused',
  ],
  [
    'mapped out of any-policy',
    { issuing: having(explicitly, policies('*'), mappings('ab')), leaf: having(policies('b')) },
    'accepted',
  ],
  ['mapped to any-policy', { issuing: having(policies('a'), mappings('a*')) }, 'refused'],
  ['a policy twice', { leaf: having(policies('a', 'a')) }, 'refused'],
  ['no policy in the list', { leaf: having(certificatePolicies()) }, POLICIES],
  ['constraints, not critical', { issuing: having(policyConstraints({ explicit: 5 }, false)) }, FORM],
];

const rows = [...fields, ...keys, ...extensions, ...uses, ...names, ...rules];

test.for(rows)('%s', async ([, wishes, verdict], context) => {
  needs(context, 'openssl');
  const [leaf, issuing, root] = chainOf(wishes);
  const { ending, problems } = judgeOrdered([leaf, issuing, root]);
  const objection = await objectionTo([leaf, issuing], root, STRICTLY);
  const we = ending !== 'anchored' || problems.some(({ enforcedBy }) => enforcedBy !== 'nobody');
  expect({ we, openSsl: objection !== 'OK' }, objection).toEqual(refusals(verdict));
});

function refusals(verdict: Verdict): { we: boolean; openSsl: boolean } {
  if (typeof verdict !== 'string') return { we: true, openSsl: false };
  return { we: verdict === 'refused', openSsl: verdict === 'refused' };
}
