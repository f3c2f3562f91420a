/** One HTTP request over one connection, recorded whatever comes back. */
import type { Socket } from 'node:net';
import { Client } from 'undici';
import type { Header } from '#lib/result/evidence.ts';
import { errorCode, type FailureCode, type FailureDetails, NetFailure } from './failure.ts';
import type { Connection, HttpAnswer, HttpRequest } from './http-message.ts';
import { describeBytes, limits } from './limits.ts';
import type { Scrub } from './recorder.ts';
import { lateDemand } from './tls-errors.ts';
import { Transcript } from './transcript.ts';

/**
 * Sends the request and reads the whole answer, within the limits. The connection is used up afterwards.
 * @throws NetFailure http-timeout, not-http, too-large, reset, closed-early, client-certificate; its evidence holds what had come
 *   until then
 */
export async function exchange(
  connection: Connection,
  request: HttpRequest,
  scrub: Scrub,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const transcript = new Transcript(connection, request, scrub);
  const client = clientOver(connection.socket, transcript.origin);
  try {
    // A server may hang up between two steps; undici would wait for an answer.
    if (connection.socket.destroyed)
      throw Object.assign(new Error('the connection was closed'), { code: 'UND_ERR_SOCKET' });
    const answer = await client.request({
      method: request.method,
      path: request.path,
      headers: Object.fromEntries(request.headers),
      body: request.body.length === 0 ? null : request.body,
      responseHeaders: 'raw',
      signal: AbortSignal.any([signal, AbortSignal.timeout(limits.exchangeMs)]),
    });
    transcript.answered(answer.statusCode, pairs(answer.headers as unknown as readonly string[]));
    for await (const chunk of answer.body) transcript.received(chunk);
    return transcript.answer();
  } catch (error) {
    throw toFailure(error, lateDemand(connection.socket), transcript, signal);
  } finally {
    await client.destroy();
  }
}

/** undici hangs for ever if the callback is called synchronously; a second connect is refused: no silent dialling. */
function clientOver(socket: Socket, origin: string): Client {
  let used = false;
  return new Client(origin, {
    connect: (_options, callback) => {
      const again = used;
      used = true;
      process.nextTick(() => (again ? callback(new Error('the connection was closed'), null) : callback(null, socket)));
    },
    headersTimeout: limits.firstByteMs,
    bodyTimeout: limits.bodyPauseMs,
    maxHeaderSize: limits.headerBytes,
    pipelining: 1,
  });
}

/** Among them what undici takes for impossible: a status of 000, a length that is none. */
const NOT_HTTP = /^(HPE_|HTTPParserError$|UND_ERR_RES_CONTENT_LENGTH_MISMATCH$|ERR_ASSERTION$)/;
/** Also where TLS breaks off: an alert, or records that nobody can read. */
const CUT_OFF =
  /^(ECONNRESET|ECONNABORTED|EPIPE|ENETUNREACH|EHOSTUNREACH|EPROTO|ERR_SSL_.*|ERR_STREAM_PREMATURE_CLOSE)$/;

/** @param demand how the server asked for a client certificate once the handshake was over; null where it did not */
function toFailure(error: unknown, demand: string | null, transcript: Transcript, signal: AbortSignal): NetFailure {
  const fail = (code: FailureCode, more: Partial<FailureDetails> = {}): NetFailure =>
    new NetFailure(code, { ...transcript.where(), phase: 'during the HTTP exchange', ...more }, [
      transcript.evidence(),
    ]);
  if (error instanceof NetFailure) return fail(error.code, error.details);
  const code = errorCode(error);
  if (demand !== null) return fail('client-certificate', { detail: demand });
  if (signal.aborted) return fail('unknown', { detail: 'cancelled' });
  if (/HEADERS_OVERFLOW|HEADER_OVERFLOW/.test(code)) {
    return fail('too-large', { limit: { what: 'headers', value: describeBytes(limits.headerBytes) } });
  }
  if (/UND_ERR_(HEADERS|BODY)_TIMEOUT|TimeoutError|AbortError|UND_ERR_ABORTED|ETIMEDOUT/.test(code))
    return fail('http-timeout');
  if (NOT_HTTP.test(code)) return fail('not-http', { detail: code });
  if (CUT_OFF.test(code)) return fail('reset', { detail: code });
  if (code === 'UND_ERR_SOCKET') return fail('closed-early', { detail: 'closed without an answer' });
  return fail('unknown', { detail: code });
}

/** Raw headers come as a flat list, one character for each byte. */
function pairs(words: readonly string[]): Header[] {
  return words.flatMap((name, at) => (at % 2 === 0 ? [[name, words[at + 1] ?? ''] as const] : []));
}
