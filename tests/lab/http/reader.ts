import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Connection, Header, HttpRequest } from './message.ts';

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
    yield { ...request, connection, body: await readBody(source, request.headers) };
  }
}

function connectionOf(socket: Socket): Connection {
  if (!(socket instanceof TLSSocket)) return { encrypted: false, certificate: null };
  return { encrypted: true, certificate: socket.getX509Certificate()?.raw ?? null };
}

type Head = Omit<HttpRequest, 'body' | 'connection'>;

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
  };
}
