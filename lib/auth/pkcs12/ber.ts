/**
 * The ASN.1 of a PKCS #12 file. It may be BER with lengths left open and strings in pieces, as Java and older Windows write it
 * (RFC 7292 4), which the strict readers of certificates refuse; so this is the one place where forge reads it.
 */
import forge from 'node-forge';

/** Why a file cannot be opened, whatever the pass phrase. Its message is shown to people and says nothing of the content. */
export class Unreadable extends Error {}

export type Value = forge.asn1.Asn1;

/**
 * Reads one value and nothing behind it.
 * @throws Unreadable
 */
export function readBer(bytes: Uint8Array): Value {
  try {
    return forge.asn1.fromDer(binary(bytes), true);
  } catch {
    throw new Unreadable('it is not a PKCS #12 file, or is damaged');
  }
}

/** The values inside a SEQUENCE, SET or explicit tag. */
export function parts(value: Value | undefined): Value[] {
  if (value === undefined || !Array.isArray(value.value)) throw new Unreadable('a part of it is missing');
  return value.value;
}

/** The octets of a string, put together where it comes in pieces. */
export function octets(value: Value | undefined): Uint8Array {
  return Buffer.concat(pieces(value));
}

function pieces(value: Value | undefined): Buffer[] {
  if (value === undefined) throw new Unreadable('a part of it is missing');
  return Array.isArray(value.value) ? value.value.flatMap(pieces) : [Buffer.from(value.value, 'latin1')];
}

/** An OBJECT IDENTIFIER in dotted form. */
export function identifier(value: Value | undefined): string {
  const bytes = octets(value);
  if (bytes.length === 0 || bytes.length > 32) throw new Unreadable('a part of it has no known kind');
  return forge.asn1.derToOid(binary(bytes));
}

/** A count; one that fits no number here is larger than any limit. */
export function count(value: Value | undefined): number {
  const hex = Buffer.from(octets(value)).toString('hex');
  return hex === '' ? 0 : Number.parseInt(hex, 16);
}

/** Whether a value is of this universal type. */
export function isUniversal(value: Value | undefined, type: forge.asn1.Type): value is Value {
  return value !== undefined && value.tagClass === forge.asn1.Class.UNIVERSAL && value.type === type;
}

/** The value written anew in DER. */
export function toDer(value: Value): Uint8Array {
  return Buffer.from(forge.asn1.toDer(value).getBytes(), 'latin1');
}

/** Bytes as forge wants them: one character each. */
export function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
