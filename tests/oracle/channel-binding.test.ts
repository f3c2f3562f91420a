/** Bindings to certificates that `openssl` has signed in every way, with the hashes that it computes of them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { channelBindingOf } from '#lib/auth/ntlm/channel-binding.ts';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { decodePem } from '#lib/wire/x509/pem.ts';
import { describeSignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';
import { needs, output } from './foreign.ts';
import { TemporaryFolder } from './temporary.ts';

beforeEach((context) => needs(context, 'openssl'));

const RSA = ['-newkey', 'rsa:2048'];
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
const PSS = ['-sigopt', 'rsa_padding_mode:pss'];

/** A certificate that signs itself: the file, and what we make of it. */
async function issued(options: readonly string[]) {
  const folder = new TemporaryFolder();
  const certificate = folder.file('certificate.pem');
  const files = ['-nodes', '-keyout', folder.file('key.pem'), '-out', certificate, '-days', '9', '-subj', '/CN=oracle'];
  await output('openssl', ['req', '-x509', ...options, ...files]);
  const der = decodePem(readFileSync(certificate, 'utf8'))[0]?.bytes ?? new Uint8Array();
  const { signatureAlgorithm } = decodeCertificate(der);
  return { certificate, bound: channelBindingOf(der, describeSignatureAlgorithm(signatureAlgorithm)) };
}

test.each<[what: string, options: readonly string[], hash: string]>([
  ['RSA with MD5', [...RSA, '-md5'], 'sha256'],
  ['RSA with SHA-1', [...RSA, '-sha1'], 'sha256'],
  ['RSA with SHA-224', [...RSA, '-sha224'], 'sha224'],
  ['RSA with SHA-256', [...RSA, '-sha256'], 'sha256'],
  ['RSA with SHA-384', [...RSA, '-sha384'], 'sha384'],
  ['RSA with SHA-512', [...RSA, '-sha512'], 'sha512'],
  ['RSA with SHA-512/256', [...RSA, '-sha512-256'], 'sha512-256'],
  ['RSA with SHA3-256', [...RSA, '-sha3-256'], 'sha3-256'],
  ['RSA-PSS with SHA-1', [...RSA, '-sha1', ...PSS], 'sha256'],
  ['RSA-PSS with SHA-256', [...RSA, '-sha256', ...PSS], 'sha256'],
  ['RSA-PSS with SHA-512', [...RSA, '-sha512', ...PSS], 'sha512'],
  ['RSA-PSS with another hash of the mask', [...RSA, '-sha384', ...PSS, '-sigopt', 'rsa_mgf1_md:sha256'], 'sha384'],
  ['ECDSA with SHA-1', [...EC, '-sha1'], 'sha256'],
  ['ECDSA with SHA-256', [...EC, '-sha256'], 'sha256'],
  ['ECDSA with SHA-384', [...EC, '-sha384'], 'sha384'],
  ['ECDSA with SHA-512', [...EC, '-sha512'], 'sha512'],
])('%s', async (_what, options, hash) => {
  const { certificate, bound } = await issued(options);
  const said = await output('openssl', ['x509', '-in', certificate, '-noout', '-fingerprint', `-${hash}`]);
  const digest = Buffer.from(said.replace(/^.*=/, '').replaceAll(/[:\s]/g, ''), 'hex');
  const data = Buffer.concat([Buffer.from('tls-server-end-point:'), digest]);
  const structure = Buffer.concat([Buffer.alloc(16), Buffer.from([data.length, 0, 0, 0]), data]);
  expect(bound).toMatchObject({ defined: true, certificateHash: hash });
  expect(bound.defined && Buffer.from(bound.binding.hash)).toEqual(createHash('md5').update(structure).digest());
});

test.each([
  ['Ed25519', 'Ed25519'],
  ['Ed448', 'Ed448'],
])('%s has no hash of its own', async (algorithm, name) => {
  const { bound } = await issued(['-newkey', algorithm.toLowerCase()]);
  expect(bound).toEqual({ defined: false, algorithm: name });
});
