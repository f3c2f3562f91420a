/** Writes a conversation over TCP as if somebody had listened: for programs that take captures apart. */

export interface Segment {
  readonly from: 'client' | 'server';
  readonly bytes: Uint8Array;
}

const CLIENT_PORT = 50_000;
const SYN = 0x02;
const ACK = 0x10;
const PSH = 0x18;

/** A capture with the handshake of TCP and these segments; all checksums are zero. */
export function pcapOf(serverPort: number, segments: readonly Segment[]): Uint8Array {
  const next = { client: 1_000, server: 2_000 };
  const packets: Buffer[] = [];
  const send = (from: Segment['from'], flags: number, bytes: Uint8Array = new Uint8Array()): void => {
    const to = from === 'client' ? 'server' : 'client';
    const ports = from === 'client' ? [CLIENT_PORT, serverPort] : [serverPort, CLIENT_PORT];
    packets.push(recordOf(packets.length, ethernet(from, tcp(ports, next[from], next[to], flags, bytes))));
    next[from] += (flags & SYN) !== 0 ? 1 : bytes.length;
  };
  send('client', SYN);
  send('server', SYN | ACK);
  send('client', ACK);
  for (const { from, bytes } of segments) send(from, PSH, bytes);
  return new Uint8Array(Buffer.concat([fileHeader(), ...packets]));
}

/** Microseconds, Ethernet. */
function fileHeader(): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(0xffff, 16);
  header.writeUInt32LE(1, 20);
  return header;
}

function recordOf(number: number, frame: Buffer): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(1_800_000_000 + number, 0);
  header.writeUInt32LE(frame.length, 8);
  header.writeUInt32LE(frame.length, 12);
  return Buffer.concat([header, frame]);
}

/** Ethernet and IPv4. */
function ethernet(from: Segment['from'], payload: Buffer): Buffer {
  const [source, destination] = from === 'client' ? [1, 2] : [2, 1];
  const frame = Buffer.alloc(14 + 20);
  frame.set([2, 0, 0, 0, 0, destination, 2, 0, 0, 0, 0, source, 0x08, 0x00, 0x45]);
  frame.writeUInt16BE(20 + payload.length, 16);
  frame.set([64, 6], 22);
  frame.set([192, 0, 2, source, 192, 0, 2, destination], 26);
  return Buffer.concat([frame, payload]);
}

function tcp(
  ports: readonly number[],
  sequence: number,
  acknowledged: number,
  flags: number,
  bytes: Uint8Array,
): Buffer {
  const header = Buffer.alloc(20);
  ports.forEach((port, index) => void header.writeUInt16BE(port, index * 2));
  header.writeUInt32BE(sequence, 4);
  header.writeUInt32BE(flags === SYN ? 0 : acknowledged, 8);
  header.set([0x50, flags, 0xff, 0xff], 12);
  return Buffer.concat([header, bytes]);
}
