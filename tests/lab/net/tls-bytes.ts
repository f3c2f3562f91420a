/** The first words of a TLS connection, read and written by hand: for servers that no library can play. RFC 8446 4, RFC 5246 7.4 */

/** What a client says first. */
export interface HelloSeen {
  /** The newest version, as the old field has it: 0x0303 for TLS 1.2 and newer. */
  version: number;
  suites: readonly number[];
  /** SNI, in lower case. */
  serverName: string | null;
}

const RECORD_HEADER = 5;

/** The bytes that the first record still lacks; 0 if it is whole, or if it is none of TLS. */
export function missingBytes(bytes: Buffer): number {
  if (bytes.length < RECORD_HEADER) return RECORD_HEADER - bytes.length;
  return bytes[0] === 22 ? Math.max(0, RECORD_HEADER + bytes.readUInt16BE(3) - bytes.length) : 0;
}

/** Reads a ClientHello in one record; `null` for anything else. */
export function readHello(bytes: Buffer): HelloSeen | null {
  if (bytes[0] !== 22 || bytes[5] !== 1) return null;
  const version = bytes.readUInt16BE(9);
  let at = 43;
  const skip = (sizeBytes: number) => {
    const start = at + sizeBytes;
    at = start + bytes.readUIntBE(at, sizeBytes);
    return bytes.subarray(start, at);
  };
  skip(1);
  const list = skip(2);
  skip(1);
  const suites = Array.from({ length: list.length / 2 }, (_, index) => list.readUInt16BE(index * 2));
  const extensions = at < bytes.length ? skip(2) : Buffer.alloc(0);
  return { version, suites, serverName: serverNameIn(extensions) };
}

// Extension 0 holds a list of names, of which there is one: two lengths and a type stand before it. RFC 6066 3
function serverNameIn(extensions: Buffer): string | null {
  for (let at = 0; at + 4 <= extensions.length; ) {
    const length = extensions.readUInt16BE(at + 2);
    if (extensions.readUInt16BE(at) === 0) return extensions.toString('latin1', at + 9, at + 4 + length).toLowerCase();
    at += 4 + length;
  }
  return null;
}

/** One record. */
export function record(type: number, version: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(type, version >> 8, version & 0xff), sized(2, content)]);
}

/** A fatal alert in a record of its own. */
export function fatalAlert(number: number): Buffer {
  return record(21, 0x0303, Uint8Array.of(2, number));
}

/** A handshake message. */
export function message(type: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(type), sized(3, body)]);
}

/** With a random that is none, no session, no compression and no extensions. */
export function serverHello(version: number, suite: number): Buffer {
  const random = Buffer.alloc(32, 0x5a);
  return message(2, Buffer.concat([u16(version), random, Buffer.of(0), u16(suite), Buffer.of(0)]));
}

/** @param chain in DER, leaf first */
export function certificateMessage(chain: readonly Uint8Array[]): Buffer {
  return message(11, sized(3, Buffer.concat(chain.map((one) => sized(3, one)))));
}

export const serverHelloDone = message(14, Buffer.alloc(0));

function u16(value: number): Buffer {
  return Buffer.of(value >> 8, value & 0xff);
}

/** The content behind its length. */
function sized(bytes: 2 | 3, content: Uint8Array): Buffer {
  const length = Buffer.alloc(bytes);
  length.writeUIntBE(content.length, 0, bytes);
  return Buffer.concat([length, content]);
}
