import { isIP } from 'node:net';
import { element, explicit, ia5String, oid, printableString, sequence, setOf, utf8String } from './der.ts';

/** RFC 4519 2, RFC 2985 5.2.1 */
const attributeTypes = {
  CN: '2.5.4.3',
  serialNumber: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  DC: '0.9.2342.19200300.100.1.25',
  emailAddress: '1.2.840.113549.1.9.1',
} as const;

type Attribute = keyof typeof attributeTypes;

/** What an attribute says: text in the usual string type, or a whole element as it is to be. */
type Value = string | Uint8Array;

/** A distinguished name, in the order in which the attributes are written. RFC 5280 4.1.2.4 */
export type Name = Readonly<Partial<Record<Attribute, Value | readonly Value[]>>>;

/** The name as bytes. An empty one is written as an empty sequence. */
export function encodeName(name: Name): Uint8Array {
  const attributes = Object.entries(name) as [Attribute, Value | readonly Value[]][];
  return sequence(
    ...attributes.flatMap(([type, values]) => asList(values).map((value) => setOf(encodeAttribute(type, value)))),
  );
}

const asList = (values: Value | readonly Value[]): readonly Value[] =>
  typeof values === 'string' || values instanceof Uint8Array ? [values] : values;

function encodeAttribute(type: Attribute, value: Value): Uint8Array {
  return sequence(oid(attributeTypes[type]), typeof value === 'string' ? writerOf(type)(value) : value);
}

// RFC 5280 4.1.2.4 and appendix A.1 say which string type belongs to which attribute.
function writerOf(type: Attribute): (text: string) => Uint8Array {
  if (type === 'C' || type === 'serialNumber') return printableString;
  return type === 'DC' || type === 'emailAddress' ? ia5String : utf8String;
}

/** A name outside the hierarchy of distinguished names. RFC 5280 4.2.1.6 */
export type GeneralName =
  | { readonly dns: string }
  | { readonly mail: string }
  | { readonly uri: string }
  /** With a mask behind a slash in name constraints. */
  | { readonly ip: string }
  | { readonly directory: Name }
  | { readonly other: { readonly type: string; readonly value: Uint8Array } }
  | { readonly raw: Uint8Array };

/** The name with the context tag that says what it is. */
export function encodeGeneralName(name: GeneralName): Uint8Array {
  if ('mail' in name) return element(0x81, Buffer.from(name.mail));
  if ('dns' in name) return element(0x82, Buffer.from(name.dns));
  if ('directory' in name) return explicit(4, encodeName(name.directory));
  if ('uri' in name) return element(0x86, Buffer.from(name.uri));
  if ('ip' in name) return element(0x87, addressBytes(name.ip));
  if ('other' in name) return element(0xa0, oid(name.other.type), explicit(0, name.other.value));
  return name.raw;
}

function addressBytes(text: string): Uint8Array {
  const [address = '', bits] = text.split('/');
  const bytes = isIP(address) === 6 ? ipv6Bytes(address) : address.split('.').map(Number);
  return Uint8Array.from([...bytes, ...(bits === undefined ? [] : maskBytes(Number(bits), bytes.length))]);
}

function ipv6Bytes(address: string): number[] {
  const groups = (part = ''): number[] => (part === '' ? [] : part.split(':').map((each) => Number.parseInt(each, 16)));
  const [before, after] = address.split('::').map(groups);
  const head = before ?? [];
  const tail = after ?? [];
  const zeros = new Array<number>(8 - head.length - tail.length).fill(0);
  return [...head, ...zeros, ...tail].flatMap((group) => [group >> 8, group & 0xff]);
}

function maskBytes(bits: number, length: number): number[] {
  return Array.from({ length }, (_, index) => {
    const left = Math.min(8, Math.max(0, bits - 8 * index));
    return (0xff00 >> left) & 0xff;
  });
}
