/** Distinguished names. RFC 5280 4.1.2.4, 7.1; RFC 4514 */
import { type DerValue, inside, OBJECT_IDENTIFIER, SEQUENCE, SET } from '../der/reader.ts';
import { oidOf, sameOctets, toHex } from '../der/values.ts';
import { attributeKeyword, attributeOids } from './oids.ts';
import { readString, type StringType, UNREADABLE } from './strings.ts';

export type { StringType } from './strings.ts';

export interface Name {
  /** The whole DER value. */
  readonly raw: Uint8Array;
  /** In the order of the document: the country usually first, the common name last. */
  readonly rdns: readonly RelativeName[];
}

/** Usually one attribute; several make a multi-valued RDN. */
export type RelativeName = readonly NameAttribute[];

export interface NameAttribute {
  /** Dotted: `2.5.4.3`. */
  readonly oid: string;
  /** Null for anything that is no string. */
  readonly type: StringType | null;
  /** The text; for what is no string `#` and its DER in hexadecimal digits, as RFC 4514 2.4 writes it. */
  readonly value: string;
  /** Whether the text keeps the alphabet of its type; what breaks it is still in `value`, as well as it could be read. */
  readonly wellFormed: boolean;
  /** DER of the value alone, with its tag. */
  readonly raw: Uint8Array;
}

/** Reads a SEQUENCE of SETs of attributes. */
export function readName(value: DerValue): Name {
  const rdns = Array.from(inside(value, { spec: 'RFC 5280 4.1.2.4' }).rest(SET), readRelativeName);
  return { raw: value.raw, rdns };
}

/** Reads a SET of attributes, or what stands in its place behind an IMPLICIT tag. */
export function readRelativeName(value: DerValue): RelativeName {
  return Array.from(inside(value, { spec: 'RFC 5280 4.1.2.4' }).rest(SEQUENCE), readAttribute);
}

function readAttribute(value: DerValue): NameAttribute {
  const reader = inside(value);
  const oid = oidOf(reader.take('type', OBJECT_IDENTIFIER));
  const content = reader.take('value');
  reader.end();
  const string = readString(content);
  const { type, text, wellFormed } = string ?? { type: null, text: `#${toHex(content.raw)}`, wellFormed: true };
  return { oid, type, value: text, wellFormed, raw: content.raw };
}

/** Whether two names are the same: case and runs of spaces do not count, nor does the type of the string. RFC 5280 7.1 */
export function sameName(one: Name, other: Name): boolean {
  if (sameOctets(one.raw, other.raw)) return true;
  return (
    one.rdns.length === other.rdns.length &&
    one.rdns.every((rdn, index) => sameRelativeName(rdn, other.rdns[index] ?? []))
  );
}

/** Whether the first RDNs of a name are all of those of another: it lies within that subtree. RFC 5280 7.1, 4.2.1.10 */
export function isWithin(name: Name, base: Name): boolean {
  return (
    base.rdns.length <= name.rdns.length &&
    base.rdns.every((rdn, index) => sameRelativeName(rdn, name.rdns[index] ?? []))
  );
}

/** The attributes of an RDN have no order. */
function sameRelativeName(one: RelativeName, other: RelativeName): boolean {
  if (one.length !== other.length) return false;
  const others = preparedAttributes(other);
  return preparedAttributes(one).every((attribute, index) => attribute === others[index]);
}

/** A hostile certificate has one name compared with thousands: each is prepared once. */
const known = new WeakMap<RelativeName, readonly string[]>();

function preparedAttributes(rdn: RelativeName): readonly string[] {
  const attributes = known.get(rdn) ?? rdn.map(prepared).sort();
  known.set(rdn, attributes);
  return attributes;
}

/** Normalizing may cost more than the length of a text, and no honest value is as long as this. RFC 5280 A.1: most end at 64. */
const MAX_NORMALIZED = 1024;

/**
 * An attribute for comparison. RFC 4518 2, in its order; what is no text, or one that could not be read to the end, is compared as it is.
 * A sign that its type does not have, such as "_" in a PrintableString, is no reason: it can be read, and is everywhere.
 */
function prepared({ oid, type, value, raw }: NameAttribute): string {
  if (type === null || value.includes(UNREADABLE)) return `${oid}#${toHex(raw)}`;
  const mapped = value.replaceAll(SPACES, ' ').replaceAll(NOTHING, '');
  // Twice, as some characters have capitals in their other form.
  const folded = normalized(normalized(mapped).toLowerCase().replaceAll('ς', 'σ').replaceAll('ß', 'ss'));
  return `${oid}=${folded.split(' ').filter(Boolean).join(' ')}`;
}

const normalized = (text: string): string => (text.length > MAX_NORMALIZED ? text : text.normalize('NFKC'));

/** RFC 4518 2.2, spaces first. One class each, and no repetition: the cost is that of the text. */
const SPACES = /[\t\n\v\f\r\u0085\p{Z}]/gu;
/** All format characters, as Unicode has got some since. */
const NOTHING = /\u034f|[\p{Cc}\p{Cf}\p{Variation_Selector}\ufffc]/gu;

/** The name as text, most specific part first, a very long value cut: `CN=mail.example.com,O=Example,C=DE`. RFC 4514 2 */
export function nameToText(name: Name): string {
  return name.rdns.map(relativeNameToText).reverse().join(',');
}

function relativeNameToText(rdn: RelativeName): string {
  return rdn.map(attributeToText).join('+');
}

/** More of a value nobody reads, and escaping a million octets takes a while. RFC 5280 A.1: most end at 64. */
const MOST_SHOWN = 4_096;

/** RFC 4514 2.3, 2.4: what has no keyword is written as DER, so that it can be read back. */
function attributeToText({ oid, type, value, raw }: NameAttribute): string {
  const keyword = attributeKeyword(oid);
  return keyword === null || type === null
    ? `${keyword ?? oid}=#${toHex(raw.subarray(0, MOST_SHOWN))}`
    : `${keyword}=${escaped(value.slice(0, MOST_SHOWN).toWellFormed())}`;
}

/** Characters that would change what people see of the others. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** RFC 4514 2.4; control and format characters as octets, too. */
function escaped(text: string): string {
  const inside = text.replaceAll(/["+,;<>\\]/g, '\\$&').replaceAll(UNSEEN, asOctets);
  const end = inside.endsWith(' ') && inside.length > 1 ? `${inside.slice(0, -1)}\\ ` : inside;
  return /^[ #]/.test(end) ? `\\${end}` : end;
}

const asOctets = (character: string): string =>
  Array.from(new TextEncoder().encode(character), (octet) => `\\${octet.toString(16).padStart(2, '0')}`).join('');

/** What to call it in a sentence: the common name, else the organization, else all of it. Never longer than 200 characters. */
export function shortName(name: Name): string {
  const [best] = [attributeOids.commonName, attributeOids.organization].flatMap((oid) => valuesOf(name, oid).slice(-1));
  const text = best?.slice(0, MOST + 1).replaceAll(UNSEEN, asOctets) ?? nameToText(name);
  return text.length > MOST ? `${text.slice(0, MOST - 1).toWellFormed()}…` : text;
}

const MOST = 200;

/** The values of all attributes of this type, such as `2.5.4.3` for the common name, in the order of the document. */
export function valuesOf(name: Name, oid: string): string[] {
  return name.rdns.flat().flatMap((attribute) => (attribute.oid === oid ? attribute.value : []));
}
