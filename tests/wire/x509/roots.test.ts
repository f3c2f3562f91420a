/** Every public root that Node ships with, read by Node and by us. */
import { createHash, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { toHex } from '#lib/wire/der/values.ts';
import { decodeCertificateBundle } from '#lib/wire/x509/bundle.ts';
import { type Certificate, decodeCertificate } from '#lib/wire/x509/certificate.ts';
import {
  decodeBasicConstraints,
  decodeExtendedKeyUsage,
  decodeKeyUsage,
  decodeSubjectAltName,
  findExtension,
  repeatedExtensions,
} from '#lib/wire/x509/extensions.ts';
import { type Name, nameToText, sameName, shortName } from '#lib/wire/x509/name.ts';
import { attributeKeyword, extensionOids } from '#lib/wire/x509/oids.ts';
import { decodePem, encodePem } from '#lib/wire/x509/pem.ts';
import { describeSignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';

const roots = rootCertificates.map((pem) => {
  const [block] = decodePem(pem);
  if (block === undefined) throw new Error('no certificate');
  return { node: new X509Certificate(pem), ours: decodeCertificate(block.bytes) };
});

const extensionOf = (certificate: Certificate, kind: keyof typeof extensionOids) =>
  findExtension(certificate.extensions, extensionOids[kind]);

/** The way Node shows a name: keywords to values, a list where there are several. */
function legacy(name: Name): Record<string, string | string[]> {
  const values: Record<string, string[]> = {};
  for (const { oid, value } of name.rdns.flat()) {
    const keyword = attributeKeyword(oid) ?? oid;
    values[keyword] = [...(values[keyword] ?? []), value];
  }
  return Object.fromEntries(
    Object.entries(values).map(([keyword, all]) => [keyword, all.length > 1 ? all : (all[0] ?? '')]),
  );
}

/** Keys as Node tells them apart. */
function keyOf({ publicKey: { key } }: Certificate): object {
  if (key.kind === 'rsa') return { kind: 'rsa', modulusLength: key.modulusBits, publicExponent: key.exponent };
  if (key.kind === 'ec') return { kind: 'ec', namedCurve: NODE_CURVES[key.curveName] };
  return { kind: key.kind };
}
const NODE_CURVES: Readonly<Record<string, string>> = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
};

test('there are more than a hundred', () => {
  expect(roots.length).toBeGreaterThan(100);
  expect(decodeCertificateBundle(Buffer.from(rootCertificates.join('\n'))).length).toBe(roots.length);
});

test.for(roots)('octets of $node.serialNumber', ({ node, ours }) => {
  expect(createHash('sha256').update(ours.raw).digest('hex').toUpperCase()).toBe(
    node.fingerprint256.replaceAll(':', ''),
  );
  expect(encodePem('CERTIFICATE', ours.raw).trim()).toBe(node.toString().trim());
});

test.for(roots)('serial number, dates of $node.serialNumber', ({ node, ours }) => {
  // Node shows the number, the certificate has a zero in front of a high bit.
  expect(BigInt(`0x${toHex(ours.serialNumber)}`)).toBe(BigInt(`0x${node.serialNumber}`));
  expect([ours.notBefore.at, ours.notAfter.at]).toEqual([node.validFromDate.getTime(), node.validToDate.getTime()]);
  const faults = shortName(ours.subject) === 'Certum Trusted Network CA 2' ? ['wrong-type'] : [];
  expect([ours.notBefore.faults, ours.notAfter.faults]).toEqual([faults, faults]);
});

test.for(roots)('names of $node.serialNumber', ({ node, ours }) => {
  const { subject, issuer } = node.toLegacyObject();
  expect(legacy(ours.subject)).toEqual({ ...subject });
  expect(legacy(ours.issuer)).toEqual({ ...issuer });
  expect(sameName(ours.subject, ours.issuer)).toBe(node.subject === node.issuer);
  expect(nameToText(ours.subject)).not.toBe('');
  const names = extensionOf(ours, 'subjectAltName');
  expect(names === null).toBe(node.subjectAltName === undefined);
  if (names !== null) expect(decodeSubjectAltName(names).length).toBe(node.subjectAltName?.split(', ').length);
});

test.for(roots)('key of $node.serialNumber', ({ node, ours }) => {
  expect(Buffer.from(ours.publicKey.raw)).toEqual(node.publicKey.export({ format: 'der', type: 'spki' }));
  expect(keyOf(ours)).toEqual({ kind: node.publicKey.asymmetricKeyType, ...node.publicKey.asymmetricKeyDetails });
});

test.for(roots)('signature of $node.serialNumber', ({ node, ours }) => {
  expect(ours.tbsSignatureAlgorithm.raw).toEqual(ours.signatureAlgorithm.raw);
  const { name } = describeSignatureAlgorithm(ours.signatureAlgorithm);
  expect(name).toBe(node.signatureAlgorithm);
});

test.for(roots)('extensions of $node.serialNumber', ({ node, ours }) => {
  const constraints = extensionOf(ours, 'basicConstraints');
  expect(constraints !== null && decodeBasicConstraints(constraints).authority).toBe(node.ca);
  const purposes = extensionOf(ours, 'extendedKeyUsage');
  expect(purposes === null ? undefined : decodeExtendedKeyUsage(purposes).map(({ oid }) => oid)).toEqual(node.keyUsage);
  const usage = extensionOf(ours, 'keyUsage');
  if (usage !== null) expect(decodeKeyUsage(usage)).toContain('keyCertSign');
  expect(repeatedExtensions(ours.extensions)).toEqual([]);
});
