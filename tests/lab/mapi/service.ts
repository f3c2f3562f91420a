/** MAPI over HTTP as Exchange serves it: two endpoints behind one sign-in, and a page that says that they are well. [MS-OXCMAPIHTTP] */
import { type Body, type Handler, type Header, type HttpAnswer, type HttpRequest, pathOf } from '../http/message.ts';
import { notFound } from '../mail/not-found.ts';
import type { Place } from '../place.ts';
import type { Random } from '../random.ts';
import { AddressBook, type AddressBookBend } from '../store/address-book.ts';
import { NotReadable } from '../store/bytes.ts';
import { SUCCESS } from '../store/codes.ts';
import { SERVER_FQDN } from '../store/owner.ts';
import { connectToStore, type StoreBend, StoreSession } from '../store/session.ts';
import { Context, Contexts } from './contexts.ts';
import { connectBody, disconnectBody, executeBody, readConnect, readDisconnect, readWait, waitBody } from './emsmdb.ts';
import { bindBody, callBody, unbindBody } from './nspi.ts';
import {
  type Endpoint,
  endpointAt,
  type MapiRequest,
  mailboxAskedFor,
  type RequestType,
  readMapiRequest,
} from './request.ts';
import { asExchange, type Numbering, type Refusal, refusal } from './response-codes.ts';
import { bodyStream } from './stream.ts';

/** How the service is bent. */
export interface MapiBend {
  /** What it says that it is; null: nothing. */
  application?: string | null;
  numbering?: Numbering;
  /** Requests of these types are refused, whatever they say; all of them without a list. `late`: when the answer has begun well. */
  refusing?: { readonly why: Refusal; readonly types?: readonly RequestType[]; readonly late?: true };
  /** How long the server thinks about answers to requests of these types; without a list, about all. */
  slow?: { readonly ms: number; readonly types?: readonly RequestType[] };
  /** How often it says meanwhile that it still does. */
  pendingPeriodMs?: number;
  /** How long it waits for something to happen in the mailbox. */
  waitMs?: number;
  expiresAfterMs?: number;
  /** Other bytes in the place of an answer's. */
  change?: (type: RequestType, binary: Buffer) => Buffer;
  /** Another body, signs of life and all. */
  body?: (type: RequestType, usual: Body, random: Random) => Body;
}

/** What the store and the address book are like that it shows. */
export interface MapiStores {
  readonly store?: StoreBend | undefined;
  readonly addressBook?: AddressBookBend | undefined;
}

/** Exchange Server SE. */
const CURRENT_APPLICATION = 'Exchange/15.02.2562.017';

const FIVE_MINUTES = 300_000;
const FIFTEEN_MINUTES = 900_000;

/** The page by which balancers see that the service lives; nobody has to sign in for it. Null for every other path. */
export function healthPage(path: string): HttpAnswer | null {
  if (path !== '/mapi/healthcheck.htm') return null;
  return { status: 200, headers: [['Content-Type', 'text/html']], body: `200 OK<br/>${SERVER_FQDN}` };
}

/** Answers whoever has signed in. People who look with a browser are left to others: for their requests it is null. */
export function mapiService(bend: MapiBend = {}, stores: MapiStores = {}) {
  const service = new Service(bend, stores);
  return (request: HttpRequest, place: Place, random: Random): ReturnType<Handler> | null => {
    const endpoint = endpointAt(pathOf(request));
    if (endpoint === null || request.method === 'GET') return null;
    return service.answer(request, endpoint, place, random);
  };
}

class Service {
  readonly #bend: MapiBend;
  readonly #stores: MapiStores;
  readonly #contexts = new Contexts();

  constructor(bend: MapiBend, stores: MapiStores) {
    this.#bend = bend;
    this.#stores = stores;
  }

  answer(request: HttpRequest, endpoint: Endpoint, place: Place, random: Random): ReturnType<Handler> {
    const asked = readMapiRequest(request, endpoint);
    if (typeof asked === 'string') return this.#refuse(asked);
    const mailbox = mailboxAskedFor(request, place);
    if (mailbox === 'none') return this.#refuse('invalid path');
    if (mailbox === 'strange') return mailboxNotFound();
    const { refusing } = this.#bend;
    if (refusing && (refusing.types ?? [asked.type]).includes(asked.type))
      return refusing.late ? this.#refuseLate(refusing.why, asked, random) : this.#refuse(refusing.why);
    try {
      return this.#carryOut(asked, place, random);
    } catch (error) {
      if (error instanceof NotReadable) return this.#refuse('invalid request body');
      throw error;
    }
  }

