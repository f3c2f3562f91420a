/** Writes DER by hand, right or wrong: apart from the writer under test, so that the two cannot be wrong in the same way. */

export type Bytes = Uint8Array;

/** One value with this first octet. Lengths are as short as they can be. */
export const tlv = (tag: number, ...contents: readonly (Bytes | readonly number[])[]): Bytes => tlvOf(tag, contents);

/** The same with more parts than a call can have. */
export function tlvOf(tag: number, contents: readonly (Bytes | readonly number[])[]): Bytes {
  const content = Buffer.concat(contents.map((part) => Uint8Array.from(part)));
  const { length } = content;
  const hex = length.toString(16);
  const octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 | octets.length, ...octets];
  return new Uint8Array(Buffer.concat([Uint8Array.from(header), content]));
}

/** A constructed value with an indefinite length, as BER allows it. */
export const indefinite = (tag: number, ...contents: readonly Bytes[]): Bytes =>
  new Uint8Array(Buffer.concat([Uint8Array.from([tag, 0x80]), ...contents, Uint8Array.from([0, 0])]));

export const hex = (text: string): Bytes => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
export const ascii = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'latin1'));

export const seq = (...parts: readonly Bytes[]): Bytes => tlv(0x30, ...parts);
export const seqOf = (parts: readonly Bytes[]): Bytes => tlvOf(0x30, parts);
export const set = (...parts: readonly Bytes[]): Bytes => tlv(0x31, ...parts);
export const int = (...octets: readonly number[]): Bytes => tlv(0x02, octets);
export const bool = (octet: number): Bytes => tlv(0x01, [octet]);
export const bits = (unused: number, ...octets: readonly number[]): Bytes => tlv(0x03, [unused, ...octets]);
export const octets = (...parts: readonly Bytes[]): Bytes => tlv(0x04, ...parts);
export const nul = (): Bytes => tlv(0x05);
export const utf8 = (text: string): Bytes => tlv(0x0c, Buffer.from(text));
export const printable = (text: string): Bytes => tlv(0x13, ascii(text));
export const ia5 = (text: string): Bytes => tlv(0x16, ascii(text));
export const utcTime = (text: string): Bytes => tlv(0x17, ascii(text));
export const generalizedTime = (text: string): Bytes => tlv(0x18, ascii(text));
/** `[n]` around other values. */
export const around = (number: number, ...parts: readonly Bytes[]): Bytes => tlv(0xa0 | number, ...parts);
/** `[n]` in place of the tag of a primitive value. */
export const instead = (number: number, content: Bytes | readonly number[]): Bytes => tlv(0x80 | number, content);

export function oid(dotted: string): Bytes {
  const [top = 0, second = 0, ...others] = dotted.split('.').map(Number);
  const arc = (number: number): number[] =>
    number < 128 ? [number] : [...arc(Math.floor(number / 128)).map((octet) => octet | 128), number % 128];
  return tlv(0x06, [...arc(top * 40 + second), ...others.flatMap(arc)]);
}

export const ECDSA = seq(oid('1.2.840.10045.4.3.2'));
export const P256 = seq(seq(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bits(0, 4, ...Array(64).fill(7)));

/** A name of attributes, each in an RDN of its own. */
export const name = (...attributes: readonly (readonly [type: string, value: Bytes])[]): Bytes =>
  seq(...attributes.map(([type, value]) => set(seq(oid(type), value))));

export const extension = (type: string, value: Bytes, critical?: number): Bytes =>
  seq(oid(type), ...(critical === undefined ? [] : [bool(critical)]), octets(value));

/** Fields of a certificate that differ from an ordinary one. */
export interface CertificateParts {
  readonly version?: Bytes | null;
  readonly serialNumber?: Bytes;
  readonly tbsSignature?: Bytes;
  readonly issuer?: Bytes;
  readonly validity?: Bytes;
  readonly subject?: Bytes;
  readonly key?: Bytes;
  /** What follows the key. */
  readonly rest?: readonly Bytes[];
  readonly extensions?: readonly Bytes[];
  readonly signatureAlgorithm?: Bytes;
  readonly signature?: Bytes;
}

/** A certificate that nobody has signed. */
export function certificate(parts: CertificateParts = {}): Bytes {
  const version = parts.version === undefined ? around(0, int(2)) : parts.version;
  const list = parts.extensions === undefined ? [] : [around(3, seqOf(parts.extensions))];
  const tbs = seq(
    ...(version === null ? [] : [version]),
    parts.serialNumber ?? int(5),
    parts.tbsSignature ?? ECDSA,
    parts.issuer ?? name(['2.5.4.3', utf8('Issuer')]),
    parts.validity ?? seq(utcTime('260101000000Z'), utcTime('270101000000Z')),
    parts.subject ?? name(['2.5.4.3', utf8('Subject')]),
    parts.key ?? P256,
    ...(parts.rest ?? list),
  );
  return seq(tbs, parts.signatureAlgorithm ?? ECDSA, parts.signature ?? bits(0, 1, 2, 3));
}

/** Fields of a CRL that differ from an ordinary one. */
export interface CrlParts {
  readonly version?: Bytes | null;
  readonly times?: readonly Bytes[];
  /** Null: no list at all. */
  readonly entries?: readonly Bytes[] | null;
  readonly extensions?: readonly Bytes[];
}

export function crl({ version = int(1), times, entries = [], extensions }: CrlParts = {}): Bytes {
  const tbs = seq(
    ...(version === null ? [] : [version]),
    ECDSA,
    name(['2.5.4.3', utf8('Issuer')]),
    ...(times ?? [utcTime('260101000000Z'), utcTime('270101000000Z')]),
    ...(entries === null ? [] : [seqOf(entries)]),
    ...(extensions === undefined ? [] : [around(0, seqOf(extensions))]),
  );
  return seq(tbs, ECDSA, bits(0, 1, 2, 3));
}

export const crlEntry = (serialNumber: Bytes, ...extensions: readonly Bytes[]): Bytes =>
  seq(serialNumber, utcTime('260601000000Z'), ...(extensions.length === 0 ? [] : [seqOf(extensions)]));
