/** Reads values of properties as they stand in the bodies of MAPI/HTTP and in ROP buffers. [MS-OXCDATA] 2.11, [MS-OXCMAPIHTTP] 2.2.1.1 */
import type { ByteReader } from '../bytes/reader.ts';
import { shown } from '../bytes/trace.ts';
import { wordsOfCode } from '../mapi-codes.ts';
import { fromFileTime } from '../ntlm/file-time.ts';
import { folderIdWords } from '../rop/folder-id.ts';
import { displayTypeWords } from './entry-id.ts';
import {
  PROPERTY_TAG,
  PROPERTY_TYPE,
  type PropertyTypeName,
  tagType,
  typeNameOf,
  typeWords,
  withType,
} from './property-tags.ts';
import { ABSENT, type PropertyValue } from './property-value.ts';

/** What differs between the two. */
export interface ValueForm {
  /** Whether an octet before strings, binaries and multiple values says that there is one. */
  readonly hasPresence: boolean;
  /** Octets of the number that says how long a binary is. */
  readonly binaryCount: 2 | 4;
}

/** [MS-OXCMAPIHTTP] 2.2.1.1 */
export const ADDRESS_BOOK_FORM: ValueForm = { hasPresence: true, binaryCount: 4 };
/** [MS-OXCDATA] 2.11.1.1 */
export const ROP_FORM: ValueForm = { hasPresence: false, binaryCount: 2 };

/** Values of one property. Mailboxes with thousands of proxy addresses have been seen, with more never. */
export const MOST_ELEMENTS = 100_000;

const SPEC = '[MS-OXCDATA] 2.11.1';

/** Reads a value of the type that its tag says. */
export function readValue(reader: ByteReader, name: string, tag: number, form: ValueForm): PropertyValue {
  const type = typeNameOf(tagType(tag));
  if (type === null || type === 'unspecified')
    throw reader.fault('bad-value', name, `no value can be read of type 0x${tagType(tag).toString(16)}`);
  if (!form.hasPresence || !saysWhetherPresent(type)) return readPresent(reader, name, tag, type, form);
  return reader.group(name, () =>
    reader.u8('hasValue') === 0 ? ABSENT : readPresent(reader, 'value', tag, type, form),
  );
}

/** The same; where the tag leaves the type open, the value says it first. [MS-OXCMAPIHTTP] 2.2.1.4, [MS-OXCDATA] 2.11.3 */
export function readOpenValue(reader: ByteReader, name: string, tag: number, form: ValueForm): PropertyValue {
  if (tagType(tag) !== PROPERTY_TYPE.unspecified) return readValue(reader, name, tag, form);
  return reader.group(name, () => {
    const type = reader.u16('propertyType', typeWords);
    return readValue(reader, 'propertyValue', withType(tag, type), form);
  });
}

/**
 * Reads a value with a flag that says whether it is there, or why not. [MS-OXCMAPIHTTP] 2.2.1.5, 2.2.1.6, [MS-OXCDATA] 2.11.5, 2.11.6
 */
export function readFlaggedValue(reader: ByteReader, name: string, tag: number, form: ValueForm): PropertyValue {
  return reader.group(name, () => {
    const isOpen = tagType(tag) === PROPERTY_TYPE.unspecified;
    const type = isOpen ? reader.u16('propertyType', typeWords) : tagType(tag);
    const at = reader.offset;
    const flag = reader.u8('flag', flagWords);
    if (flag === 0) return readValue(reader, 'propertyValue', withType(tag, type), form);
    if (flag === 1) return ABSENT;
    if (flag === PROPERTY_TYPE.error)
      return readValue(reader, 'propertyValue', withType(tag, PROPERTY_TYPE.error), form);
    throw reader.fault('bad-value', 'flag', 'neither a value, nor none, nor an error', at);
  });
}

const flagWords = (flag: number): string =>
  ({ 0: 'value follows', 1: 'no value', [PROPERTY_TYPE.error]: 'error code follows' })[flag] ?? '';

/** [MS-OXCMAPIHTTP] 2.2.1.1 */
const saysWhetherPresent = (type: PropertyTypeName): boolean =>
  type === 'string' || type === 'string8' || type === 'binary' || PROPERTY_TYPE[type] >= PROPERTY_TYPE.int16s;

