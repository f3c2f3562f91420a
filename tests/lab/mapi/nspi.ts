/** The bodies of the address book endpoint. [MS-OXCMAPIHTTP] 2.2.5 */
import type { Place } from '../place.ts';
import type { Random } from '../random.ts';
import { type AddressBook, SERVER_GUID, type Stat } from '../store/address-book.ts';
import { guid, join, NotReadable, Reader, u32, utf16z } from '../store/bytes.ts';
import { ERRORS_RETURNED, ecNotSupported, SUCCESS, UNBIND_SUCCESS } from '../store/codes.ts';
import { addressBookUrlFor, mailboxUrlFor } from '../store/urls.ts';
import { auxiliary, readAuxiliary } from './emsmdb.ts';
import type { RequestType } from './request.ts';
import {
  absent,
  optional,
  present,
  readNumbers,
  readStat,
  writeNumbers,
  writeProperties,
  writeRows,
  writeStat,
} from './values.ts';

const HARMLESS = [SUCCESS, ERRORS_RETURNED];

export interface BindAnswer {
  readonly status: number;
  readonly body: Buffer;
}

export function bindBody(body: Uint8Array, book: AddressBook, random: Random): BindAnswer {
  const reader = new Reader(body);
  reader.u32();
  const stat = statOf(reader);
  readAuxiliary(reader);
  const status = book.bind(stat);
  const server = status === SUCCESS ? guid(SERVER_GUID) : Buffer.alloc(16);
  return { status, body: join(u32(SUCCESS), u32(status), server, auxiliary([], random)) };
}

/** Its status is 1 where all is well. */
export function unbindBody(body: Uint8Array, random: Random): Buffer {
  const reader = new Reader(body);
  reader.u32();
  readAuxiliary(reader);
  return join(u32(SUCCESS), u32(UNBIND_SUCCESS), auxiliary([], random));
}

/** Everything between the two. */
export function callBody(type: RequestType, body: Uint8Array, book: AddressBook, place: Place, random: Random): Buffer {
  const answer = calls[type];
  const reader = new Reader(body);
  // What nobody asks for who only looks around.
  if (!answer) return join(u32(SUCCESS), u32(ecNotSupported), auxiliary([], random));
  return join(u32(SUCCESS), answer(reader, book, place), auxiliary([], random));
}

type Call = (reader: Reader, book: AddressBook, place: Place) => Buffer;

/** Reads to the end, auxiliary buffer and all, and writes what stands behind StatusCode. */
const calls: Readonly<Partial<Record<RequestType, Call>>> = {
  GetSpecialTable: (reader, book) => {
    reader.u32();
    const stat = statOf(reader);
    optional(reader, () => reader.u32());
    readAuxiliary(reader);
    const { status, version, rows } = book.specialTable();
    const lists = rows.map(writeProperties);
    const table = status === SUCCESS ? present(u32(rows.length), ...lists) : absent;
    return join(u32(status), u32(stat?.codePage ?? 0), present(u32(version)), table);
  },

  ResolveNames: (reader, book) => {
    reader.u32();
    const stat = statOf(reader);
    const tags = optional(reader, () => readNumbers(reader)) ?? [];
    const names = optional(reader, () => reader.times(reader.u32(), () => reader.utf16z())) ?? [];
    readAuxiliary(reader);
    const { status, mids, columns, rows } = book.resolveNames(names, tags);
    const found =
      status === SUCCESS ? [present(writeNumbers(mids)), present(writeRows(columns, rows))] : [absent, absent];
    return join(u32(status), u32(stat?.codePage ?? 0), ...found);
  },

  QueryRows: (reader, book) => {
    reader.u32();
    const stat = statOf(reader) ?? raise('QueryRows needs a STAT.');
    const table = readNumbers(reader);
    const count = reader.u32();
    const tags = optional(reader, () => readNumbers(reader));
    readAuxiliary(reader);
    const asked = table.length > 0 ? table : null;
    const answer = book.queryRows(stat, asked, count, tags);
    const rows = answer.status === SUCCESS ? present(writeRows(answer.columns, answer.rows)) : absent;
    return join(u32(answer.status), present(writeStat(answer.stat)), rows);
  },

  GetProps: (reader, book) => {
    reader.u32();
    const stat = statOf(reader) ?? raise('GetProps needs a STAT.');
    const tags = optional(reader, () => readNumbers(reader));
    readAuxiliary(reader);
    const { status, properties } = book.getProps(stat, tags);
    const values = HARMLESS.includes(status) ? present(writeProperties(properties)) : absent;
    return join(u32(status), u32(stat.codePage), values);
  },

  GetPropList: (reader, book) => {
    reader.u32();
    const mid = reader.u32();
    reader.u32();
    readAuxiliary(reader);
    const { status, tags } = book.getPropList(mid);
    return join(u32(status), status === SUCCESS ? present(writeNumbers(tags)) : absent);
  },

  DNToMId: (reader, book) => {
    reader.u32();
    const names = optional(reader, () => reader.times(reader.u32(), () => reader.asciiz())) ?? [];
    readAuxiliary(reader);
    return join(u32(SUCCESS), present(writeNumbers(book.dnToMid(names))));
  },

  QueryColumns: (reader, book) => {
    reader.take(8);
    readAuxiliary(reader);
    return join(u32(SUCCESS), present(writeNumbers(book.queryColumns())));
  },

  UpdateStat: (reader, book) => {
    reader.u32();
    const stat = statOf(reader) ?? raise('UpdateStat needs a STAT.');
    const wantsDelta = reader.u8() !== 0;
    readAuxiliary(reader);
    const moved = book.updateStat(stat);
    return join(u32(SUCCESS), present(writeStat(moved.stat)), wantsDelta ? present(u32(moved.delta)) : absent);
  },

  GetMailboxUrl: (reader, book, place) => urlAnswer(reader, (dn) => mailboxUrlFor(dn, place, book.urlHost(place))),

  GetAddressBookUrl: (reader, book, place) =>
    urlAnswer(reader, (dn) => addressBookUrlFor(dn, place, book.urlHost(place))),
};

function urlAnswer(reader: Reader, find: (dn: string) => { status: number; url: string }): Buffer {
  reader.u32();
  const dn = reader.utf16z();
  readAuxiliary(reader);
  const { status, url } = find(dn);
  return join(u32(status), utf16z(url));
}

const statOf = (reader: Reader): Stat | null => optional(reader, () => readStat(reader));

function raise(why: string): never {
  throw new NotReadable(why);
}
