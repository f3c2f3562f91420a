/** Properties as the address book endpoint has them. [MS-OXCDATA] 2.8.1, 2.11.2; [MS-OXCMAPIHTTP] 2.2.1 */

import type { Property, Row, Stat } from '../store/address-book.ts';
import { asciiz, join, NotReadable, type Reader, u8, u16, u32, utf16z } from '../store/bytes.ts';
import { ecNotFound } from '../store/codes.ts';
import { typeOf, type Value } from '../store/tags.ts';

const PRESENT = 0xff;

/** 36 bytes. [MS-OXNSPI] 2.3.7 */
export function readStat(reader: Reader): Stat {
  const [sortType, containerId, currentRec, delta] = [reader.u32(), reader.u32(), reader.u32(), reader.i32()];
  const [numPos, totalRecs, codePage] = [reader.u32(), reader.u32(), reader.u32()];
  const locales = { templateLocale: reader.u32(), sortLocale: reader.u32() };
  return { sortType, containerId, currentRec, delta, numPos, totalRecs, codePage, ...locales };
}

export function writeStat(stat: Stat): Buffer {
  const { sortType, containerId, currentRec, delta, numPos, totalRecs, codePage, templateLocale, sortLocale } = stat;
  return join(
    ...[sortType, containerId, currentRec, delta, numPos, totalRecs, codePage, templateLocale, sortLocale].map(u32),
  );
}

/** Something that may be there, behind a byte that says so. */
export function optional<T>(reader: Reader, read: () => T): T | null {
  return reader.u8() === 0 ? null : read();
}

export const present = (...parts: readonly Uint8Array[]): Buffer => join(u8(PRESENT), ...parts);
export const absent: Buffer = u8(0);

/** LargePropertyTagArray, and arrays of ids. */
export function readNumbers(reader: Reader): number[] {
  return reader.times(reader.u32(), () => reader.u32());
}

export const writeNumbers = (numbers: readonly number[]): Buffer => join(u32(numbers.length), ...numbers.map(u32));

/** Columns, number of rows, rows. */
export function writeRows(columns: readonly number[], rows: readonly Row[]): Buffer {
  return join(writeNumbers(columns), u32(rows.length), ...rows.map(writeRow));
}

/** If a value is missing, each one stands behind a flag. */
function writeRow(row: Row): Buffer {
  const isWhole = row.every(({ value }) => value !== null);
  if (isWhole) return join(u8(0), ...row.map(({ tag, value }) => writeValue(tag, value)));
  const flagged = row.map(({ tag, value }) =>
    value === null ? join(u8(0x0a), u32(ecNotFound)) : join(u8(0), writeValue(tag, value)),
  );
  return join(u8(1), ...flagged);
}

/** Each value behind its own tag. */
export function writeProperties(row: Row): Buffer {
  const written = row.map(({ tag, value }: Property) =>
    join(u16(typeOf(tag)), u16(tag >>> 16), writeValue(tag, value)),
  );
  return join(u32(row.length), ...written);
}

/** What has no size of its own stands behind a byte that says whether it is there. */
function writeValue(tag: number, value: Value | null): Buffer {
  const type = typeOf(tag);
  switch (type) {
    case 0x03:
    case 0x0a:
      return u32(Number(value));
    case 0x0b:
      return u8(value ? 1 : 0);
    case 0x1e:
      return value === null ? absent : present(asciiz(String(value)));
    case 0x1f:
      return value === null ? absent : present(utf16z(String(value)));
    case 0x102:
      return value instanceof Uint8Array ? present(u32(value.length), value) : absent;
    case 0x101f:
      return Array.isArray(value)
        ? present(u32(value.length), ...value.map((each) => present(utf16z(String(each)))))
        : absent;
    default:
      throw new NotReadable(`The lab has no values of type ${type}.`);
  }
}
