import type { Place } from '../place.ts';
import type { Random } from '../random.ts';

export type Header = readonly [name: string, value: string];

/** The connection over which requests come. Whoever has to remember something about one of them asks whether it is the same object. */
export interface Connection {
  readonly encrypted: boolean;
  /** What the server has shown on it, in DER. */
  readonly certificate: Uint8Array | null;
}

export interface HttpRequest {
  connection: Connection;
  method: string;
  /** The request target as it came. */
  target: string;
  version: '1.0' | '1.1';
  /** In their order, as they came. */
  headers: readonly Header[];
  /** Empty where it is read while it comes. */
  body: Buffer;
  /** The body of a channel of RPC over HTTP; null for every other request. */
  channel: ChannelBody | null;
}

/** A body that nobody waits for until it is whole: it is as long as the channel lives. [MS-RPCH] 2.1.2.1 */
export interface ChannelBody {
  /** What the head announces. */
  readonly length: number;
  /** Says that it may come, where the client waits for that, and gives what comes. */
  accept(): AsyncIterable<Uint8Array>;
  /** Resolves when the connection is closed, whoever did that. */
  readonly closed: Promise<void>;
  hangUp(): void;
}

/** Parts of a body that are made while they are sent, at the speed at which the client takes them. */
export type BodyStream = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Where a stream has a length, that is announced; what follows may be less. Not even the head goes out before `after`. */
export type Body = string | Uint8Array | { stream: BodyStream; length?: number; after?: Promise<unknown> };

export interface HttpAnswer {
  status: number;
  /** What stands beside the status, where it is not the usual word. */
  reason?: string;
  headers?: readonly Header[];
  body?: Body;
  /** Close the connection after this answer. */
  close?: boolean;
  /** Nothing is sent before all of it is there. */
  held?: boolean;
}

/** Answers a request; `silence` leaves it without an answer and the connection open. */
export type Handler = (request: HttpRequest, place: Place, random: Random) => HttpAnswer | typeof silence;

export const silence = Symbol('no answer');

/** The value of the first header of that name, whatever its case. */
export function headerOf({ headers }: Pick<HttpRequest, 'headers'>, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}

/** The path without query, in lower case, as IIS compares it. */
export function pathOf({ target }: HttpRequest): string {
  return (target.split('?')[0] ?? '').toLowerCase();
}
