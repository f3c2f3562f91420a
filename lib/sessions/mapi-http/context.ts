/**
 * A session context of MAPI over HTTP: one user at one endpoint, held together by cookies. Requests go one after the other; what comes back
 * is a value on whichever layer it stopped. [MS-OXCMAPIHTTP] 3.1
 */
import { randomUUID } from 'node:crypto';
import type { SignInMethod, SignInSeen, Way } from '#lib/auth/signed-request.ts';
import { SignedTalk } from '#lib/auth/signed-talk.ts';
import type { Net } from '#lib/net/door.ts';
import { type HttpAnswer, type HttpRequest, header, type Patience } from '#lib/net/http-message.ts';
import type { Header } from '#lib/result/evidence.ts';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { WireError } from '#lib/wire/error.ts';
import type { RequestType } from '#lib/wire/mapi-http/request-types.ts';
import type { MapiHttpBody, MapiHttpStream } from '#lib/wire/mapi-http/stream.ts';
import { Conversation } from '../conversation.ts';
import { Cookies } from './cookies.ts';
import { codeOf, listen, type Unpacked, unpack } from './reading.ts';

export interface MapiEndpoint {
  readonly host: string;
  /** Path and query as they were handed out. */
  readonly path: string;
  readonly way: Way;
  /** Null where nobody has to sign in. */
  readonly method: SignInMethod | null;
  readonly mailbox: string;
  /** X-ClientApplication: Outlook/16.0.4266.1001 */
  readonly application: string;
}

/** What is asked for, and how the answer is read. */
export interface MapiRequest<T> {
  readonly type: RequestType;
  /** Left out: no body. */
  readonly encode?: (trace: Trace) => Uint8Array;
  readonly decode: (body: Uint8Array, trace: Trace) => T;
  readonly patience?: Patience;
  /** Hears how far the answer is, and says whether that is enough. */
  readonly until?: (stream: MapiHttpStream) => boolean;
}

/** Where it ended, from the outermost layer inwards. */
export type Outcome<T> =
  /** The sign-in came to no end. */
  | { readonly kind: 'sign-in'; readonly seen: SignInSeen & { readonly kind: 'obstacle' } }
  /** HTTP says no, or what came is no answer of this protocol: a page of somebody else. */
  | { readonly kind: 'http' }
  /** The protocol says no. X-ResponseCode */
  | { readonly kind: 'code'; readonly code: number; readonly page: Uint8Array }
  /** It ended before it was complete. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'malformed'; readonly error: WireError }
  | { readonly kind: 'answered'; readonly value: T };

export interface MapiReply<T> {
  readonly type: RequestType;
  readonly outcome: Outcome<T>;
  /** The last answer of HTTP. */
  readonly answer: HttpAnswer;
  readonly legs: SignInSeen['legs'];
  /** How the body came in; null where it could not be read as such. */
  readonly stream: MapiHttpBody | null;
  /** Content-Encoding that nobody had asked for. */
  readonly packed: string | null;
}

export class MapiContext {
  readonly endpoint: MapiEndpoint;
  readonly cookies: Cookies;
  readonly #net: Net;
  readonly #talk: SignedTalk;
  readonly #conversation: Conversation;
  readonly #ids: { readonly context: string; readonly client: string; count: number };

  constructor(net: Net, endpoint: MapiEndpoint, shared?: MapiContext) {
    this.endpoint = endpoint;
    this.#net = net;
    this.#talk = new SignedTalk(net, endpoint.way, endpoint.method);
    this.#conversation = new Conversation('MAPI over HTTP', endpoint.host, net.findSecrets);
    this.cookies = shared?.cookies ?? new Cookies();
    this.#ids = shared === undefined ? { context: randomUUID(), client: randomUUID(), count: 0 } : shared.#ids;
  }