type ReadableType = Exclude<PropertyTypeName, 'unspecified'>;

function readPresent(
  reader: ByteReader,
  name: string,
  tag: number,
  type: ReadableType,
  form: ValueForm,
): PropertyValue {
  switch (type) {
    case 'null':
    case 'object':
      return ABSENT;
    case 'int16':
      return { type, value: reader.u16(name) };
    case 'int32':
      return { type, value: reader.u32(name, INT32_WORDS.get(tag)) };
    case 'float':
      return { type, value: float(reader, name, 4) };
    case 'double':
    case 'app-time':
      return { type, value: float(reader, name, 8) };
    case 'currency':
      return { type, value: reader.u64(name) };
    case 'int64':
      return { type, value: reader.u64(name, INT64_WORDS.get(tag)) };
    case 'time':
      return { type, value: reader.u64(name, timeWords) };
    case 'error':
      return { type, code: reader.u32(name, wordsOfCode) };
    case 'boolean':
      return { type, value: reader.u8(name) !== 0 };
    case 'string8':
      return { type, value: reader.asciiz(name) };
    case 'string':
      return { type, value: reader.utf16z(name) };
    case 'guid':
      return { type, value: reader.guid(name) };
    case 'binary':
      return { type, value: binary(reader, name, form) };
    default:
      return reader.group(name, () => readMultiple(reader, type, form), SPEC);
  }
}

type MultipleType = Extract<PropertyValue, { readonly values: unknown }>['type'];

function readMultiple(reader: ByteReader, type: MultipleType, form: ValueForm): PropertyValue {
  switch (type) {
    case 'int16s':
      return { type, values: elements(reader, 2, (name) => reader.u16(name)) };
    case 'int32s':
      return { type, values: elements(reader, 4, (name) => reader.u32(name)) };
    case 'floats':
      return { type, values: elements(reader, 4, (name) => float(reader, name, 4)) };
    case 'doubles':
    case 'app-times':
      return { type, values: elements(reader, 8, (name) => float(reader, name, 8)) };
    case 'currencies':
    case 'int64s':
      return { type, values: elements(reader, 8, (name) => reader.u64(name)) };
    case 'times':
      return { type, values: elements(reader, 8, (name) => reader.u64(name, timeWords)) };
    case 'guids':
      return { type, values: elements(reader, 16, (name) => reader.guid(name)) };
    case 'string8s':
      return { type, values: elements(reader, 1, (name) => maybe(reader, name, form, (it) => reader.asciiz(it))) };
    case 'strings':
      return { type, values: elements(reader, 1, (name) => maybe(reader, name, form, (it) => reader.utf16z(it))) };
    case 'binaries':
      return {
        type,
        values: elements(reader, 1, (name) => maybe(reader, name, form, (it) => binary(reader, it, form))),
      };
  }
}

/** @param each octets that one takes at least */
function elements<T>(reader: ByteReader, each: number, read: (name: string) => T): T[] {
  const count = reader.count('count', 4, each, MOST_ELEMENTS);
  return Array.from({ length: count }, (_, index) => read(`[${index}]`));
}

/** Each element of a multi-valued string or binary says again whether it is there. */
function maybe<T>(reader: ByteReader, name: string, form: ValueForm, read: (name: string) => T): T | null {
  if (!form.hasPresence) return read(name);
  return reader.group(name, () => (reader.u8('hasValue') === 0 ? null : read('value')));
}

function binary(reader: ByteReader, name: string, { binaryCount }: ValueForm): Uint8Array {
  return reader.group(name, () => reader.bytes('octets', reader.count('count', binaryCount, 1)));
}

function float(reader: ByteReader, name: string, size: 4 | 8): number {
  const number = (octets: Uint8Array): number => {
    const view = new DataView(octets.buffer, octets.byteOffset, size);
    return size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
  };
  return number(reader.bytes(name, size, (octets) => String(number(octets))));
}

const timeWords = (ticks: bigint): string => `${shown.number(ticks, 8)} ${new Date(fromFileTime(ticks)).toISOString()}`;

const INT32_WORDS = new Map<number, (value: number) => string>([[PROPERTY_TAG.displayType, displayTypeWords]]);
const INT64_WORDS = new Map<number, (value: bigint) => string>([[PROPERTY_TAG.folderId, folderIdWords]]);
