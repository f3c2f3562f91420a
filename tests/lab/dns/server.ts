import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { isPortTaken, type Listening, listen } from '../net/listen.ts';
import { readQuery, writeReply } from './packet.ts';
import { answerFrom, type Zone } from './zone.ts';

const UDP_LIMIT = 512;
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
  socket.on('message', (message, from) => {
    const reply = replyTo(zone, message, UDP_LIMIT);
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
      const reply = replyTo(zone, waiting.subarray(2, end), TCP_LIMIT);
      waiting = waiting.subarray(end);
      if (reply) socket.write(withLength(reply));
    }
  }
}

function withLength(message: Uint8Array): Uint8Array {
  return Uint8Array.of(message.length >> 8, message.length & 0xff, ...message);
}

function replyTo(zone: Zone, message: Buffer, limit: number): Uint8Array | null {
  const query = readQuery(message);
  const reply = query && answerFrom(zone, query);
  return query && reply && writeReply(query, reply, limit);
}
