/** An RPC proxy for one test, in hand-made bytes: it joins the channels by nothing but their verbs, and answers as the test wants. */
import { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import type { Way } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import { door, sessionWith, tlsServer } from '#tests/net/servers.ts';

/** ConnectionTimeout 180000; window 65536 and the same time. */
export const A3 = Buffer.from('05001403100000001c00000000000000000001000200000020bf0200', 'hex');
export const C2 = Buffer.from(
  '05001403100000002c0000000000000000000300060000000100000000000000000001000200000020bf0200',
  'hex',
);
export const SUCCESS = 'HTTP/1.1 200 Success\r\nContent-Type: application/rpc\r\nContent-Length: 1073741824\r\n\r\n';
export const BIND_ACK = Buffer.from(
  '05000c03100000003c00000001000000d0160020510000000500363030340000' +
    '0100000000000000045d888aeb1cc9119fe808002b10486002000000',
  'hex',
);

export type Side = 'in' | 'out';

/** What the proxy does. */
export interface Manners {
  /** Answers a head in place of the proxy, on the n-th request of a connection; null lets it through. */
  readonly head?: (side: Side, head: string, at: number) => string | null;
  /** Said on OUT once both channels are there. */
  readonly opening?: readonly (string | Uint8Array)[];
  /** Said on OUT after a PDU of RPC from the client; the n-th. Null closes. */
  readonly answer?: (pdu: Buffer, at: number) => readonly Uint8Array[] | null;
  /** After a PDU of RTS from the client. */
  readonly rts?: (pdu: Buffer) => readonly Uint8Array[];
  /** Whether pieces are cut into single octets. */
  readonly dribbles?: true;
}

export interface FakeProxy {
  readonly net: Net;
  readonly way: Way;
  readonly heads: string[];
  /** All that came up either channel, without CONN/A1 and CONN/B1. */
  readonly heard: Buffer[];
  readonly opened: Buffer[];
  sockets: Partial<Record<Side, Socket>>;
  say(...pieces: readonly (string | Uint8Array)[]): void;
}

export const OPENING = [SUCCESS, A3, C2];

export async function proxyWith(manners: Manners = {}, scrub?: (text: string) => string): Promise<FakeProxy> {
  const proxy: Omit<FakeProxy, 'net' | 'way'> = {
    ...{ heads: [], heard: [], opened: [], sockets: {} },
    say(...pieces) {
      const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
      const { out } = proxy.sockets;
      if (manners.dribbles) for (const octet of bytes) out?.write(Buffer.of(octet));
      else out?.write(bytes);
    },
  };
  const { port } = await tlsServer((socket) => serve(socket, proxy, manners));
  const net = door({}, scrub);
  const session = await sessionWith(port, net);
  return { ...proxy, net, way: { session, accept: () => false } };
}

function serve(socket: Socket, proxy: Omit<FakeProxy, 'net' | 'way'>, manners: Manners): void {
  let waiting = Buffer.alloc(0);
  let side: Side | null = null;
  let requests = 0;
  let calls = 0;
  const begin = (): boolean => {
    const end = waiting.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const head = waiting.subarray(0, end).toString();
    waiting = waiting.subarray(end + 4);
    proxy.heads.push(head);
    const verb = head.startsWith('RPC_IN_DATA') ? 'in' : 'out';
    const said = manners.head?.(verb, head, requests) ?? null;
    requests += 1;
    if (said !== null) {
      socket.write(said);
      const length = Number(/Content-Length: (\d+)/.exec(head)?.[1]);
      waiting = waiting.subarray(Math.min(length, waiting.length));
      return waiting.length > 0;
    }
    side = verb;
    proxy.sockets[verb] = socket;
    return true;
  };
  socket.on('data', (piece: Buffer) => {
    waiting = Buffer.concat([waiting, piece]);
    while (waiting.length > 0) {
      if (side === null) {
        if (!begin()) return;
        continue;
      }
      const length = waiting.length < 10 ? Number.POSITIVE_INFINITY : waiting.readUInt16LE(8);
      if (waiting.length < length) return;
      hear(waiting.subarray(0, length));
      waiting = waiting.subarray(length);
    }
  });
  const hear = (pdu: Buffer): void => {
    if (proxy.opened.length < 2) {
      if (proxy.opened.push(pdu) === 2) proxy.say(...(manners.opening ?? OPENING));
      return;
    }
    proxy.heard.push(pdu);
    const isRts = pdu[2] === 20;
    const said = isRts ? (manners.rts?.(pdu) ?? []) : (manners.answer?.(pdu, calls) ?? null);
    if (!isRts) calls += 1;
    if (said !== null) proxy.say(...said);
    else if (!isRts && manners.answer !== undefined) for (const one of Object.values(proxy.sockets)) one.destroy();
  };
}

/** An answer of RPC, in as many fragments as there are stubs. */
export function response(callId: number, ...stubs: readonly Uint8Array[]): Buffer[] {
  return stubs.map((stub, at) => {
    const header = Buffer.from('05000203100000000000000000000000' + '0000000000000000', 'hex');
    header[3] = (at === 0 ? 1 : 0) | (at === stubs.length - 1 ? 2 : 0);
    header.writeUInt16LE(24 + stub.length, 8);
    header.writeUInt32LE(callId, 12);
    return Buffer.concat([header, stub]);
  });
}

export function fault(callId: number, status: number): Buffer {
  const pdu = Buffer.from('05000303100000002000000000000000000000000000000000000000' + '00000000', 'hex');
  pdu.writeUInt32LE(callId, 12);
  pdu.writeUInt32LE(status, 24);
  return pdu;
}
