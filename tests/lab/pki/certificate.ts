import { randomBytes } from 'node:crypto';
import { bitString, explicit, integer, pem, sequence, time } from './der.ts';
import { type Extension, encodeExtension } from './extensions.ts';
import type { KeyPair } from './keys.ts';
import { encodeName, type Name } from './names.ts';
import { damaged, type SignatureChoice, signatureAlgorithm, signed } from './signatures.ts';

/** A certificate that was made here, with all that it takes to sign with its key. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly pem: string;
  /** The names as bytes. */
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  /** The content of the INTEGER. */
  readonly serial: Uint8Array;
  readonly key: KeyPair;
}

/** Who signs: a name and a key. The certificate need not exist. */
export type Issuer = Pick<Certificate, 'subject' | 'key'>;

/** What goes into a certificate, field by field. */
export interface CertificateContent extends SignatureChoice, Defects {
  readonly subject: Name;
  readonly key: KeyPair;
  /** Without one it signs itself. */
  readonly issuer?: Issuer;
  readonly from: Date;
  readonly to: Date;
  /** By default a positive random number of sixteen bytes. */
  readonly serial?: bigint | Uint8Array;
  /** Written as they are, in this order, and twice if they are here twice. */
  readonly extensions?: readonly Extension[];
}

/** What can be wrong with the outer form. */
interface Defects {
  /** Damages the signature after signing. */
  readonly badSignature?: boolean;
  /** An AlgorithmIdentifier for the signed part, in place of the one that was used. */
  readonly innerAlgorithm?: Uint8Array;
  /** The same for the unsigned part. */
  readonly outerAlgorithm?: Uint8Array;
  /** 1 stands for no version at all, which is what the first version looks like. */
  readonly version?: number;
  /** A SubjectPublicKeyInfo in place of the key's own. */
  readonly spki?: Uint8Array;
}

/** Makes and signs a certificate. RFC 5280 4.1 */
export function issueCertificate(content: CertificateContent): Certificate {
  const { key, subject, issuer = { subject: encodeName(subject), key } } = content;
  const serial = serialBytes(content.serial ?? randomSerial());
  const body = signedPart(content, issuer, serial);
  const signature = signed(body, issuer.key, content);
  const algorithm = content.outerAlgorithm ?? signatureAlgorithm(issuer.key, content);
  const der = sequence(body, algorithm, bitString(content.badSignature ? damaged(signature) : signature));
  return { der, pem: pem('CERTIFICATE', der), subject: encodeName(subject), issuer: issuer.subject, serial, key };
}

function signedPart(content: CertificateContent, issuer: Issuer, serial: Uint8Array): Uint8Array {
  const { extensions = [], version = 3 } = content;
  return sequence(
    ...(version === 1 ? [] : [explicit(0, integer(version - 1))]),
    integer(serial),
    content.innerAlgorithm ?? signatureAlgorithm(issuer.key, content),
    issuer.subject,
    sequence(time(content.from), time(content.to)),
    encodeName(content.subject),
    content.spki ?? content.key.spki,
    ...(extensions.length === 0 ? [] : [explicit(3, sequence(...extensions.map(encodeExtension)))]),
  );
}

/** The content of the INTEGER for a serial number. */
function serialBytes(serial: bigint | Uint8Array): Uint8Array {
  return serial instanceof Uint8Array ? serial : integer(serial).subarray(2);
}

// The first bit must be clear, or the number would be read as negative; the second is set, so that the length is always the same.
function randomSerial(): Uint8Array {
  const serial = Uint8Array.from(randomBytes(16));
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  return serial;
}
