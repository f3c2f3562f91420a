/** Rows of the address book in NDR: first the fixed part of all values, then what they point to. [MS-OXNSPI] 2.2.2 to 2.2.4 */
import type { ByteReader } from '../../bytes/reader.ts';
import { wordsOfCode } from '../../mapi-codes.ts';
import type { NdrReader, Referent } from '../../ndr/reader.ts';
import { tagName, tagType, typeNameOf, typeWords } from '../property-tags.ts';
import { ABSENT, type PropertyValue } from '../property-value.ts';
import type { PropertyList, TaggedValue } from '../row.ts';

/** PropertyValue_r at its smallest: tag, reserved, discriminant, a number or pointer. */
const LEAST_VALUE = 14;
/** PropertyRow_r: reserved, count, pointer. */
const ROW = 12;

/** A pointer to a PropertyRowSet_r. 2.2.4 */
export function rowsOut(ndr: NdrReader, name: string): readonly PropertyList[] | null {
  return ndr.pointer(name, () => {
    const rows = ndr.construct(() => {
      const most = ndr.u32('maxCount');
      ndr.again('cRows', most);
      return ndr.array('rows', most, ROW, () => readRow(ndr));
    });
    return rows.map((row) => row() ?? []);
  })();
}

/** A pointer to a PropertyRow_r. 2.2.3 */
export function rowOut(ndr: NdrReader, name: string): PropertyList | null {
  return ndr.pointer(name, () => ndr.construct(() => readRow(ndr))() ?? [])();
}

function readRow(ndr: NdrReader): Referent<PropertyList> {
  ndr.u32('reserved');
  const count = ndr.u32('cValues');
  return ndr.pointer('lpProps', () => {
    const values = ndr.construct(() => {
      ndr.again('maxCount', count);
      return ndr.array('values', count, LEAST_VALUE, () => readTagged(ndr));
    });
    return values.map((value) => value());
  });
}

/** What is there once its referents have been read. */
type Later<T> = () => T;

/** PropertyValue_r. 2.2.2.12 */
function readTagged(ndr: NdrReader): Later<TaggedValue> {
  const tag = ndr.u32('ulPropTag', tagName);
  ndr.u32('ulReserved');
  const type = ndr.u32('discriminant', typeWords);
  if (type !== tagType(tag)) throw ndr.fault('discriminant', `not the type of the tag, which is ${tagType(tag)}`);
  const value = readArm(ndr, type);
  return () => ({ tag, value: value() });
}

/** PROP_VAL_UNION. 2.2.2.11 */
function readArm(ndr: NdrReader, type: number): Later<PropertyValue> {
  const name = typeNameOf(type);
  switch (name) {
    case 'int16':
      return now({ type: name, value: ndr.u16('value') });
    case 'int32':
      return now({ type: name, value: ndr.u32('value') });
    case 'boolean':
      // Some servers write one octet, and whatever there is for the second.
      return now({ type: name, value: (ndr.u16('value') & 0xff) !== 0 });
    case 'error':
      return now({ type: name, code: ndr.u32('value', wordsOfCode) });
    case 'time':
      return now({ type: name, value: ndr.fileTime('value') });
    case 'unspecified':
    case 'null':
    case 'object':
      ndr.u32('reserved');
      return now(ABSENT);
    case 'string8':
      return single(name, readText8(ndr));
    case 'string':
      return single(name, readText16(ndr));
    case 'guid':
      return single(name, readFlatUid(ndr));
    case 'binary':
      return orAbsent(readBinary(ndr), (value) => ({ type: name, value }));
    case 'int16s':
      return orAbsent(
        counted(ndr, 2, () => ndr.u16('value')),
        (values) => ({ type: name, values }),
      );
    case 'int32s':
      return orAbsent(
        counted(ndr, 4, () => ndr.u32('value')),
        (values) => ({ type: name, values }),
      );
    case 'times':
      return orAbsent(
        counted(ndr, 8, () => ndr.fileTime('value')),
        (values) => ({ type: name, values }),
      );
    case 'string8s':
      return orAbsent(
        counted(ndr, 4, () => readText8(ndr)),
        (values) => ({ type: name, values: values.map(follow) }),
      );
    case 'strings':
      return orAbsent(
        counted(ndr, 4, () => readText16(ndr)),
        (values) => ({ type: name, values: values.map(follow) }),
      );
    case 'guids':
      return orAbsent(
        counted(ndr, 4, () => readFlatUid(ndr)),
        (values) => ({
          type: name,
          values: values.map(follow).filter((value) => value !== null),
        }),
      );
    case 'binaries':
      return orAbsent(
        counted(ndr, 8, () => readBinary(ndr)),
        (values) => ({ type: name, values: values.map(follow) }),
      );
    case 'float':
    case 'double':
    case 'currency':
    case 'app-time':
    case 'int64':
    case 'floats':
    case 'doubles':
    case 'currencies':
    case 'app-times':
    case 'int64s':
    case null:
      throw ndr.fault('discriminant', 'a type that the address book does not have');
  }
}

const readText8 = (ndr: NdrReader): Referent<string> => ndr.pointer('lpszA', () => ndr.text8('string'));
const readText16 = (ndr: NdrReader): Referent<string> => ndr.pointer('lpszW', () => ndr.text16('string'));
const readFlatUid = (ndr: NdrReader): Referent<string> => ndr.pointer('lpguid', () => ndr.flatUid('ab'));

/** Binary_r: a count, and a pointer to as many octets. 2.2.2.3 */
function readBinary(ndr: NdrReader): Referent<Uint8Array> {
  const count = ndr.u32('cb');
  return ndr.pointer('lpb', () => {
    ndr.again('maxCount', count);
    return ndr.aligned((fields: ByteReader) => fields.bytes('octets', count));
  });
}

/** A count, and a pointer to an array of as many elements. 2.2.2.4 to 2.2.2.10 */
function counted<T>(ndr: NdrReader, least: number, read: () => T): Referent<T[]> {
  const count = ndr.u32('cValues');
  return ndr.pointer('values', () =>
    ndr.construct(() => {
      ndr.again('maxCount', count);
      return ndr.array('values', count, least, read);
    }),
  );
}

const follow = <T>(referent: Referent<T>): T | null => referent();

const now =
  (value: PropertyValue): Later<PropertyValue> =>
  () =>
    value;

const single = (type: 'string8' | 'string' | 'guid', referent: Referent<string>): Later<PropertyValue> =>
  orAbsent(referent, (value) => ({ type, value }));

const orAbsent =
  <T>(referent: Referent<T>, make: (value: T) => PropertyValue): Later<PropertyValue> =>
  () => {
    const value = referent();
    return value === null ? ABSENT : make(value);
  };
