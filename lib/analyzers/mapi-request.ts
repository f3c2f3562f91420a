/** What the tests are asked that open a mailbox by MAPI over HTTP: `mapi-http`, and `outlook`, which comes to it by itself. */
import type { Args } from '#lib/result/message.ts';
import { offersMapiHttp } from './clients.ts';
import { isTicked, type MailboxRequest, notSpoken, parseMailboxFields } from './mailbox-request.ts';
import type { ParsedRequest, Values } from './request.ts';
import { errorsIn, errorsOf, type Field, type Fields, parseHost } from './target.ts';

/** What is done once the mailbox is open. */
export interface Looking {
  /** For how long a waiting request (NotificationWait) is kept open, beside the short one that is always made; 0: it is not. */
  readonly longWaitMs: number;
  /** Neither names of folders nor how much is in them come into the result. */
  readonly hideFolders: boolean;
}

export interface OutlookRequest extends MailboxRequest, Looking {
  readonly analyzer: 'outlook';
}

export interface MapiRequest extends MailboxRequest, Looking {
  readonly analyzer: 'mapi-http';
  /** The https URL of the mailbox service, to be used as it was typed, its query included; null: the one that Autodiscover names. */
  readonly server: string | null;
}

/** @param values `longWait`, in seconds, and `hideFolders`, not empty where it was ticked */
export function parseOutlookRequest(values: Values): ParsedRequest {
  const [mailbox, looking] = [parseMailboxFields(values), parseLooking(values)];
  if (!mailbox.ok || !looking.ok) return { ok: false, errors: errorsIn([mailbox, looking]) };
  return { ok: true, request: { analyzer: 'outlook', ...mailbox.value, ...looking.value } };
}

/** @param values the same, and `server` */
export function parseMapiRequest(values: Values): ParsedRequest {
  const server = parseMailboxUrl(values.server ?? '');
  const [mailbox, looking] = [parseMailboxFields(values), parseLooking(values)];
  if (!mailbox.ok || !looking.ok || !server.ok)
    return { ok: false, errors: [...errorsIn([mailbox]), ...errorsOf({ server }), ...errorsIn([looking])] };
  if (!offersMapiHttp(mailbox.value.client))
    return { ok: false, errors: [notSpoken(mailbox.value.client, 'MAPI over HTTP')] };
  return { ok: true, request: { analyzer: 'mapi-http', ...mailbox.value, server: server.value, ...looking.value } };
}

/** What differs from the usual, by the names of the form's fields. */
export function lookingOptions({ longWaitMs, hideFolders }: Looking): Args {
  return {
    ...(longWaitMs > 0 && { longWait: String(longWaitMs / 1000) }),
    ...(hideFolders && { hideFolders: 'yes' }),
  };
}

function parseLooking(values: Values): Fields<Looking> {
  const longWait = parseLongWait(values.longWait ?? '');
  if (!longWait.ok) return { ok: false, errors: errorsOf({ longWait }) };
  return { ok: true, value: { longWaitMs: longWait.value * 1000, hideFolders: isTicked(values, 'hideFolders') } };
}

/** Seconds. What keeps quiet connections at all keeps them for that long, and a run has to end. */
const LONGEST_WAIT = 1_800;

function parseLongWait(text: string): Field<number> {
  const seconds = text.trim() === '' ? 0 : /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (seconds <= LONGEST_WAIT) return { ok: true, value: seconds };
  return { ok: false, message: `The long wait is a whole number of seconds from 0 to ${LONGEST_WAIT}.` };
}

const LONGEST_URL = 2_000;
const EXAMPLE = 'such as https://mail.contoso.example/mapi/emsmdb/?MailboxId=… as Autodiscover names it.';

const bad = (message: string): Field<never> => ({ ok: false, message });

/** The URL of the mailbox service; null where nothing was entered. [MS-OXCMAPIHTTP] 2.1: https alone. */
function parseMailboxUrl(text: string): Field<string | null> {
  const address = text.trim();
  if (address === '') return { ok: true, value: null };
  if (address.length > LONGEST_URL) return bad(`The URL is longer than ${LONGEST_URL} characters.`);
  // The parser takes them out, and what is tested were not what was typed.
  if (/\p{Cc}/u.test(address)) return bad('The URL holds a line end or another control character.');
  const url = URL.parse(address);
  if (url?.protocol === 'http:') return bad('MAPI over HTTP is encrypted always: its URL begins with https://.');
  if (url?.protocol !== 'https:') return bad(`This is not a URL that begins with https://, ${EXAMPLE}`);
  const host = parseHost(url.hostname);
  if (!host.ok) return host;
  if (url.username !== '' || url.password !== '') return bad('The URL holds no user name; there is a field for that.');
  if (url.hash !== '') return bad('The URL ends before the "#", which is not sent to any server.');
  if (url.pathname === '/') return bad(`This is the host alone; the whole URL is wanted, ${EXAMPLE}`);
  return { ok: true, value: address };
}