  #carryOut(asked: MapiRequest, place: Place, random: Random): HttpAnswer {
    if (asked.type === 'Connect') return this.#connect(asked, random);
    if (asked.type === 'Bind') return this.#bind(asked, place, random);
    const context = this.#contexts.find(asked);
    if (typeof context === 'string') return this.#refuse(context);
    const isHere = context.opened instanceof StoreSession === (asked.endpoint === 'emsmdb');
    if (!isHere) return this.#refuse('context not found');
    const fault = context.admit(asked, this.#bend.expiresAfterMs ?? FIFTEEN_MINUTES);
    if (fault !== null) return this.#refuse(fault);
    const binary = bodyFor(asked, context, place, random);
    const answer = this.#success(asked, binary, context, random);
    if (asked.type === 'Disconnect' || asked.type === 'Unbind') this.#contexts.remove(context);
    return answer;
  }

  #connect(asked: MapiRequest, random: Random): HttpAnswer {
    const answer = connectToStore(readConnect(asked.body), this.#stores.store);
    return this.#open(asked, answer.session, connectBody(answer, random), random);
  }

  #bind(asked: MapiRequest, place: Place, random: Random): HttpAnswer {
    const book = new AddressBook(place, this.#stores.addressBook);
    const { status, body } = bindBody(asked.body, book, random);
    return this.#open(asked, status === SUCCESS ? book : null, body, random);
  }

  /** Who comes with the cookies of an old context gets a new one in its place. */
  #open(asked: MapiRequest, opened: Context['opened'] | null, binary: Buffer, random: Random): HttpAnswer {
    const old = this.#contexts.find(asked);
    if (typeof old !== 'string') this.#contexts.remove(old);
    if (opened === null) return this.#success(asked, binary, null, random);
    const context = new Context(opened);
    context.begin(asked);
    this.#contexts.add(context);
    return this.#success(asked, binary, context, random);
  }

  #success(asked: MapiRequest, binary: Buffer, context: Context | null, random: Random): HttpAnswer {
    const { type, requestId, clientInfo } = asked;
    const { pendingPeriodMs = 250, expiresAfterMs = FIFTEEN_MINUTES, slow, waitMs = FIVE_MINUTES } = this.#bend;
    const isWait = type === 'NotificationWait';
    const isSlow = slow !== undefined && (slow.types ?? [type]).includes(type);
    const work = {
      ms: isWait ? waitMs : isSlow ? slow.ms : 0,
      pendingPeriodMs,
      ...(isWait && context && { until: context.ended }),
    };
    const changed = this.#bend.change?.(type, binary) ?? binary;
    const usual = bodyStream(changed, work, random);
    const body = this.#bend.body?.(type, usual, random) ?? usual;
    return {
      status: 200,
      headers: [
        ['Content-Type', 'application/mapi-http'],
        ['X-RequestType', type],
        ['X-RequestId', requestId],
        ['X-ClientInfo', clientInfo],
        ['X-ResponseCode', '0'],
        ['X-PendingPeriod', String(pendingPeriodMs)],
        ['X-ExpirationInfo', String(expiresAfterMs)],
        ...this.#application(),
        ...(context?.cookies(type) ?? []),
      ],
      body: context && !isWait ? whileBusy(body, context) : body,
    };
  }

  #refuse(why: Refusal): HttpAnswer {
    const answer = refusal(why, this.#bend.numbering ?? asExchange);
    return { ...answer, headers: [...(answer.headers ?? []), ...this.#application()] };
  }

  /** The head of the answer knew nothing of it yet. */
  #refuseLate(why: Refusal, asked: MapiRequest, random: Random): HttpAnswer {
    const { body = '', headers = [] } = refusal(why, this.#bend.numbering ?? asExchange);
    const late = headers.map(([name, value]) => `${name}: ${value}`);
    const page = bodyStream(Buffer.from(String(body)), { ms: 0, pendingPeriodMs: 0, headers: late }, random);
    return { ...this.#success(asked, Buffer.alloc(0), null, random), body: page };
  }

  #application(): Header[] {
    const { application = CURRENT_APPLICATION } = this.#bend;
    return application === null ? [] : [['X-ServerApplication', application]];
  }
}

function bodyFor(asked: MapiRequest, { opened }: Context, place: Place, random: Random): Buffer {
  const { type, body } = asked;
  if (type === 'PING') return Buffer.alloc(0);
  if (opened instanceof AddressBook)
    return type === 'Unbind' ? unbindBody(body, random) : callBody(type, body, opened, place, random);
  if (type === 'Execute') return executeBody(body, opened, random);
  if (type === 'NotificationWait') {
    readWait(body);
    return waitBody(random);
  }
  readDisconnect(body);
  return disconnectBody(random);
}

/** As long as the answer is on its way, no other request may come. */
function whileBusy(body: Body, context: Context): Body {
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  async function* guarded(stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    context.isBusy = true;
    try {
      yield* stream;
    } finally {
      context.isBusy = false;
    }
  }
  return { stream: guarded(body.stream) };
}

/** The front end looks for the server of the mailbox, and knows none. */
function mailboxNotFound(): HttpAnswer {
  const { headers = [], ...rest } = notFound();
  return { ...rest, headers: [...headers, ['X-CasErrorCode', 'MailboxGuidWithDomainNotFound']] };
}
