/**
 * One question to one resolver. Over UDP first: a socket of its own, connected, so that only this server is heard, with a port and an
 * id that nobody can guess. RFC 5452. Over TCP where the answer does not fit. RFC 7766
 */
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { on, once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { errorCode } from '../failure.ts';
import { type Answer, decodeAnswer, encodeQuery, type Heard, type Question } from './message.ts';
import type { Server } from './servers.ts';

/** What came of it: an answer; one that cannot be read; nothing; or no way to the resolver, with the system's word for it. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'bad' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unreachable'; readonly detail: string };

export type Transport = 'UDP' | 'TCP';

/** Called when a message goes out; what it returns is called with what became of it. */
export type Trace = (server: Server, transport: Transport) => (result: Result) => void;

export type Result = Reply | 'truncated';

const ID_LIMIT = 0x10000;
const LONGEST_MESSAGE = 2 + 0xffff;
/** Late answers to others are a few; this many are an attempt to keep us busy. */
const MOST_STRANGE = 100;

/**
 * Asks, over TCP as well where the datagram was cut, and without EDNS where the server does not understand it. RFC 6891 7
 * @param signal ends the waiting: an answer that has not come by then is silence
 */
export async function askServer(
  server: Server,
  question: Question,
  edns: boolean,
  trace: Trace,
  signal: AbortSignal,
): Promise<Reply> {
  const send = async (way: Way, transport: Transport): Promise<Result> => {
    const id = randomInt(ID_LIMIT);
    const ended = trace(server, transport);
    const read = (bytes: Uint8Array): Heard => decodeAnswer(bytes, id, question);
    const result = await way(server, encodeQuery(id, question, edns), read, signal);
    ended(result);
    return result;
  };
  const first = await send(overUdp, 'UDP');
  const reply = first === 'truncated' ? await send(overTcp, 'TCP') : first;
  if (reply === 'truncated') return { kind: 'bad' };
  const isPuzzled = reply.kind === 'answer' && ['FORMERR', 'NOTIMP', 'BADVERS'].includes(reply.answer.status);
  return edns && isPuzzled ? askServer(server, question, false, trace, signal) : reply;
}

type Read = (bytes: Uint8Array) => Heard;
type Way = (server: Server, query: Uint8Array, read: Read, signal: AbortSignal) => Promise<Result>;

const nothing = (): void => undefined;

async function overUdp(server: Server, query: Uint8Array, read: Read, signal: AbortSignal): Promise<Result> {
  const socket = createSocket(isIP(server.address) === 6 ? 'udp6' : 'udp4').on('error', nothing);
  // What is not for us is not believed, and not forgotten: where nothing else comes, the resolver was not silent.
  let silence: Reply = { kind: 'silent' };
  let strange = 0;
  try {
    socket.connect(server.port, server.address);
    await once(socket, 'connect', { signal });
    socket.send(query);
    for await (const [bytes] of on(socket, 'message', { signal })) {
      const heard = read(bytes as Buffer);
      if (heard !== 'other') return resultOf(heard);
      silence = { kind: 'bad' };
      if (++strange === MOST_STRANGE) break;
    }
  } catch (error) {
    if (!signal.aborted) return { kind: 'unreachable', detail: errorCode(error) };
  } finally {
    socket.close();
  }
  return silence;
}

async function overTcp(server: Server, query: Uint8Array, read: Read, signal: AbortSignal): Promise<Result> {
  const socket = connect({ host: server.address, port: server.port }).on('error', nothing);
  addAbortSignal(signal, socket);
  try {
    socket.write(Buffer.concat([Uint8Array.of(query.length >> 8, query.length & 0xff), query]));
    const message = await readMessage(socket);
    if (message === null) return { kind: 'unreachable', detail: 'closed the connection' };
    const heard = read(message);
    return heard === 'other' ? { kind: 'bad' } : resultOf(heard);
  } catch (error) {
    return signal.aborted ? { kind: 'silent' } : { kind: 'unreachable', detail: errorCode(error) };
  } finally {
    socket.destroy();
  }
}

/** Over TCP a message comes after its length. RFC 1035 4.2.2 */
async function readMessage(socket: Socket): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  let end = Number.POSITIVE_INFINITY;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (end > LONGEST_MESSAGE && size >= 2) end = 2 + Buffer.concat(chunks).readUInt16BE(0);
    if (size >= end) return Buffer.concat(chunks).subarray(2, end);
  }
  return null;
}

function resultOf(heard: Exclude<Heard, 'other'>): Result {
  if (heard === 'truncated') return heard;
  return heard === 'bad' ? { kind: 'bad' } : { kind: 'answer', answer: heard };
}
