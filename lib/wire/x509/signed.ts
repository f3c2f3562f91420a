/** What an authority signs, certificates and lists alike: the signed part, an algorithm, a signature. RFC 5280 4.1, 5.1 */
import { BIT_STRING, type DerReader, inside, SEQUENCE, wholeValue } from '../der/reader.ts';
import { type BitString, bitsOf } from '../der/values.ts';
import { type AlgorithmIdentifier, readAlgorithm } from './algorithm.ts';

/** The fields around the signed part. */
export interface Signed {
  /** The whole DER value. */
  readonly raw: Uint8Array;
  /** DER of what the signature covers. */
  readonly tbsRaw: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: BitString;
}

/**
 * Reads one signed document and nothing behind it.
 * @param path of the document; it is that of the fields in its signed part as well
 * @param field name of the signed part in the specification
 * @returns the outer fields, and a reader for the signed part
 * @throws WireError
 */
export function readSigned(der: Uint8Array, path: string, spec: string, field: string): Signed & { tbs: DerReader } {
  const whole = wholeValue(der, { path, spec }, SEQUENCE);
  const reader = inside(whole);
  const tbs = reader.take(field, SEQUENCE);
  const signatureAlgorithm = readAlgorithm(reader.take('signatureAlgorithm', SEQUENCE));
  const signature = bitsOf(reader.take('signatureValue', BIT_STRING));
  reader.end();
  return { raw: whole.raw, tbsRaw: tbs.raw, signatureAlgorithm, signature, tbs: inside(tbs, { path }) };
}
