/** Autodiscover version 2: one address for one protocol, without credentials. Exchange 2016 and later; no document specifies it. */
import { type Decoded, noteType, notJson, readText } from './document.ts';
import { MAX_ROWS, type Row, type Service, type ServiceUrl } from './settings.ts';
import { Notebook } from './untidy.ts';

export const JSON_PATH = '/autodiscover/autodiscover.json';

/** Those that tell about an Exchange server; clouds know many more. */
export type JsonProtocol = 'AutodiscoverV1' | 'ActiveSync' | 'Ews' | 'Rest' | 'MapiHttp' | (string & {});

export interface JsonQuestion {
  readonly address: string;
  readonly protocol: JsonProtocol;
  /** How often the question was sent on already. */
  readonly redirects?: number;
}

/** Path and query of the question. The at sign stays as it is: every client sends it so. */
export function jsonPath({ address, protocol, redirects = 0 }: JsonQuestion): string {
  const mailbox = encodeURIComponent(address.toWellFormed()).replaceAll('%40', '@');
  const count = redirects > 0 ? `&RedirectCount=${redirects}` : '';
  return `${JSON_PATH}/v1.0/${mailbox}?Protocol=${encodeURIComponent(protocol.toWellFormed())}${count}`;
}

export type JsonResponse =
  | {
      readonly kind: 'endpoint';
      /** As the server writes it, null where it is missing. */
      readonly protocol: string | null;
      readonly url: string;
      readonly urls: readonly ServiceUrl[];
      readonly rows: readonly Row[];
    }
  /** The protocol is known, but its address is empty. */
  | { readonly kind: 'not-offered'; readonly protocol: string | null; readonly rows: readonly Row[] }
  /** With any HTTP status, 200 included. */
  | { readonly kind: 'error'; readonly code: string; readonly message: string; readonly rows: readonly Row[] }
  /** JSON, but not an answer to this question. */
  | { readonly kind: 'other'; readonly what: string };

/** Reads an answer that came with this `Content-Type`. Members are found in any case. */
export function decodeJsonResponse(body: Uint8Array, contentType: string | null = null): Decoded<JsonResponse> {
  const notebook = new Notebook();
  const { text } = readText(body, contentType, notebook);
  const value = parse(text);
  if (value === undefined) return { ok: false, fault: notJson(text) };
  noteType(contentType, 'json', notebook);
  const response = isObject(value) ? toResponse(value, notebook) : { kind: 'other' as const, what: nameOf(value) };
  return { ok: true, response, untidy: notebook.list() };
}

/** Undefined for what is no JSON; no JSON means undefined. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function toResponse(object: Readonly<Record<string, unknown>>, notebook: Notebook): JsonResponse {
  const members = Object.entries(object);
  if (members.length > MAX_ROWS) notebook.note('cut-short', `${MAX_ROWS} members`);
  const rows = members.slice(0, MAX_ROWS).map(([path, value]) => ({ path, value: shown(value), known: isKnown(path) }));
  const member = (name: string) => memberOf(members, name);
  const [protocol, url, code] = [member('Protocol'), member('Url'), member('ErrorCode')];
  if (url) return { kind: 'endpoint', protocol, url, urls: [toUrl(protocol, url)], rows };
  if (code) return { kind: 'error', code, message: member('ErrorMessage') ?? '', rows };
  if (url === '') return { kind: 'not-offered', protocol, rows };
  const names = members.slice(0, 5).map(([name]) => name.slice(0, 50));
  return { kind: 'other', what: names.length === 0 ? 'an empty object' : `an object with ${names.join(', ')}` };
}

const KNOWN = ['protocol', 'url', 'serverlocation', 'errorcode', 'errormessage'];

const isKnown = (name: string): boolean => KNOWN.includes(name.toLowerCase());

/** The text of a member, whatever the case of its name; the right case first. */
function memberOf(members: readonly (readonly [string, unknown])[], name: string): string | null {
  const exact = members.find(([other]) => other === name);
  const found = exact ?? members.find(([other]) => other.toLowerCase() === name.toLowerCase());
  const value = found?.[1];
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' ? String(value) : null;
}

/** Nobody nests anything here, so what is nested is only named. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? nameOf(value) : String(value);
}

const SERVICES: ReadonlyMap<string, Service> = new Map([
  ['autodiscoverv1', 'Autodiscover'],
  ['activesync', 'ActiveSync'],
  ['ews', 'Ews'],
]);

function toUrl(protocol: string | null, url: string): ServiceUrl {
  const service = SERVICES.get(protocol?.toLowerCase() ?? '') ?? 'Other';
  return { service, side: 'unstated', url, path: 'Url', authentication: null };
}
