/** What it means when an HTTP exchange fails. */
import type { Socket } from 'node:net';
import { errorCode, type FailureCode, type FailureDetails, NetFailure } from './failure.ts';
import { describeBytes, limits } from './limits.ts';
import { lateDemand } from './tls-errors.ts';
import type { Transcript } from './transcript.ts';

/** Among them what undici takes for impossible: a status of 000, a length that is none. */
const NOT_HTTP = /^(HPE_|HTTPParserError$|UND_ERR_RES_CONTENT_LENGTH_MISMATCH$|ERR_ASSERTION$)/;
/** Also where TLS breaks off: an alert, or records that nobody can read. */
const CUT_OFF =
  /^(ECONNRESET|ECONNABORTED|EPIPE|ENETUNREACH|EHOSTUNREACH|EPROTO|ERR_SSL_.*|ERR_STREAM_PREMATURE_CLOSE)$/;

/** A message that nobody waits for, or one that changes the protocol unasked; undici has only a sentence for it. */
const OUT_OF_TURN = ['bad response', 'bad upgrade'];

/** @param signal by which the caller may have stopped it */
export function toFailure(error: unknown, socket: Socket, transcript: Transcript, signal: AbortSignal): NetFailure {
  const fail = (code: FailureCode, more: Partial<FailureDetails> = {}): NetFailure =>
    new NetFailure(code, { ...transcript.where(), phase: 'during the HTTP exchange', ...more }, [
      transcript.evidence(),
    ]);
  if (error instanceof NetFailure) return fail(error.code, error.details);
  const code = errorCode(error);
  const demand = lateDemand(socket);
  if (demand !== null) return fail('client-certificate', { detail: demand });
  if (signal.aborted) return fail('unknown', { detail: 'cancelled' });
  if (/HEADERS_OVERFLOW|HEADER_OVERFLOW/.test(code)) {
    return fail('too-large', { limit: { what: 'headers', value: describeBytes(limits.headerBytes) } });
  }
  if (/UND_ERR_(HEADERS|BODY)_TIMEOUT|TimeoutError|AbortError|UND_ERR_ABORTED|ETIMEDOUT/.test(code))
    return fail('http-timeout');
  if (NOT_HTTP.test(code)) return fail('not-http', { detail: code });
  if (CUT_OFF.test(code)) return fail('reset', { detail: code });
  if (code !== 'UND_ERR_SOCKET') return fail('unknown', { detail: code });
  return error instanceof Error && OUT_OF_TURN.includes(error.message)
    ? fail('not-http', { detail: 'an answer out of turn' })
    : fail('closed-early', { detail: 'closed without an answer' });
}
