/** From an answer of HTTP to the body of the protocol: unpacked where somebody on the way has packed it. */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { type HttpAnswer, header } from '#lib/net/http-message.ts';
import { WireError } from '#lib/wire/error.ts';
import { readNumber } from '#lib/wire/mapi-http/response-code.ts';
import { type MapiHttpBody, MapiHttpStream } from '#lib/wire/mapi-http/stream.ts';

/** What came in, while it came. */
export interface Heard {
  readonly stream: MapiHttpStream;
  error: WireError | null;
}

/** @param until hears how far it is, and says whether that is enough */
export function listen(
  until?: (stream: MapiHttpStream) => boolean,
): Heard & { readonly hear: (piece: Uint8Array, status: number) => boolean } {
  const started = performance.now();
  const heard = {
    stream: new MapiHttpStream(),
    error: null as WireError | null,
    hear: (piece: Uint8Array, status: number): boolean => {
      // The legs of a sign-in have bodies of their own.
      if (status !== 200) return false;
      try {
        heard.stream.push(piece, performance.now() - started);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        heard.error = error;
        return true;
      }
      return until?.(heard.stream) ?? false;
    },
  };
  return heard;
}

export interface Unpacked {
  readonly stream: MapiHttpBody | null;
  readonly error: WireError | null;
  readonly packed: string | null;
}

/** Bodies of this protocol stay far below. */
const MOST_UNPACKED = 4 * 1024 * 1024;

const decoders = { gzip: gunzipSync, 'x-gzip': gunzipSync, deflate: inflateSync, br: brotliDecompressSync } as const;

/** Nobody asked for a packed answer; where one comes all the same, it is read. */
export function unpack(answer: HttpAnswer, heard: Heard): Unpacked {
  const packed = header(answer.headers, 'content-encoding')?.trim().toLowerCase() ?? null;
  if (packed === null || packed === 'identity' || packed === '')
    return { stream: heard.error === null ? heard.stream.end() : null, error: heard.error, packed: null };
  const decode = Object.entries(decoders).find(([name]) => name === packed)?.[1];
  const name = packed.slice(0, 40);
  if (decode === undefined)
    return { stream: null, error: unreadable('a Content-Encoding that is not known'), packed: name };
  try {
    const stream = new MapiHttpStream();
    stream.push(decode(answer.body, { maxOutputLength: MOST_UNPACKED }), 0);
    return { stream: stream.end(), error: null, packed: name };
  } catch (error) {
    const told = error instanceof WireError ? error : unreadable('what is packed cannot be unpacked');
    return { stream: null, error: told, packed: name };
  }
}

/** What the stream itself says goes before what the head of the answer said. */
export function codeOf(answer: HttpAnswer, stream: MapiHttpBody): number | null {
  const own = stream.kind === 'complete' ? stream.responseCode : null;
  return own ?? readNumber(header(answer.headers, 'x-responsecode') ?? '');
}

const unreadable = (reason: string): WireError =>
  new WireError('bad-value', { path: 'mapiHttp.body', offset: 0, spec: '[MS-OXCMAPIHTTP] 2.2.2.2' }, reason);