  /** The same session over a connection of its own. Its messages are noted apart. */
  onAnotherConnection(): MapiContext {
    return new MapiContext(this.#net, this.endpoint, this);
  }

  /** Connections that were needed so far. */
  get connections(): number {
    return this.#talk.connections;
  }

  /** The messages since the last time that somebody asked. */
  takeMessages(): ReturnType<Conversation['take']> {
    return this.#conversation.take();
  }

  /**
   * Sends a request of the session and reads the answer.
   * @throws NetFailure
   */
  async send<T>(asked: MapiRequest<T>, signal: AbortSignal): Promise<MapiReply<T>> {
    const { type, encode, patience, until } = asked;
    const trace = new Trace();
    const body = encode?.(trace) ?? new Uint8Array();
    this.#conversation.note({ name: `${type} request`, direction: 'sent', bytes: body, trace });
    const heard = listen(until);
    const request: HttpRequest = {
      method: 'POST',
      path: this.endpoint.path,
      headers: this.#headers(type),
      body,
      binary: true,
      hear: heard.hear,
      patience: patience ?? USUAL,
    };
    const seen = await this.#talk.send(request, signal);
    if (seen.kind === 'obstacle')
      return {
        type,
        outcome: { kind: 'sign-in', seen },
        answer: seen.last,
        legs: seen.legs,
        stream: null,
        packed: null,
      };
    this.cookies.take(seen.answer.headers);
    const unpacked = unpack(seen.answer, heard);
    const outcome = this.#read(asked, seen.answer, unpacked);
    const { stream, packed } = unpacked;
    return { type, outcome, answer: seen.answer, legs: seen.legs, stream, packed };
  }

  /** Closes the connection; the session itself is the server's to forget. */
  close(): Promise<void> {
    return this.#talk.close();
  }

  #read<T>({ type, decode }: MapiRequest<T>, answer: HttpAnswer, unpacked: Unpacked): Outcome<T> {
    const note = (bytes: Uint8Array, trace?: Trace, problem?: WireError): void =>
      this.#conversation.note({
        ...{ name: `${type} response`, direction: 'received', bytes },
        ...(trace && { trace }),
        ...(problem && { problem }),
      });
    const { stream, error } = unpacked;
    if (answer.status !== 200) return { kind: 'http' };
    if (error !== null || stream === null) {
      const problem = error ?? new WireError('truncated', NOWHERE, 'it holds nothing');
      note(answer.body, undefined, problem);
      return { kind: 'malformed', error: problem };
    }
    const code = codeOf(answer, stream);
    if (stream.kind === 'untagged') {
      if (code !== null && code !== 0) return { kind: 'code', code, page: stream.body };
      if (!isOfProtocol(answer)) return { kind: 'http' };
      // PING may come back with no body at all.
      if (type === 'PING' && stream.body.length === 0)
        return { kind: 'answered', value: decode(stream.body, new Trace()) };
      const problem = new WireError('bad-value', NOWHERE, 'neither PROCESSING nor DONE');
      note(stream.body, undefined, problem);
      return { kind: 'malformed', error: problem };
    }
    if (stream.kind === 'unfinished') return { kind: 'unfinished' };
    if (code !== null && code !== 0) return { kind: 'code', code, page: stream.body };
    const trace = new Trace();
    try {
      const value = decode(stream.body, trace);
      note(stream.body, trace);
      return { kind: 'answered', value };
    } catch (failure) {
      if (!(failure instanceof WireError)) throw failure;
      note(stream.body, trace, failure);
      return { kind: 'malformed', error: failure };
    }
  }

  /** One character of a header is one octet: letters beyond ASCII go as UTF-8. */
  #headers(type: RequestType): Header[] {
    this.#ids.count += 1;
    const { context, client, count } = this.#ids;
    const { application } = this.endpoint;
    const mailbox = Buffer.from(this.endpoint.mailbox, 'utf8').toString('latin1');
    return [
      ['Content-Type', 'application/mapi-http'],
      ['User-Agent', 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)'],
      ['X-RequestType', type],
      ['X-RequestId', `{${context.toUpperCase()}}:${count}`],
      ['X-ClientInfo', `{${client.toUpperCase()}}:1`],
      ['X-ClientApplication', application],
      ['X-User-Identity', mailbox],
      ['X-AnchorMailbox', mailbox],
      ...this.cookies.header,
    ];
  }
}

/** A server that is still at work says so every 15 to 30 s; who is not done by then has nothing to do with what is tested. */
const USUAL: Patience = { firstByteMs: 30_000, pauseMs: 30_000, totalMs: 30_000 };

/** Whether it says that it is of this protocol, whatever it is. */
const isOfProtocol = (answer: HttpAnswer): boolean =>
  /^application\/mapi-http\b/i.test(header(answer.headers, 'content-type')?.trim() ?? '');

const NOWHERE = { path: 'mapiHttp.body', offset: 0, spec: '[MS-OXCMAPIHTTP] 2.2.2.2' };

/** The value of a header of the answer. */
export const headerOf = (answer: HttpAnswer, name: string): string | null => header(answer.headers, name);
