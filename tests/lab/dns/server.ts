import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { isPortTaken, type Listening, listen } from '../net/listen.ts';
import { type Query, readQuery, writeGarbage, writeReply } from './packet.ts';
import { answerFrom, isLossy, type Zone } from './zone.ts';

/** Without EDNS a datagram has at most this many bytes. RFC 1035 4.2.1 */
const SMALLEST_DATAGRAM = 512;
const LARGEST_DATAGRAM = 4_096;
const TCP_LIMIT = 65_535;
const ANY_PORT_ATTEMPTS = 10;

/**
 * Answers for the zone over UDP and TCP, like a resolver that knows nothing else. Port 0 means any port that is free
 * for both.
 */
export async function startDns(zone: Zone, address: string, port: number): Promise<Listening> {
  for (let attempt = 1; ; attempt++) {
    const tcp = await startTcp(zone, address, port);
    try {
      const udp = await startUdp(zone, address, tcp.port);
      return { port: tcp.port, stop: () => Promise.all([udp.stop(), tcp.stop()]) };
    } catch (error) {
      await tcp.stop();
      if (port !== 0 || attempt === ANY_PORT_ATTEMPTS || !isPortTaken(error)) throw error;
    }
  }
}

async function startUdp(zone: Zone, address: string, port: number): Promise<Listening> {
  const socket = createSocket('udp4');
  const isLost = losses(zone);
  socket.on('message', (message, from) => {
    const query = readQuery(message);
    const reply = query && !isLost(query) && replyTo(zone, query, datagramFor(query));
    // A client that has gone away is nobody's concern.
    if (reply) socket.send(reply, from.port, from.address, () => {});
  });
  socket.bind({ port, address, exclusive: true });
  await once(socket, 'listening');
  const stop = () => {
    socket.close();
    return once(socket, 'close');
  };
  return { port, stop };
}

function datagramFor({ datagram }: Query): number {
  return Math.min(LARGEST_DATAGRAM, Math.max(SMALLEST_DATAGRAM, datagram ?? 0));
}

// The first datagram with a question is lost, the second one arrives, the third one is lost, …
function losses(zone: Zone): (query: Query) => boolean {
  const asked = new Map<string, number>();
  return ({ name, type }) => {
    if (!isLossy(zone, name)) return false;
    const key = `${name.toLowerCase()} ${type}`;
    const times = (asked.get(key) ?? 0) + 1;
    asked.set(key, times);
    return times % 2 === 1;
  };
}

function startTcp(zone: Zone, address: string, port: number): Promise<Listening> {
  const server = createServer((socket) => {
    answerStream(zone, socket).catch(() => socket.destroy());
  });
  return listen(server, address, port);
}

// Over TCP each message is preceded by its length. RFC 1035 4.2.2
async function answerStream(zone: Zone, socket: Socket): Promise<void> {
  let waiting = Buffer.alloc(0);
  for await (const bytes of socket) {
    waiting = Buffer.concat([waiting, bytes]);
    while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
      const end = 2 + waiting.readUInt16BE(0);
      const query = readQuery(waiting.subarray(2, end));
      const reply = query && replyTo(zone, query, TCP_LIMIT);
      waiting = waiting.subarray(end);
      if (reply) socket.write(withLength(reply));
    }
  }
}

function withLength(message: Uint8Array): Uint8Array {
  return Uint8Array.of(message.length >> 8, message.length & 0xff, ...message);
}

function replyTo(zone: Zone, query: Query, limit: number): Uint8Array | null {
  const reply = answerFrom(zone, query);
  return reply === 'garbage' ? writeGarbage(query) : reply && writeReply(query, reply, limit);
}
