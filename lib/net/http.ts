/** One HTTP request over one connection, recorded whatever comes back. */
import type { TLSSocket } from 'node:tls';
import { Client } from 'undici';
import type { Header } from '#lib/result/evidence.ts';
import { errorCode, type FailureCode, type FailureDetails, NetFailure } from './failure.ts';
import type { HttpAnswer, HttpRequest } from './http-message.ts';
import { describeBytes, limits } from './limits.ts';
import type { Scrub } from './recorder.ts';
import type { TlsSession } from './tls.ts';
import { Transcript } from './transcript.ts';

/**
 * Sends the request and reads the whole answer, within the limits. The session's connection is used up afterwards.
 * @throws NetFailure http-timeout, not-http, too-large, reset, closed-early; its evidence holds what had come until then
 */
export async function exchange(
  session: TlsSession,
  request: HttpRequest,
  scrub: Scrub,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const transcript = new Transcript(session, request, scrub);
  const client = clientOver(session.socket, transcript.origin);
  try {
    const answer = await client.request({
      method: request.method,
      path: request.path,
      headers: Object.fromEntries(request.headers),
      body: request.body === '' ? null : request.body,
      responseHeaders: 'raw',
      signal: AbortSignal.any([signal, AbortSignal.timeout(limits.exchangeMs)]),
    });
    transcript.answered(answer.statusCode, pairs(answer.headers as unknown as readonly string[]));
    for await (const chunk of answer.body) transcript.received(chunk);
    return transcript.answer();
  } catch (error) {
    throw toFailure(error, transcript, signal);
  } finally {
    await client.destroy();
  }
}

/** undici hangs for ever if the callback is called synchronously; a second connect is refused: no silent dialling. */
function clientOver(socket: TLSSocket, origin: string): Client {
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

function toFailure(error: unknown, transcript: Transcript, signal: AbortSignal): NetFailure {
  const fail = (code: FailureCode, more: Partial<FailureDetails> = {}): NetFailure =>
    new NetFailure(code, { ...transcript.where(), phase: 'during the HTTP exchange', ...more }, [
      transcript.evidence(),
    ]);
  if (error instanceof NetFailure) return fail(error.code, error.details);
  const code = errorCode(error);
  if (signal.aborted) return fail('unknown', { detail: 'cancelled' });
  if (/HEADERS_OVERFLOW|HEADER_OVERFLOW/.test(code)) {
    return fail('too-large', { limit: { what: 'headers', value: describeBytes(limits.headerBytes) } });
  }
  if (/UND_ERR_(HEADERS|BODY)_TIMEOUT|TimeoutError|AbortError|UND_ERR_ABORTED/.test(code)) return fail('http-timeout');
  if (code.startsWith('HPE_') || code === 'HTTPParserError') return fail('not-http', { detail: code });
  if (code === 'ECONNRESET' || code === 'EPIPE') return fail('reset', { detail: code });
  if (code === 'UND_ERR_SOCKET') return fail('closed-early', { detail: 'closed without an answer' });
  return fail('unknown', { detail: code });
}

/** Raw headers come as a flat list, one character for each byte. */
function pairs(words: readonly string[]): Header[] {
  return words.flatMap((name, at) => (at % 2 === 0 ? [[name, words[at + 1] ?? ''] as const] : []));
}
