import { randomBytes } from 'node:crypto';
import type { Place } from '../place.ts';
import type { AddressBook } from '../store/address-book.ts';
import { join, u32 } from '../store/bytes.ts';
import type { StoreSession } from '../store/session.ts';
import type { NdrReader } from './ndr.ts';
import type { Syntax } from './pdu.ts';
import type { Level } from './security.ts';

/** Who calls, and what the server keeps for him. */
export interface Caller {
  readonly place: Place;
  readonly port: number;
  /** How well the call is protected by RPC itself. */
  readonly level: Level;
  readonly kept: Kept;
}

/** By context handle. */
export interface Kept {
  readonly stores: Map<string, StoreSession>;
  readonly books: Map<string, AddressBook>;
}

/** A new context handle. Its attributes are not zero, as nobody may look at them. */
export const newHandle = (attributes: number): string => join(u32(attributes), randomBytes(16)).toString('hex');

export interface Call {
  readonly name: string;
  /** @throws Fault, or NotReadable for arguments that nobody can read */
  answer(args: NdrReader, caller: Caller): Buffer;
}

/** What can be called at an endpoint. */
export interface Interface {
  readonly syntax: Syntax;
  /** By operation number. */
  readonly calls: Readonly<Record<number, Call>>;
}
