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
  /** The last two are those of RPC over HTTP, which go over a duplex. */
  readonly method: 'GET' | 'POST' | 'HEAD' | 'OPTIONS' | 'RPC_IN_DATA' | 'RPC_OUT_DATA';
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: string | Uint8Array;
  /** What comes is bytes and says nothing as text: evidence keeps its size only. */
  readonly binary?: true;
  /** The most that the answer may bring; without it `limits.bodyBytes`. */
  readonly answerBytes?: number;
  /** How long a slow answer is waited for; without it the limits of every exchange. */
  readonly patience?: Patience;
  /** Hears each piece of a body as it comes, and says whether that is enough; the connection is used up then. */
  readonly hear?: (piece: Uint8Array, status: number) => boolean;
}

/** All in milliseconds. */
export interface Patience {
  /** Until the answer begins. */
  readonly firstByteMs: number;
  /** Of silence in the middle of it. */
  readonly pauseMs: number;
  /** From the request to the last byte. */
  readonly totalMs: number;
}

export interface HttpAnswer {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly status: number;
  /** What stood behind the status, where that was kept. */
  readonly reason?: string;
  /** In the order and spelling of the wire, repeated ones apart. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  readonly evidence: Evidence;
  readonly timings: Timings;
}

/** In milliseconds; what an earlier exchange has paid for is null. */
export interface Timings {
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  /** From the request to the first byte of the answer; null where none came. */
  readonly firstByteMs: number | null;
  readonly totalMs: number;
}

/** The value of the first header of this name, in whatever case. */
export function header(headers: readonly Header[], name: string): string | null {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? null;
}
