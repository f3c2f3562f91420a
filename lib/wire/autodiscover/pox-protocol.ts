/** One Protocol element: what Outlook needs for one way to the mailbox. [MS-OXDSCLI] 2.2.4.1.1.2.6 */

import { type Part, partsOf, rowsOf, type Schema, textOf, toBoolean, toNumber } from './parts.ts';
import type { Row, Service, ServiceUrl, Side } from './settings.ts';
import type { Notebook } from './untidy.ts';

export interface PoxProtocol {
  /** EXCH, EXPR, EXHTTP, WEB, mapiHttp, IMAP, … as the server writes it. */
  readonly type: string;
  readonly version: string | null;
  /** Its element, below the response: `Account/Protocol[2]`. */
  readonly path: string;
  /** The type for comparing: in lower case. */
  readonly key: string;
  /** For whom its server is. */
  readonly side: Side;
  readonly server: string | null;
  readonly serverDn: string | null;
  /** As it stands there; `serverVersionOf` reads it. */
  readonly serverVersion: string | null;
  readonly mdbDn: string | null;
  readonly publicFolderServer: string | null;
  /** On where the element is missing. */
  readonly ssl: boolean;
  readonly authPackage: string | null;
  readonly certPrincipalName: string | null;
  readonly serverExclusiveConnect: boolean | null;
  /** Hours for which the settings hold. */
  readonly ttl: number | null;
  readonly port: number | null;
  readonly loginName: string | null;
  readonly domainRequired: boolean | null;
  readonly domainName: string | null;
  readonly urls: readonly ServiceUrl[];
  /** Every leaf below the element but its type and version, empty ones too. */
  readonly rows: readonly Row[];
}

/**
 * The protocols of a response: those of the account, and mapiHttp wherever it stands. A Protocol inside Internal or External says
 * what a way already named is good for there, and is none of its own.
 */
export function protocolParts(response: Part): readonly Part[] {
  const found: Part[] = [];
  const visit = (one: Part, parent: Part): void => {
    const isOwn = parent.name === 'Account' || parent.name === 'Response';
    if (one.known && one.name === 'Protocol' && (isOwn || typeOf(one).toLowerCase() === 'mapihttp')) found.push(one);
    if (one.known) for (const inner of one.parts) visit(inner, one);
  };
  for (const one of response.parts) visit(one, response);
  return found;
}

export function toProtocol(protocol: Part, schema: Schema): PoxProtocol {
  const text = (name: string): string | null => textOf(protocol, name);
  const type = typeOf(protocol);
  const key = type.toLowerCase();
  noteType(protocol, type, schema.notebook);
  const side = sideOf(protocol, key);
  return {
    type,
    version: protocol.attributes.get('Version') ?? text('Version'),
    path: protocol.path,
    key,
    side,
    server: text('Server'),
    serverDn: text('ServerDN'),
    serverVersion: text('ServerVersion'),
    mdbDn: text('MdbDN'),
    publicFolderServer: text('PublicFolderServer'),
    ssl: toBoolean(text('SSL')) ?? true,
    authPackage: text('AuthPackage'),
    certPrincipalName: text('CertPrincipalName'),
    serverExclusiveConnect: toBoolean(text('ServerExclusiveConnect')),
    ttl: toNumber(text('TTL')),
    port: toNumber(text('Port')),
    loginName: text('LoginName'),
    domainRequired: toBoolean(text('DomainRequired')),
    domainName: text('DomainName'),
    urls: urlsOf(protocol, side),
    rows: rowsOf(protocol, schema).filter(({ path }) => !['Type', '@Type', '@Version'].includes(path)),
  };
}

/**
 * Exchange gives EXHTTP twice, and the element itself does not say for whom: the first is for clients inside, the last for those
 * outside. One alone is for both.
 */
