/** What a person wants to see of one certificate. */
import { createHash } from 'node:crypto';
import { addressToText } from '#lib/pki/address.ts';
import type { CertificateFacts } from '#lib/result/evidence.ts';
import { WireError } from '#lib/wire/error.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import {
  decodeBasicConstraints,
  decodeExtendedKeyUsage,
  decodeKeyUsage,
  decodeSubjectAltName,
  type Extension,
  findExtension,
  type GeneralName,
} from '#lib/wire/x509/extensions.ts';
import { nameToText, shortName } from '#lib/wire/x509/name.ts';
import { encodePem } from '#lib/wire/x509/pem.ts';
import type { PublicKey } from '#lib/wire/x509/public-key.ts';
import { describeSignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';

const OID = {
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
};
const MOST_NAMES = 100;

/** Every step of the judgement shows all certificates, and large ones take long to describe. */
const described = new WeakMap<Certificate, CertificateFacts>();

/** Everything that the evidence shows of it. */
export function describeCertificate(certificate: Certificate): CertificateFacts {
  const facts = described.get(certificate) ?? factsOf(certificate);
  described.set(certificate, facts);
  return facts;
}

function factsOf(certificate: Certificate): CertificateFacts {
  const keyUsage = read(certificate, OID.keyUsage, decodeKeyUsage);
  const extended = read(certificate, OID.extendedKeyUsage, decodeExtendedKeyUsage);
  return {
    subject: nameToText(certificate.subject).slice(0, 1_000),
    issuer: nameToText(certificate.issuer).slice(0, 1_000),
    names: alternativeNames(certificate)
      .slice(0, MOST_NAMES)
      .flatMap((name) => nameText(name) ?? []),
    notBefore: isoDate(certificate.notBefore.at),
    notAfter: isoDate(certificate.notAfter.at),
    serialNumber: hex(certificate.serialNumber.slice(0, 40)),
    fingerprint256: fingerprint(certificate),
    fingerprint1: fingerprint(certificate, 'sha1'),
    key: describeKey(certificate.publicKey.key),
    signatureAlgorithm:
      guarded(() => describeSignatureAlgorithm(certificate.signatureAlgorithm).name) ?? 'cannot be read',
    ...(keyUsage && { keyUsage: [...keyUsage] }),
    ...(extended && { extendedKeyUsage: extended.map(({ name }) => name).slice(0, 20) }),
    isAuthority: read(certificate, OID.basicConstraints, decodeBasicConstraints)?.authority ?? false,
    pem: encodePem('CERTIFICATE', certificate.raw),
  };
}

const alternative = new WeakMap<Certificate, readonly GeneralName[]>();

/** Names in the subject alternative name; empty where there are none that can be read. */
export function alternativeNames(certificate: Certificate): readonly GeneralName[] {
  const names = alternative.get(certificate) ?? read(certificate, OID.subjectAltName, decodeSubjectAltName) ?? [];
  alternative.set(certificate, names);
  return names;
}

/** A name of a host as people write it; null for names of other things. */
export function nameText(name: GeneralName): string | null {
  if (name.type === 'dns') return name.value.slice(0, 300);
  return name.type === 'ip' ? addressToText(name.bytes) : null;
}

/** Fingerprint as certificate windows show it: `AB:CD:…`. */
export function fingerprint({ raw }: Certificate, hash: 'sha256' | 'sha1' = 'sha256'): string {
  const digits = createHash(hash).update(raw).digest('hex').toUpperCase();
  return (digits.match(/../g) ?? []).join(':');
}

/** What to call it in a sentence. */
export const nameOf = ({ subject, serialNumber }: Certificate): string =>
  shortName(subject) || `number ${hex(serialNumber.slice(0, 20))}`;

/** An ISO date; dates beyond what JavaScript can hold are cut to it. */
export function isoDate(at: number): string {
  return new Date(Math.min(Math.max(at, -8.64e15), 8.64e15)).toISOString();
}

function describeKey(key: PublicKey): string {
  switch (key.kind) {
    case 'rsa':
    case 'rsa-pss':
      return `${key.kind.toUpperCase()} ${key.modulusBits}`;
    case 'ec':
      return `EC ${key.curveName}`;
    case 'dsa':
      return `DSA ${key.primeBits ?? ''}`.trim();
    case 'unreadable':
      return `${key.algorithm} (cannot be read)`;
    case 'unknown':
      return 'of an unknown kind';
    default:
      return key.kind.toUpperCase();
  }
}

/** A malformed extension is a judge's business; here it is just not shown. */
function read<T>(certificate: Certificate, oid: string, decode: (extension: Extension) => T): T | null {
  const extension = findExtension(certificate.extensions, oid);
  return extension && guarded(() => decode(extension));
}

function guarded<T>(decode: () => T): T | null {
  try {
    return decode();
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
