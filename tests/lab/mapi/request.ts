/** Reads a request as strictly as the document allows, and names the first thing that is wrong with it. [MS-OXCMAPIHTTP] 3.1.5 */
import { type HttpRequest, headerOf } from '../http/message.ts';
import type { Place } from '../place.ts';
import { mailboxId } from '../store/owner.ts';
import type { Refusal } from './response-codes.ts';

export type Endpoint = 'emsmdb' | 'nspi';

const MAILBOX_TYPES = ['Connect', 'Execute', 'Disconnect', 'NotificationWait', 'PING'] as const;

const BOOK_TYPES = [
  ...([
    'Bind',
    'Unbind',
    'CompareMIds',
    'DNToMId',
    'GetMatches',
    'GetPropList',
    'GetProps',
    'GetSpecialTable',
  ] as const),
  ...(['GetTemplateInfo', 'ModLinkAtt', 'ModProps', 'QueryColumns', 'QueryRows', 'ResolveNames'] as const),
  ...(['ResortRestriction', 'SeekEntries', 'UpdateStat', 'GetMailboxUrl', 'GetAddressBookUrl', 'PING'] as const),
] as const;

export type RequestType = (typeof MAILBOX_TYPES)[number] | (typeof BOOK_TYPES)[number];

const typesOf: Readonly<Record<Endpoint, readonly RequestType[]>> = { emsmdb: MAILBOX_TYPES, nspi: BOOK_TYPES };

export interface MapiRequest {
  readonly endpoint: Endpoint;
  readonly type: RequestType;
  /** As they came, to be sent back. */
  readonly requestId: string;
  readonly clientInfo: string;
  readonly number: number;
  readonly cookies: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** The endpoint at a path; null for all other paths. */
export function endpointAt(path: string): Endpoint | null {
  const [, name] = /^\/mapi\/(emsmdb|nspi)\/?$/.exec(path) ?? [];
  return name === 'emsmdb' || name === 'nspi' ? name : null;
}

/** Which mailbox the query names: the world's, another one, or none. */
export function mailboxAskedFor({ target }: HttpRequest, place: Place): 'own' | 'strange' | 'none' {
  const id = new URLSearchParams(target.split('?')[1] ?? '').get('MailboxId');
  if (id === null) return 'none';
  return id.toLowerCase() === mailboxId(place).toLowerCase() ? 'own' : 'strange';
}

const COUNTED = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?:(\d{1,10})$/i;
const APPLICATION = /^[A-Za-z][\w ]*\/\d+\.\d+\.\d+\.\d+$/;

export function readMapiRequest(request: HttpRequest, endpoint: Endpoint): MapiRequest | Refusal {
  if (request.method !== 'POST') return 'invalid verb';
  const given = (name: string) => headerOf(request, name);
  const [type, requestId, clientInfo] = [given('x-requesttype'), given('x-requestid'), given('x-clientinfo')];
  const application = given('x-clientapplication');
  if (type === undefined || requestId === undefined || clientInfo === undefined || application === undefined)
    return 'missing header';
  const known = typesOf[endpoint].find((each) => each === type);
  if (known === undefined) return 'invalid request type';
  // Nothing is said of what is not there.
  const wanted = known === 'PING' ? [undefined, 'application/mapi-http'] : ['application/mapi-http'];
  const number = COUNTED.exec(requestId)?.[1];
  if (number === undefined || !COUNTED.test(clientInfo) || !APPLICATION.test(application)) return 'invalid header';
  if (!wanted.includes(given('content-type'))) return 'invalid header';
  if (known === 'PING' && request.body.length > 0) return 'invalid request body';
  return {
    endpoint,
    type: known,
    requestId,
    clientInfo,
    number: Number(number),
    cookies: cookiesOf(request),
    body: request.body,
  };
}

/** By name; the values are nobody's business but the server's. RFC 6265 4.2 */
function cookiesOf({ headers }: HttpRequest): ReadonlyMap<string, string> {
  const lines = headers.flatMap(([name, value]) => (name.toLowerCase() === 'cookie' ? value.split('; ') : []));
  return new Map(lines.map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)]));
}
