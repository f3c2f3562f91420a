/** What all bodies of requests and responses have in common. [MS-OXCMAPIHTTP] 2.2.4, 2.2.5 */
import { ByteReader } from '../bytes/reader.ts';
import type { Trace } from '../bytes/trace.ts';
import { ByteWriter } from '../bytes/writer.ts';
import { type AuxiliaryBlock, readAuxiliaryBuffer } from '../extended-buffer/auxiliary.ts';
import { wordsOfCode } from '../mapi-codes.ts';

export interface Auxiliary {
  readonly auxiliary: readonly AuxiliaryBlock[];
}

/**
 * The two bodies that a request can get:
 * - `failed`: the server could not even begin. Nothing else is in there.
 * - `answered`: it did, and all fields are there. Whether it did what was asked is told by the code: then the others are zero or empty.
 */
export type ResponseBody<T> =
  | ({ readonly kind: 'failed'; readonly statusCode: number } & Auxiliary)
  | ({ readonly kind: 'answered'; readonly errorCode: number } & T & Auxiliary);

/** Reads a whole body of a request: its own fields, then the auxiliary buffer. @throws WireError */
export function decodeRequestBody<T extends object>(
  bytes: Uint8Array,
  { path, spec, trace }: { path: string; spec: string; trace: Trace | undefined },
  read: (reader: ByteReader) => T,
): T & Auxiliary {
  const reader = new ByteReader(bytes, { path, spec, trace });
  const fields = read(reader);
  const auxiliary = readAuxiliary(reader);
  reader.end();
  return { ...fields, auxiliary };
}

/** Writes a body of a request. An auxiliary buffer is not needed by anybody, and stays empty. */
export function encodeRequestBody(trace: Trace | undefined, write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter(trace);
  write(writer);
  return writer.u32('auxiliaryBufferSize', 0).done();
}

/**
 * Reads a whole body of a response.
 * @param read reads what stands between ErrorCode and the auxiliary buffer
 * @throws WireError
 */
export function decodeResponseBody<T extends object>(
  bytes: Uint8Array,
  { path, spec, trace }: { path: string; spec: string; trace: Trace | undefined },
  read: (reader: ByteReader) => T,
): ResponseBody<T> {
  const reader = new ByteReader(bytes, { path, spec, trace });
  const statusCode = reader.u32('statusCode', wordsOfCode);
  if (statusCode !== 0) {
    const auxiliary = readAuxiliary(reader);
    reader.end();
    return { kind: 'failed', statusCode, auxiliary };
  }
  const errorCode = reader.u32('errorCode', wordsOfCode);
  const fields = read(reader);
  const auxiliary = readAuxiliary(reader);
  reader.end();
  return { kind: 'answered', errorCode, ...fields, auxiliary };
}

const readAuxiliary = (reader: ByteReader): AuxiliaryBlock[] =>
  readAuxiliaryBuffer(reader, 'auxiliaryBuffer', reader.u32('auxiliaryBufferSize'));
