/** The answer for phones: where Exchange ActiveSync is. [MS-ASCMD] 2.2.1.1 */
import type { XmlElement } from '../xml/reader.ts';
import { type Part, part, partsOf, rowsOf, type Schema, textOf } from './parts.ts';
import { MAX_PROTOCOLS, type Row, type Service, type ServiceUrl } from './settings.ts';

export interface MobileSyncServer {
  /** MobileSync or CertEnroll. */
  readonly type: string | null;
  readonly url: string | null;
  readonly name: string | null;
  /** The template of the client certificate, for CertEnroll alone. */
  readonly serverData: string | null;
}

export type MobileSyncAction =
  | { readonly kind: 'settings'; readonly servers: readonly MobileSyncServer[]; readonly urls: readonly ServiceUrl[] }
  /** To another address, of which the domain is to be asked. */
  | { readonly kind: 'redirect'; readonly target: string }
  /** Status 2 is a protocol error; the message says more. */
  | { readonly kind: 'error'; readonly status: string; readonly message: string; readonly debug: string }
  | { readonly kind: 'none' };

export interface MobileSyncResponse {
  readonly kind: 'mobile-sync';
  readonly culture: string | null;
  readonly displayName: string | null;
  readonly address: string | null;
  readonly action: MobileSyncAction;
  readonly rows: readonly Row[];
  readonly unknown: readonly Row[];
}

/** By its namespace; where that says nothing, by what only phones get: an Action that holds elements. */
export function isMobileSync(response: XmlElement): boolean {
  if (/\/mobilesync\//i.test(response.namespace.slice(0, 300))) return true;
  if (/\/outlook\//i.test(response.namespace.slice(0, 300))) return false;
  return response.children.some(({ name, children }) => name.toLowerCase() === 'action' && children.length > 0);
}

export function readMobileSync(response: Part, schema: Schema): MobileSyncResponse {
  const user = part(response, 'User');
  const rows = rowsOf(response, schema);
  return {
    kind: 'mobile-sync',
    culture: textOf(response, 'Culture'),
    displayName: textOf(user, 'DisplayName'),
    address: textOf(user, 'EMailAddress'),
    action: toAction(part(response, 'Action')),
    rows,
    unknown: rows.filter(({ known }) => !known),
  };
}

function toAction(action: Part | undefined): MobileSyncAction {
  const error = part(action, 'Error');
  const redirect = textOf(action, 'Redirect');
  const settings = part(action, 'Settings');
  if (error !== undefined) return toError(error);
  if (redirect !== null) return { kind: 'redirect', target: redirect };
  if (settings === undefined) return { kind: 'none' };
  const servers = partsOf(settings, 'Server').slice(0, MAX_PROTOCOLS);
  return { kind: 'settings', servers: servers.map(toServer), urls: servers.flatMap(toUrls) };
}

function toError(error: Part): MobileSyncAction {
  const [status, message, debug] = ['Status', 'Message', 'DebugData'].map((name) => textOf(error, name) ?? '');
  return { kind: 'error', status: status ?? '', message: message ?? '', debug: debug ?? '' };
}

function toServer(server: Part): MobileSyncServer {
  return {
    type: textOf(server, 'Type'),
    url: textOf(server, 'Url'),
    name: textOf(server, 'Name'),
    serverData: textOf(server, 'ServerData'),
  };
}

/** Phones are outside; the document itself says nothing of sides. */
function toUrls(server: Part): readonly ServiceUrl[] {
  const service = SERVICES.get(textOf(server, 'Type')?.toLowerCase() ?? '') ?? 'Other';
  return partsOf(server, 'Url')
    .filter(({ text }) => text !== '')
    .map(({ text, path }) => ({ service, side: 'unstated', url: text, path, authentication: null }));
}

const SERVICES: ReadonlyMap<string, Service> = new Map([
  ['mobilesync', 'ActiveSync'],
  ['certenroll', 'CertEnroll'],
]);
