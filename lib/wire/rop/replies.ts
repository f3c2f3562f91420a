/** What a server answers to a list of remote operations. [MS-OXCROPS] 2.2.1 */
import { ByteReader } from '../bytes/reader.ts';
import type { Trace } from '../bytes/trace.ts';
import { wordsOfCode } from '../mapi-codes.ts';
import { type FolderReply, readFolderReply } from './folders.ts';
import { ROP_ID, type RopName, ropWords } from './ids.ts';
import { type LogonReply, readLogonSuccess, readRedirect, WRONG_SERVER } from './logon.ts';
import { handleWords, type RopRequest } from './requests.ts';

export type RopReply =
  | LogonReply
  | FolderReply
  /** The operation failed, and says nothing more. */
  | { readonly kind: 'refused'; readonly rop: RopName; readonly handleIndex: number; readonly returnValue: number };

/** What a server says beside the replies. */
export type RopNotice =
  /** The replies did not fit: what is left has to be sent again. [MS-OXCROPS] 2.2.15.1 */
  | { readonly kind: 'buffer-too-small'; readonly sizeNeeded: number; readonly unprocessed: Uint8Array }
  /** The server is busy. [MS-OXCROPS] 2.2.15.2 */
  | {
      readonly kind: 'backoff';
      readonly logonId: number;
      /** For all of this logon, where no ROPs are named. */
      readonly durationMs: number;
      readonly rops: readonly { readonly ropId: number; readonly durationMs: number }[];
      readonly additionalData: Uint8Array;
    }
  /** There is something to be notified of. [MS-OXCROPS] 2.2.14.3 */
  | { readonly kind: 'pending'; readonly sessionIndex: number };

export interface RopReplies {
  /** One for each request that was sent, in their order; null for RopRelease, and for those that the server did not come to. */
  readonly replies: readonly (RopReply | null)[];
  readonly notices: readonly RopNotice[];
  /** The handle table, with what was made. */
  readonly handles: readonly number[];
}

const SPEC = '[MS-OXCROPS] 2.2.1';
const BUFFER_TOO_SMALL_SPEC = '[MS-OXCROPS] 2.2.15.1';
const BACKOFF_SPEC = '[MS-OXCROPS] 2.2.15.2';

/** Reads the payload of an extended buffer. @param sent the requests that it answers: replies alone cannot be read */
export function decodeRopReplies(payload: Uint8Array, sent: readonly RopRequest[], trace?: Trace): RopReplies {
  const reader = new ByteReader(payload, { path: 'ropOutput', spec: SPEC, trace });
  return readRopReplies(reader, sent);
}

/** The same, to the end of what a reader may read. */
export function readRopReplies(reader: ByteReader, sent: readonly RopRequest[]): RopReplies {
  const at = reader.offset;
  const size = reader.u16('ropSize');
  if (size < 2) throw reader.fault('bad-value', 'ropSize', `${size}, less than its own size`, at);
  const replies = sent.map((): RopReply | null => null);
  const notices: RopNotice[] = [];
  const waiting = sent.flatMap((request, place) => (request.rop === 'release' ? [] : [{ request, place }]));
  const readOne = (): void => {
    const start = reader.offset;
    const id = reader.u8('ropId', ropWords);
    const notice = readNotice(reader, id);
    if (notice !== null) {
      notices.push(notice);
      return;
    }
    const next = waiting.shift();
    if (next === undefined) throw reader.fault('bad-value', 'ropId', 'more replies than requests', start);
    if (ROP_ID[next.request.rop] !== id)
      throw reader.fault('bad-value', 'ropId', `not the reply to ${ropWords(ROP_ID[next.request.rop])}`, start);
    replies[next.place] = readReply(reader, next.request);
  };
  const readAll = (): void => {
    for (let index = 0; !reader.isEmpty; index += 1) reader.group(`[${index}]`, readOne);
  };
  reader.window('ropsList', size - 2, readAll);
  return { replies, notices, handles: readHandles(reader) };
}

const readHandles = (reader: ByteReader): number[] =>
  reader.group('serverObjectHandleTable', () => {
    const handles: number[] = [];
    while (!reader.isEmpty) handles.push(reader.u32(`[${handles.length}]`, handleWords));
    return handles;
  });

type Answered = Exclude<RopRequest, { readonly rop: 'release' }>;

function readReply(reader: ByteReader, request: Answered): RopReply {
  const handleIndex = reader.u8('output' in request ? 'outputHandleIndex' : 'inputHandleIndex');
  const returnValue = reader.u32('returnValue', wordsOfCode);
  if (request.rop === 'logon' && returnValue === WRONG_SERVER) return readRedirect(reader, handleIndex);
  if (returnValue !== 0) return { kind: 'refused', rop: request.rop, handleIndex, returnValue };
  return request.rop === 'logon'
    ? readLogonSuccess(reader, handleIndex)
    : readFolderReply(reader, request, handleIndex);
}

/** Null where the ROP is a reply. */
function readNotice(reader: ByteReader, id: number): RopNotice | null {
  switch (id) {
    case ROP_ID['buffer-too-small']:
      return reader.group('tooSmall', () => readTooSmall(reader), BUFFER_TOO_SMALL_SPEC);
    case ROP_ID.backoff:
      return reader.group('backoff', () => readBackoff(reader), BACKOFF_SPEC);
    case ROP_ID.pending:
      return { kind: 'pending', sessionIndex: reader.u16('sessionIndex') };
    default:
      return null;
  }
}

/** It is the last in its list, and holds all requests that were not looked at. */
function readTooSmall(reader: ByteReader): RopNotice {
  const sizeNeeded = reader.u16('sizeNeeded');
  return { kind: 'buffer-too-small', sizeNeeded, unprocessed: reader.bytes('requestBuffers', reader.remaining) };
}

function readBackoff(reader: ByteReader): RopNotice {
  const logonId = reader.u8('logonId');
  const durationMs = reader.u32('duration');
  const count = reader.u8('backoffRopCount');
  const rops = Array.from({ length: count }, (_, index) =>
    reader.group(`backoffRopData[${index}]`, () => ({
      ropId: reader.u8('ropIdBackoff', ropWords),
      durationMs: reader.u32('duration'),
    })),
  );
  const size = reader.count('additionalDataSize', 2, 1);
  return { kind: 'backoff', logonId, durationMs, rops, additionalData: reader.bytes('additionalData', size) };
}
