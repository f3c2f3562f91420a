/** What a redirect says, read: the URL or the address that a client may go on with, or why nobody may. */
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { type HttpAnswer, header } from '#lib/net/http-message.ts';
import { isRedirect } from './http-status.ts';

/** A redirect as it was met. */
export interface Signpost {
  /** The URL, address or name that sent the client on. */
  readonly from: string;
  readonly how: string;
  /** As the server wrote it; empty where it named nothing. */
  readonly location: string;
  readonly kind: 'url' | 'address';
}

/** Where an HTTP answer sends the client; null for one that does not. */
export function signpostIn(answer: HttpAnswer): Signpost | null {
  if (!isRedirect(answer)) return null;
  const { host, path, status } = answer;
  const location = header(answer.headers, 'location') ?? '';
  return { from: `https://${host}${path}`, how: `HTTP ${status}`, location, kind: 'url' };
}

export type Destination =
  | {
      readonly kind: 'url';
      readonly host: string;
      readonly port: number;
      /** With the query, if there is one. */
      readonly path: string;
      /** As it stands in the trail. */
      readonly place: string;
      /** A host of the vendor's own service, which Outlook follows without a question. */
      readonly known: boolean;
    }
  | {
      readonly kind: 'address';
      readonly mailbox: string;
      /** Its domain. */
      readonly host: string;
      readonly place: string;
    };

export type Read =
  | { readonly ok: true; readonly destination: Destination }
  | { readonly ok: false; readonly reason: string };

const LONGEST = 2_000;
/** Microsoft 365's own Autodiscover hosts. */
const MICROSOFT = [
  'autodiscover-s.outlook.com',
  'autodiscover.outlook.com',
  'outlook.office365.com',
  'outlook.office.com',
];

/** Whether a host is one by which Microsoft 365 itself speaks. */
export const isMicrosoftHost = (host: string): boolean => MICROSOFT.includes(host.toLowerCase());

/** Reads a signpost. A relative URL is taken from where it was met. RFC 9110 10.2.2 */
export function destinationOf({ kind, location, from }: Signpost): Read {
  const written = location.trim();
  if (written === '') return no('it names no place');
  if (written.length > LONGEST) return no(`the place has more than ${LONGEST} characters`);
  return kind === 'url' ? urlOf(written, from) : addressOf(written);
}

const no = (reason: string): Read => ({ ok: false, reason });

function urlOf(written: string, from: string): Read {
  const url = URL.parse(written, URL.canParse(from) ? from : undefined);
  if (url === null) return no('it is not a URL');
  if (url.protocol === 'http:') return no('it is not encrypted');
  if (url.protocol !== 'https:') return no(`nothing can be asked over "${url.protocol.slice(0, 40)}"`);
  if (url.username !== '' || url.password !== '') return no('it carries a user name');
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0)
    return no('it names an address, for which no certificate is issued');
  const host = url.hostname.replace(/\.$/, '');
  if (host === '' || url.port === '0') return no('it is not a URL');
  const path = url.pathname + url.search;
  const place = `https://${host}${url.port === '' ? '' : `:${url.port}`}${path}`;
  const port = url.port === '' ? 443 : Number(url.port);
  // IIS compares paths without case, so a circle may come back in other letters.
  return {
    ok: true,
    destination: { kind: 'url', host, port, path, place: place.toLowerCase(), known: isMicrosoftHost(host) },
  };
}

/** At least two parts. RFC 5321 4.1.2, with the underscore that some have */
const DOMAIN = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+$/;
/** What an address cannot be shown with, or that would end a line. */
const UNFIT = /[\s\p{Cc}\p{Bidi_Control}\ufeff]/u;

function addressOf(written: string): Read {
  const at = written.lastIndexOf('@');
  const host = domainToASCII(written.slice(at + 1));
  const isDomain = DOMAIN.test(host) && isIP(host) === 0;
  if (at < 1 || !isDomain || UNFIT.test(written)) return no('it is not an e-mail address');
  const mailbox = `${written.slice(0, at)}@${host}`;
  return { ok: true, destination: { kind: 'address', mailbox, host, place: mailbox.toLowerCase() } };
}

/** Whose word a signpost is: the host of a URL, the domain of an address, the name of a record. */
export function hostIn(from: string): string {
  return URL.canParse(from) ? new URL(from).hostname : from.slice(from.lastIndexOf('@') + 1);
}
