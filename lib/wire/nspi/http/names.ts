/** From names and DNs to minimal entry ids: what "Check Names" does. */
import type { ByteReader } from '../../bytes/reader.ts';
import type { Trace } from '../../bytes/trace.ts';
import { type ByteWriter, fitsAsciiz } from '../../bytes/writer.ts';
import {
  type Auxiliary,
  decodeRequestBody,
  decodeResponseBody,
  encodeRequestBody,
  type ResponseBody,
} from '../../mapi-http/body.ts';
import type { PropertyTable } from '../row.ts';
import { codePageWords, nameResultWords, type Stat } from '../stat.ts';
import { readOptional, readState, writeOptional, writeState } from './optional.ts';
import { MOST_VALUES, readMids, readTable, readTags, writeTags } from './rows.ts';

const RESOLVE_NAMES = '[MS-OXCMAPIHTTP] 2.2.5.14';
const DN_TO_MID = '[MS-OXCMAPIHTTP] 2.2.5.4';

/** 2.2.5.14.1 */
export interface ResolveNamesRequest {
  readonly state: Stat | null;
  /** Columns of the rows; without them, some servers answer with rows of nothing. */
  readonly tags: readonly number[] | null;
  /** `=SMTP:alice@contoso.example` is looked up as an address and nothing else. */
  readonly names: readonly string[] | null;
}

export function encodeResolveNamesRequest({ state, tags, names }: ResolveNamesRequest, trace?: Trace): Uint8Array {
  return encodeRequestBody(trace, (writer) => {
    writeState(writer.u32('reserved', 0), state);
    writeOptional(writer, 'hasPropertyTags', tags, (some) => writeTags(writer, 'propertyTags', some));
    const one = (name: string, text: string): ByteWriter => writer.utf16z(name, text);
    writeOptional(writer, 'hasNames', names, (some) => writeTexts(writer, 'names', some, one));
  });
}

export function decodeResolveNamesRequest(bytes: Uint8Array, trace?: Trace): ResolveNamesRequest & Auxiliary {
  return decodeRequestBody(bytes, { path: 'resolveNames.request', spec: RESOLVE_NAMES, trace }, (reader) => {
    reader.u32('reserved');
    return {
      state: readState(reader),
      tags: readOptional(reader, 'hasPropertyTags', () => readTags(reader, 'propertyTags')),
      names: readOptional(reader, 'hasNames', () => readTexts(reader, 'names', 2, (name) => reader.utf16z(name))),
    };
  });
}

/** 2.2.5.14.2 */
export interface ResolveNamesResponse {
  readonly codePage: number;
  /** One for each name: `NAME_RESULT.resolved`; whatever else it says, the name was not found, or more than once. */
  readonly results: readonly number[] | null;
  /** A row for each name that was resolved, in their order. */
  readonly table: PropertyTable | null;
}

export function decodeResolveNamesResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<ResolveNamesResponse> {
  return decodeResponseBody(bytes, { path: 'resolveNames.response', spec: RESOLVE_NAMES, trace }, (reader) => ({
    codePage: reader.u32('codePage', codePageWords),
    results: readOptional(reader, 'hasMinimalIds', () => readMids(reader, 'minimalIds', nameResultWords)),
    table: readOptional(reader, 'hasRowsAndColumns', () => readTable(reader)),
  }));
}

/** 2.2.5.4.1 */
export interface DnToMidRequest {
  readonly dns: readonly string[] | null;
}

/** Null where a DN cannot be said in 8 bits: no server has such a DN. */
export function encodeDnToMidRequest({ dns }: DnToMidRequest, trace?: Trace): Uint8Array | null {
  if (dns?.every(fitsAsciiz) === false) return null;
  return encodeRequestBody(trace, (writer) => {
    writer.u32('reserved', 0);
    const one = (name: string, text: string): ByteWriter => writer.asciiz(name, text);
    writeOptional(writer, 'hasNames', dns, (some) => writeTexts(writer, 'names', some, one));
  });
}

export function decodeDnToMidRequest(bytes: Uint8Array, trace?: Trace): DnToMidRequest & Auxiliary {
  return decodeRequestBody(bytes, { path: 'dnToMId.request', spec: DN_TO_MID, trace }, (reader) => {
    reader.u32('reserved');
    return {
      dns: readOptional(reader, 'hasNames', () => readTexts(reader, 'names', 1, (name) => reader.asciiz(name))),
    };
  });
}

/** 2.2.5.4.2 */
export interface DnToMidResponse {
  /** One for each DN; 0 where there is no such object. */
  readonly mids: readonly number[] | null;
}

export function decodeDnToMidResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<DnToMidResponse> {
  return decodeResponseBody(bytes, { path: 'dnToMId.response', spec: DN_TO_MID, trace }, (reader) => ({
    mids: readOptional(reader, 'hasMinimalIds', () => readMids(reader, 'minimalIds')),
  }));
}

function writeTexts(
  writer: ByteWriter,
  name: string,
  texts: readonly string[],
  write: (name: string, text: string) => ByteWriter,
): void {
  writer.group(name, () => {
    writer.u32('nameCount', texts.length);
    for (const [index, text] of texts.entries()) write(`[${index}]`, text);
  });
}

/** @param each octets that one takes at least */
function readTexts(reader: ByteReader, name: string, each: number, read: (name: string) => string): string[] {
  return reader.group(name, () => {
    const count = reader.count('nameCount', 4, each, MOST_VALUES);
    return Array.from({ length: count }, (_, index) => read(`[${index}]`));
  });
}
