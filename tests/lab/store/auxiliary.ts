/** What a server says of itself beside its answer, in blocks of the auxiliary buffer. [MS-OXCRPC] 2.2.2.2 */
import { join, u8, u16, u32, utf16z } from './bytes.ts';
import { type Packing, writePayload } from './extended-buffer.ts';
import { SERVER_FQDN } from './owner.ts';

export interface AuxBlock {
  readonly type: number;
  readonly version: number;
  readonly content: Uint8Array;
}

const block = (type: number, content: Uint8Array, version = 1): AuxBlock => ({ type, version, content });

/** The blocks of Exchange's answer to Connect, in its order. */
export function connectBlocks(): AuxBlock[] {
  const session = `ClientAccessServer=${SERVER_FQDN},ConnectTime=${new Date().toLocaleString('en-US', { timeZone: 'UTC' })},ConnectionID=42`;
  return [
    // The server's name, behind the form of the block and its length.
    block(0x43, join(u8(2), u8(SERVER_FQDN.length), Buffer.from(SERVER_FQDN, 'latin1')), 2),
    // What the server can do, and what the endpoint can.
    block(0x46, u32(0x0b)),
    block(0x48, u32(1)),
    // The organization: public folders, and that the client may use the cache for them.
    block(0x17, u32(3)),
    // Behind the place at which it begins, counted from the block's own start.
    block(0x4b, join(u16(6), utf16z(session))),
    // What clients are to report, and for how long.
    block(0x0a, join(u32(0x0d), u32(0x240c_8400))),
  ];
}

/** A block of a kind that nobody knows, as the next version of a server may send one. */
export const unknownBlock: AuxBlock = block(0x7e, Buffer.from('4c41422d41555800', 'hex'));

/** The buffer as it travels; empty without blocks. */
export function writeAuxiliary(blocks: readonly AuxBlock[], packing: Packing = 'plain'): Buffer {
  if (blocks.length === 0) return Buffer.alloc(0);
  const written = blocks.map(({ type, version, content }) =>
    join(u16(content.length + 4), u8(version), u8(type), content),
  );
  return writePayload(join(...written), packing);
}
