import { STATUS_CODES } from 'node:http';
import type { Random } from '../random.ts';
import type { BodyStream, Header, HttpAnswer, HttpRequest } from './message.ts';

const CHUNKED: Header = ['Transfer-Encoding', 'chunked'];

/**
 * The bytes of an answer, strictly by RFC 9112 and odd on purpose: headers in another order and in mixed case, the body
 * now with its length, now in chunks, and cut where nobody expects it. A client that copes with this copes with any server.
 */
export async function* answerBytes(
  answer: HttpAnswer,
  random: Random,
  { method, version }: Pick<HttpRequest, 'method' | 'version'>,
): AsyncGenerator<Uint8Array> {
  const { body = '' } = answer;
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  const whole = content instanceof Uint8Array ? content : null;
  // Who speaks HTTP/1.0 knows nothing of chunks: what has no length ends with the connection. RFC 9112 6.1
  const { length } = content;
  const chunked =
    version === '1.1' && (length === undefined || (whole !== null && whole.length > 0 && random.below(2) === 0));
  const framing = chunked ? [CHUNKED] : length === undefined ? [] : [['Content-Length', String(length)] as const];
  const stream = answer.held && !(content instanceof Uint8Array) ? await wholeOf(content.stream) : null;
  if ('after' in content) await content.after;
  yield Buffer.from(head(answer, framing, random));
  if (method === 'HEAD') return;
  const parts = content instanceof Uint8Array ? cut(content, random) : (stream ?? content.stream);
  for await (const part of parts) yield chunked ? chunk(part) : part;
  if (chunked) yield Buffer.from('0\r\n\r\n');
}

async function wholeOf(stream: BodyStream): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

function head({ status, reason, headers = [], close }: HttpAnswer, framing: readonly Header[], random: Random): string {
  const dated = headers.some(([name]) => name.toLowerCase() === 'date');
  const date: readonly Header[] = dated ? [] : [['Date', new Date().toUTCString()]];
  const all = [...headers, ...framing, ...date, ...(close ? [['Connection', 'close'] as const] : [])];
  const lines = random.shuffled(all).map(([name, value]) => `${oddCase(name, random)}: ${value}`);
  return [`HTTP/1.1 ${status} ${reason ?? STATUS_CODES[status] ?? 'Unknown'}`, ...lines, '', ''].join('\r\n');
}

function oddCase(name: string, random: Random): string {
  return random.pick([name, name, name.toLowerCase(), name.toUpperCase()]);
}

function chunk(part: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
}

// No part may be empty: in chunked coding an empty chunk ends the body.
export function cut(whole: Uint8Array, random: Random): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < whole.length; ) {
    const length = 1 + random.below(whole.length - at);
    parts.push(whole.subarray(at, at + length));
    at += length;
  }
  return parts;
}
