/** What an exchange consists of: the connection, the request as a probe asks for it, and the answer as it came. */
import type { Socket } from 'node:net';
import type { Evidence, Header } from '#lib/result/evidence.ts';
import type { Dialed } from './dialer.ts';

/** A plain socket or a TLS socket; a TlsSession is one. */
export interface Connection {
  readonly dialed: Dialed;
  readonly socket: Socket;
  /** Null where nothing is encrypted. */
  readonly tlsMs: number | null;
}

/** A connection over which HTTP goes unencrypted: nothing secret may be sent. */
export function plain(dialed: Dialed): Connection {
  return { dialed, socket: dialed.socket, tlsMs: null };
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'OPTIONS';
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: string | Uint8Array;
  /** What comes is bytes and says nothing as text: evidence keeps its size only. */
  readonly binary?: true;
  /** The most that the answer may bring; without it `limits.bodyBytes`. */
  readonly answerBytes?: number;
}

export interface HttpAnswer {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly status: number;
  /** In the order and spelling of the wire, repeated ones apart. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  readonly evidence: Evidence;
}

/** The value of the first header of this name, in whatever case. */
export function header(headers: readonly Header[], name: string): string | null {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? null;
}
