import { once } from 'node:events';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Place, Talk } from '../place.ts';
import type { Random } from '../random.ts';
import type { SecretKind } from '../tally.ts';
import { readAuthorization } from './authorization.ts';
import { readBasic } from './basic.ts';
import { type Handler, type HttpAnswer, type HttpRequest, headerOf, silence } from './message.ts';
import { BadRequest, readRequests } from './reader.ts';
import { answerBytes } from './writer.ts';

/**
 * An HTTP/1.1 server on sockets of its own. Node's server is of no use here: it refuses methods that mail clients use
 * (RPC_IN_DATA), and tidies up what the lab wants untidy.
 */
export function http(handler: Handler): Talk {
  return (socket, place) => {
    converse(socket, place, handler).catch(() => socket.destroy());
  };
}

async function converse(socket: Socket, place: Place, handler: Handler): Promise<void> {
  const random = place.nextRandom();
  try {
    for await (const request of readRequests(socket)) {
      count(request, place);
      const answer = handler(request, place, random);
      if (answer === silence) return await (request.channel?.closed ?? waitForClose(socket));
      // What a refused channel would have said cannot be told from another request.
      const last = answer.close || (request.channel !== null && answer.status >= 300) || wantsClose(request, answer);
      await send(socket, { ...answer, close: last }, random, request);
      if (last) break;
    }
    socket.end();
    // What was announced may still come; nobody reads it, and nobody is cut off for it.
    socket.resume();
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    await send(socket, { status: error.status, body: error.message, close: true }, random);
    socket.end();
  }
}

// Backpressure comes with the pipeline: a slow client never makes the lab hold a large answer in memory.
function send(
  socket: Socket,
  answer: HttpAnswer,
  random: Random,
  request: Pick<HttpRequest, 'method' | 'version'> = { method: 'GET', version: '1.1' },
): Promise<void> {
  return pipeline(answerBytes(answer, random, request), socket, { end: false });
}

function count(request: HttpRequest, { tally, host }: Place): void {
  tally.request();
  const kind = secretIn(request);
  if (kind) tally.secret(kind, host, request.connection);
}

function secretIn(request: HttpRequest): SecretKind | null {
  const { scheme, token = '' } = readAuthorization(request) ?? {};
  if (scheme === 'basic') return readBasic(request)?.password ? 'passwords' : null;
  if (scheme === 'bearer') return token === '' ? null : 'tokens';
  return Buffer.from(token, 'base64').includes(NTLM_RESPONSE) ? 'ntlmResponses' : null;
}

/** How a type 3 message begins, wherever it is wrapped up. [MS-NLMP] 2.2.1.3 */
const NTLM_RESPONSE = Buffer.from('NTLMSSP\0\x03\0\0\0', 'latin1');

function wantsClose(request: HttpRequest, { body = '' }: HttpAnswer): boolean {
  const wish = headerOf(request, 'connection')?.toLowerCase();
  if (request.version === '1.1') return wish === 'close';
  // Where nothing else tells the length of a body, its end does. RFC 9112 9.3
  return wish !== 'keep-alive' || (typeof body === 'object' && 'stream' in body && body.length === undefined);
}

async function waitForClose(socket: Socket): Promise<void> {
  socket.resume();
  await once(socket, 'close');
}
