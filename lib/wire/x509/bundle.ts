/** Certificates as files and servers hand them out: DER, PEM, PKCS #7. RFC 5280 4.2.2.1, RFC 7468, RFC 5652 */
import { badValue, DerReader, inside, OBJECT_IDENTIFIER, SEQUENCE, wholeValue } from '../der/reader.ts';
import { latin1 } from '../der/values.ts';
import { WireError } from '../error.ts';
import { atMost, MAX_BUNDLE } from './limits.ts';
import { decodePem, type PemBlock } from './pem.ts';
import { decodePkcs7 } from './pkcs7.ts';

/** RFC 7468 5.1, and what older OpenSSL wrote. */
const CERTIFICATE_LABELS = ['CERTIFICATE', 'X509 CERTIFICATE'];
/** A certificate with OpenSSL's own remarks behind it. */
const TRUSTED_LABEL = 'TRUSTED CERTIFICATE';
/** RFC 7468 8, 9 */
const PKCS7_LABELS = ['PKCS7', 'CMS', 'PKCS #7 SIGNED DATA'];

const SPEC = 'RFC 7468 2';

/**
 * DER of each certificate in a file, in its order; none of them is decoded. Other blocks of a PEM file, such as keys, are passed over.
 * @param bytes one DER certificate, PEM with one or more blocks, or a "certs-only" PKCS #7 message (DER, BER or PEM)
 * @throws WireError where it is none of these; offsets within a PEM block are counted in what is decoded
 */
export function decodeCertificateBundle(bytes: Uint8Array): Uint8Array[] {
  const place = { path: 'bundle', spec: SPEC };
  atMost(MAX_BUNDLE, bytes, place);
  if (isBinary(bytes)) return decodeBinary(bytes);
  const blocks = decodePem(textOf(bytes), [...CERTIFICATE_LABELS, TRUSTED_LABEL, ...PKCS7_LABELS]);
  if (blocks.length > 0) return blocks.flatMap(certificatesOf);
  throw new WireError('bad-value', { ...place, offset: 0 }, 'neither DER nor PEM with a certificate in it');
}

/** A text that begins with "0" has a character in the second place; a length below 128 is that of a message without certificates. */
function isBinary([first, second = 0x80, third = OBJECT_IDENTIFIER]: Uint8Array): boolean {
  return first === undefined || (first === SEQUENCE && (second >= 0x80 || third === OBJECT_IDENTIFIER));
}

/** A message begins with the OID of its kind, a certificate with another SEQUENCE. */
function decodeBinary(bytes: Uint8Array): Uint8Array[] {
  const isIndefinite = bytes[1] === 0x80;
  if (isIndefinite) return decodePkcs7(bytes, 'bundle.pkcs7');
  const whole = wholeValue(bytes, { path: 'bundle', spec: 'RFC 5280 4.1' }, SEQUENCE);
  const { tag } = inside(whole);
  if (tag === OBJECT_IDENTIFIER) return decodePkcs7(bytes, 'bundle.pkcs7');
  if (tag === SEQUENCE) return [whole.raw];
  throw badValue(whole, 'neither a certificate nor PKCS #7');
}

function certificatesOf({ label, bytes, path }: PemBlock): Uint8Array[] {
  if (PKCS7_LABELS.includes(label)) return decodePkcs7(bytes, `bundle.${path}`);
  if (label !== TRUSTED_LABEL) return [bytes];
  const place = { path: `bundle.${path}`, offset: 0, spec: 'RFC 5280 4.1' };
  return [new DerReader(bytes, place, 0).take('certificate', SEQUENCE).raw];
}

/** One octet for each character, unless a byte order mark says that Windows wrote it as UTF-16. */
function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // The mark of UTF-8 stands before the first line, which it must not hide.
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return latin1(isMarked ? bytes.subarray(3) : bytes);
}
