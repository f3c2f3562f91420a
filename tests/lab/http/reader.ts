import { once } from 'node:events';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type ChannelBody, type Connection, type Header, type HttpRequest, headerOf } from './message.ts';

/** The client sent something that is not HTTP/1.x, or more of it than it should. */
export class BadRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const MOST_HEAD_BYTES = 32 * 1024;
const MOST_BODY_BYTES = 256 * 1024;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Reads the requests of a connection one after the other, until the client closes it. RFC 9112 */
export async function* readRequests(socket: Socket): AsyncGenerator<HttpRequest> {
  const source = byteSource(socket);
  const connection = connectionOf(socket);
  for (;;) {
    const head = await source.through('\r\n\r\n', MOST_HEAD_BYTES);
    if (head === null) return;
    const request = parseHead(head.toString('utf8'));
    const channel = channelOf(request, socket, source);
    if (channel) {
      yield { ...request, connection, body: Buffer.alloc(0), channel };
      // Where its body ends nobody knows, so no other request can follow.
      return;
    }
    if (wantsToBeTold(request)) socket.write(CONTINUE);
    yield { ...request, connection, body: await readBody(source, request.headers), channel };
  }
}

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

/** RFC 9110 10.1.1. Nobody is told to go on who has nothing to send. */
function wantsToBeTold(head: Head): boolean {
  const expects = headerOf(head, 'expect')?.toLowerCase() === '100-continue';
  return expects && head.version === '1.1' && Number(headerOf(head, 'content-length') ?? 1) > 0;
}

/** The longest body of a request that asks for an echo and opens no channel. [MS-RPCH] 2.1.2.1.5 */
const MOST_ECHO_BYTES = 16;

function channelOf(head: Head, socket: Socket, source: ByteSource): ChannelBody | null {
  const announced = headerOf(head, 'content-length') ?? '';
  if (!/^RPC_(IN|OUT)_DATA$/.test(head.method) || !/^\d{1,10}$/.test(announced)) return null;
  const length = Number(announced);
  if (length <= MOST_ECHO_BYTES) return null;
  return {
    length,
    accept: () => {
      if (wantsToBeTold(head)) socket.write(CONTINUE);
      return source.pieces(length);
    },
    closed: once(socket, 'close').then(
      () => undefined,
      () => undefined,
    ),
    hangUp: () => socket.end(),
  };
}

function connectionOf(socket: Socket): Connection {
  if (!(socket instanceof TLSSocket)) return { encrypted: false, certificate: null };
  return { encrypted: true, certificate: socket.getX509Certificate()?.raw ?? null };
}

type Head = Omit<HttpRequest, 'body' | 'channel' | 'connection'>;

function parseHead(text: string): Head {
  const [requestLine = '', ...lines] = text.slice(0, -4).split('\r\n');
  const [, method, target, version] = /^(\S+) (\S+) HTTP\/(1\.[01])$/.exec(requestLine) ?? [];
  if (!method || !TOKEN.test(method) || !target) throw new BadRequest(400, 'This is no request line.');
  const headers = lines.map(parseHeader);
  const hosts = headers.filter(([name]) => name.toLowerCase() === 'host').length;
  if (hosts > 1 || (hosts === 0 && version === '1.1')) throw new BadRequest(400, 'One Host header is needed.');
  return { method, target, version: version === '1.0' ? '1.0' : '1.1', headers };
}

function parseHeader(line: string): Header {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0));
  if (!TOKEN.test(name) || /[\r\n\0]/.test(line)) throw new BadRequest(400, 'This is no header line.');
  return [name, line.slice(colon + 1).trim()];
}

async function readBody(source: ByteSource, headers: readonly Header[]): Promise<Buffer> {
  const all = (name: string) => headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
  const lengths = all('content-length');
  const codings = all('transfer-encoding');
  if (lengths.length + codings.length > 1) throw new BadRequest(400, 'The length of the body is given twice.');
  if (codings.length === 1) {
    if (codings[0]?.toLowerCase() !== 'chunked') throw new BadRequest(501, 'Only chunked bodies are understood.');
    return readChunks(source);
  }
  return source.exactly(parseLength(lengths[0] ?? '0', /^\d{1,15}$/, 10));
}

async function readChunks(source: ByteSource): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let total = 0; ; ) {
    const line = await source.through('\r\n', 100);
    const size = parseLength(line?.toString('latin1').split(';')[0]?.trim() ?? '', /^[0-9a-f]{1,8}$/i, 16);
    total += size;
    if (total > MOST_BODY_BYTES) throw new BadRequest(413, 'The body is too long.');
    chunks.push(await source.exactly(size));
    // The lab has no use for trailers, and refuses them.
    if ((await source.exactly(2)).toString('latin1') !== '\r\n') throw new BadRequest(400, 'A chunk does not end.');
    if (size === 0) return Buffer.concat(chunks);
  }
}

function parseLength(text: string, form: RegExp, base: number): number {
  if (!form.test(text)) throw new BadRequest(400, 'This is no length.');
  const length = Number.parseInt(text, base);
  if (length > MOST_BODY_BYTES) throw new BadRequest(413, 'The body is too long.');
  return length;
}

interface ByteSource {
  /** Everything up to and including the mark; `null` if the stream ended before its first byte. */
  through(mark: string, limit: number): Promise<Buffer | null>;
  exactly(length: number): Promise<Buffer>;
  /** As much as comes, up to so many octets. */
  pieces(length: number): AsyncGenerator<Buffer>;
}

function byteSource(socket: Socket): ByteSource {
  const incoming: AsyncIterator<Buffer> = socket.iterator({ destroyOnReturn: false });
  let waiting = Buffer.alloc(0);

  async function more(): Promise<boolean> {
    const { done, value } = await incoming.next();
    if (!done) waiting = Buffer.concat([waiting, value]);
    return !done;
  }

  function take(length: number): Buffer {
    const taken = waiting.subarray(0, length);
    waiting = waiting.subarray(length);
    return taken;
  }

  return {
    async through(mark, limit) {
      for (;;) {
        const at = waiting.indexOf(mark);
        if (at >= 0) return take(at + mark.length);
        if (waiting.length > limit) throw new BadRequest(431, 'The head is too long.');
        if (!(await more())) {
          if (waiting.length === 0) return null;
          throw new BadRequest(400, 'The request ends in the middle.');
        }
      }
    },
    async exactly(length) {
      while (waiting.length < length) if (!(await more())) throw new BadRequest(400, 'The body ends too early.');
      return take(length);
    },
    async *pieces(length) {
      for (let left = length; left > 0; ) {
        // Whoever vanishes has said all that he had to say.
        if (waiting.length === 0 && !(await more().catch(() => false))) return;
        const piece = take(Math.min(left, waiting.length));
        left -= piece.length;
        yield piece;
      }
    },
  };
}
