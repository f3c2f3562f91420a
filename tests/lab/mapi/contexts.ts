/** Session contexts: what a client has opened, known by the cookies that it sends back. [MS-OXCMAPIHTTP] 3.2.5.1 */
import { randomBytes } from 'node:crypto';
import type { Header } from '../http/message.ts';
import type { AddressBook } from '../store/address-book.ts';
import type { StoreSession } from '../store/session.ts';
import type { MapiRequest, RequestType } from './request.ts';
import type { Refusal } from './response-codes.ts';

const CONTEXT = 'MapiContext';
const SEQUENCE = 'MapiSequence';

/** So many are kept: a lab may run for days. */
const MOST_CONTEXTS = 1_000;

export class Context {
  readonly id = randomBytes(18).toString('base64');
  readonly opened: StoreSession | AddressBook;
  /** Resolves when the client says goodbye: whoever waits need not wait any longer. */
  readonly ended: Promise<void>;
  readonly end: () => void;
  /** Somebody works on a request, and no other may come meanwhile. */
  isBusy = false;
  #sequence = '';
  #number = 0;
  #counter = '';
  #usedAt = Date.now();

  constructor(opened: StoreSession | AddressBook) {
    this.opened = opened;
    const { promise, resolve } = Promise.withResolvers<void>();
    [this.ended, this.end] = [promise, resolve];
  }

  /** What is wrong with one more request. */
  admit({ type, cookies, requestId, number }: MapiRequest, expiresAfterMs: number): Refusal | null {
    if (Date.now() - this.#usedAt > expiresAfterMs) return 'context not found';
    if (!isBesideOthers(type)) {
      if (!cookies.has(SEQUENCE)) return 'missing cookie';
      if (cookies.get(SEQUENCE) !== this.#sequence || this.isBusy) return 'invalid sequence';
    }
    // One counter for a context, and each number once. Those that travel side by side may overtake each other.
    const [counter = ''] = requestId.split(':');
    const isNew = number > this.#number || (isBesideOthers(type) && number !== this.#number);
    if (this.#counter !== '' && (counter !== this.#counter || !isNew)) return 'invalid header';
    [this.#counter, this.#number, this.#usedAt] = [counter, Math.max(number, this.#number), Date.now()];
    return null;
  }

  /** The counter begins with the request that opens the context. */
  begin({ requestId, number }: MapiRequest): void {
    [this.#counter = '', this.#number] = [requestId.split(':')[0], number];
  }

  /** What the client has to send back from now on. A goodbye brings nothing new, nor does what may overtake others. */
  cookies(type: RequestType): Header[] {
    const own = cookie(CONTEXT, this.id);
    if (isBesideOthers(type) || type === 'Disconnect' || type === 'Unbind') return [own];
    this.#sequence = `${this.#number}-${randomBytes(12).toString('base64')}`;
    return [own, cookie(SEQUENCE, this.#sequence)];
  }
}

const cookie = (name: string, value: string): Header => [
  'Set-Cookie',
  `${name}=${value}; path=/mapi; secure; HttpOnly`,
];

/** What may be under way while another request is. */
const isBesideOthers = (type: RequestType): boolean => type === 'NotificationWait' || type === 'PING';

export class Contexts {
  readonly #known = new Map<string, Context>();

  add(context: Context): void {
    this.#known.set(context.id, context);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_CONTEXTS && oldest !== undefined) this.#known.delete(oldest);
  }

  /** The context that the cookies name, or what is wrong with them. */
  find({ cookies }: MapiRequest): Context | Refusal {
    const id = cookies.get(CONTEXT);
    if (id === undefined) return 'missing cookie';
    if (!/^[A-Za-z0-9+/]{24}$/.test(id)) return 'invalid context cookie';
    return this.#known.get(id) ?? 'context not found';
  }

  remove(context: Context): void {
    this.#known.delete(context.id);
    context.end();
  }
}