export function withSides(protocols: readonly PoxProtocol[]): readonly PoxProtocol[] {
  const places = protocols.flatMap(({ key, side }, at) => (key === 'exhttp' && side === 'unstated' ? [at] : []));
  if (places.length < 2) return protocols;
  return protocols.map((protocol, at) => {
    if (!places.includes(at)) return protocol;
    const side: Side = at === places.at(-1) ? 'external' : 'internal';
    return { ...protocol, side, urls: protocol.urls.map((url) => (url.side === 'unstated' ? { ...url, side } : url)) };
  });
}

/** Exchange's version of a ServerVersion, `738180DA` as `14.1.218`; null where it is none. */
export function serverVersionOf(text: string | null): string | null {
  if (text === null || !/^[0-9a-f]{8}$/i.test(text)) return null;
  const bits = Number.parseInt(text, 16);
  return [(bits >>> 22) & 0x3f, (bits >>> 16) & 0x3f, bits & 0x7fff].join('.');
}

function typeOf(protocol: Part): string {
  return textOf(protocol, 'Type') ?? protocol.attributes.get('Type') ?? '';
}

const TYPES = ['EXCH', 'EXPR', 'EXHTTP', 'WEB', 'mapiHttp', 'POP3', 'IMAP', 'SMTP'];

function noteType(protocol: Part, type: string, notebook: Notebook): void {
  const right = TYPES.find((one) => one.toLowerCase() === type.toLowerCase());
  if (right !== undefined && right !== type) notebook.note('odd-case', type);
  if (right !== 'mapiHttp') return;
  if (!protocol.attributes.has('Type')) notebook.note('mapi-http-type-element');
  if (!/^Account\/[^/]+$/.test(protocol.path)) notebook.note('mapi-http-misplaced', protocol.path);
}

/** EXCH is for inside, EXPR for outside. An element around it says it more clearly. */
function sideOf({ path }: Part, key: string): Side {
  if (/(^|\/)Internal(\[\d+\])?\//.test(path)) return 'internal';
  if (/(^|\/)External(\[\d+\])?\//.test(path)) return 'external';
  return key === 'exch' ? 'internal' : key === 'expr' ? 'external' : 'unstated';
}

const SERVICES: Readonly<Record<string, Service>> = {
  ASUrl: 'Availability',
  EwsUrl: 'Ews',
  EmwsUrl: 'EwsManagement',
  EwsPartnerUrl: 'EwsPartner',
  OOFUrl: 'Oof',
  OABUrl: 'Oab',
  UMUrl: 'Um',
  EcpUrl: 'Ecp',
  OWAUrl: 'Owa',
  SharingUrl: 'Sharing',
};

/** Addresses, wherever they stand in it. The parts of EcpUrl (`EcpUrl-um` …) are none of their own: they are appended to it. */
function urlsOf(parent: Part, side: Side): readonly ServiceUrl[] {
  return parent.parts
    .filter(({ known }) => known)
    .flatMap((one) => {
      switch (one.name) {
        case 'Internal':
          return urlsOf(one, 'internal');
        case 'External':
          return urlsOf(one, 'external');
        case 'Protocol':
          return typeOf(one).toLowerCase() === 'mapihttp' ? [] : urlsOf(one, side);
        case 'MailStore':
          return mapiUrls(one, 'MapiMailStore');
        case 'AddressBook':
          return mapiUrls(one, 'MapiAddressBook');
        default:
          return toUrl(one, SERVICES[one.name], side);
      }
    });
}

function mapiUrls(endpoint: Part, service: Service): readonly ServiceUrl[] {
  const internal = partsOf(endpoint, 'InternalUrl').flatMap((one) => toUrl(one, service, 'internal'));
  const external = partsOf(endpoint, 'ExternalUrl').flatMap((one) => toUrl(one, service, 'external'));
  return [...internal, ...external];
}

/** An empty element offers nothing; "public" instead of an address book's URL means the public folders. */
function toUrl({ text, path, attributes }: Part, service: Service | undefined, side: Side): readonly ServiceUrl[] {
  if (service === undefined || text === '') return [];
  if (service === 'Oab' && /^public( folders?)?$/i.test(text)) return [];
  return [{ service, side, url: text, path, authentication: attributes.get('AuthenticationMethod') ?? null }];
}
