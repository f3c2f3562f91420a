import type { Socket } from 'node:net';
import type { Listening } from './net/listen.ts';
import type { Authority } from './pki/authority.ts';
import type { Random } from './random.ts';
import type { Tally } from './tally.ts';

/** The one mailbox of a world, as its mail system knows it. */
export interface Mailbox {
  email: string;
  username: string;
  password: string;
}

/** Where something listens, and what it may know about the world around it. */
export interface Place {
  /** The DNS name of the host. */
  host: string;
  address: string;
  port: number;
  /** The mail domain of the world. */
  domain: string;
  /** The other one. */
  otherDomain: string;
  mailbox: Mailbox;
  authority: Authority;
  tally: Tally;
  /** Chance for one more connection; the n-th connection to a host always gets the same. */
  nextRandom(): Random;
}

/** Opens a port at a place. */
export type Listener = (place: Place) => Promise<Listening>;

/** Holds the conversation on one connection that has just come in. */
export type Talk = (socket: Socket, place: Place) => void;
