/** The bodies of the mailbox endpoint. [MS-OXCMAPIHTTP] 2.2.4 */
import type { Random } from '../random.ts';
import { type AuxBlock, unknownBlock, writeAuxiliary } from '../store/auxiliary.ts';
import { asciiz, join, NotReadable, Reader, sized32, u32, utf16z } from '../store/bytes.ts';
import { SUCCESS } from '../store/codes.ts';
import { type Packing, readPayload } from '../store/extended-buffer.ts';
import type { ConnectAnswer, ConnectRequest, StoreSession } from '../store/session.ts';

/** The end of every request. [MS-OXCMAPIHTTP] 2.2.4.1.1 */
export function readAuxiliary(reader: Reader): void {
  const bytes = reader.take(reader.u32());
  if (bytes.length > 0 && readPayload(bytes) === null) throw new NotReadable('The auxiliary buffer is none.');
  reader.end();
}

/** The end of every answer, at times with what nobody knows, or in disguise. */
export function auxiliary(blocks: readonly AuxBlock[], random: Random): Buffer {
  const all = blocks.length > 0 && random.below(4) === 0 ? [...blocks, unknownBlock] : blocks;
  return sized32(writeAuxiliary(all, random.below(4) === 0 ? oddPacking(random) : 'plain'));
}

const oddPacking = (random: Random): Packing => random.pick(['compressed', 'xor', 'both']);

export function readConnect(body: Uint8Array): ConnectRequest {
  const reader = new Reader(body);
  const dn = reader.asciiz();
  const flags = reader.u32();
  if (flags > 1) throw new NotReadable('These flags are not known.');
  const codePage = reader.u32();
  // Locales, of sorting and of strings.
  reader.take(8);
  readAuxiliary(reader);
  return { dn, codePage };
}

export function connectBody(answer: ConnectAnswer, random: Random): Buffer {
  const { errorCode, pollsMax, retryCount, retryDelay, dnPrefix, displayName, auxiliary: blocks } = answer;
  return join(
    ...[SUCCESS, errorCode, pollsMax, retryCount, retryDelay].map(u32),
    asciiz(dnPrefix),
    utf16z(displayName),
    auxiliary(blocks, random),
  );
}

/** Now and then it is packed, although clients ask not to. */
export function executeBody(body: Uint8Array, session: StoreSession, random: Random): Buffer {
  const reader = new Reader(body);
  if (reader.u32() > 7) throw new NotReadable('These flags are not known.');
  const ropBuffer = reader.take(reader.u32());
  const limit = reader.u32();
  readAuxiliary(reader);
  const packing = random.below(3) === 0 ? oddPacking(random) : 'plain';
  const { errorCode, rgbOut } = session.execute(ropBuffer, limit, packing);
  return join(u32(SUCCESS), u32(errorCode), u32(0), sized32(rgbOut), auxiliary([], random));
}

export function readWait(body: Uint8Array): void {
  const reader = new Reader(body);
  if (reader.u32() !== 0) throw new NotReadable('There are no flags yet.');
  readAuxiliary(reader);
}

/** Nothing has happened meanwhile. */
export const waitBody = (random: Random): Buffer => join(u32(SUCCESS), u32(SUCCESS), u32(0), auxiliary([], random));

export function readDisconnect(body: Uint8Array): void {
  readAuxiliary(new Reader(body));
}

export const disconnectBody = (random: Random): Buffer => join(u32(SUCCESS), u32(SUCCESS), auxiliary([], random));
