/**
 * Plain old XML Autodiscover: the request of Outlook and the one of phones, and whatever comes back. Elements come in any order,
 * a protocol's type as element or as attribute; what no schema knows is kept and marked. [MS-OXDSCLI] 2.2.3, 2.2.4
 */
import type { XmlElement } from '../xml/reader.ts';
import { type Decoded, readDocument } from './document.ts';
import { isMobileSync, type MobileSyncResponse, readMobileSync } from './mobile-sync.ts';
import { isAutodiscover, type Part, part, partOf, partsOf, rowsOf, textOf, toBoolean } from './parts.ts';
import { type PoxProtocol, protocolParts, toProtocol, withSides } from './pox-protocol.ts';
import { type PoxSchema, poxNamespaces, poxVocabulary } from './pox-schema.ts';
import { escapeText } from './request.ts';
import { MAX_PROTOCOLS, MAX_ROWS, type Row } from './settings.ts';
import { Notebook } from './untidy.ts';

export type { PoxProtocol } from './pox-protocol.ts';
export type { PoxSchema } from './pox-schema.ts';

export const POX_PATH = '/autodiscover/autodiscover.xml';

/** The body of a request. Default namespace, no prefix: not every server takes one. [MS-OXDSCLI] 2.2.3, [MS-ASCMD] 2.2.1.1 */
export function encodePoxRequest(address: string, schema: PoxSchema = 'outlook'): string {
  const { request, response } = poxNamespaces[schema];
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<Autodiscover xmlns="${request}">`,
    '<Request>',
    `<EMailAddress>${escapeText(address)}</EMailAddress>`,
    `<AcceptableResponseSchema>${response}</AcceptableResponseSchema>`,
    '</Request>',
    '</Autodiscover>',
  ].join('');
}

/** [MS-OXDSCLI] 2.2.4.1.1.1 */
export interface PoxUser {
  readonly displayName: string | null;
  readonly legacyDn: string | null;
  /** AutoDiscoverSMTPAddress: the address that is to be asked for from now on. */
  readonly address: string | null;
  readonly deploymentId: string | null;
}

/** Another mailbox that Outlook opens beside this one. */
export interface AlternativeMailbox {
  /** Archive, Delegate, TeamMailbox. */
  readonly type: string | null;
  readonly displayName: string | null;
  readonly legacyDn: string | null;
  readonly server: string | null;
  readonly address: string | null;
  readonly ownerAddress: string | null;
}

/** [MS-OXDSCLI] 2.2.4.1.1.2, without the protocols */
export interface PoxAccount {
  readonly type: string | null;
  /** As the server writes it. */
  readonly action: string | null;
  readonly microsoftOnline: boolean | null;
  readonly consumerMailbox: boolean | null;
  readonly alternativeMailboxes: readonly AlternativeMailbox[];
  /** PublicFolderInformation/SmtpAddress */
  readonly publicFolderAddress: string | null;
  readonly serviceHome: string | null;
}

export interface PoxSettings {
  readonly kind: 'settings';
  readonly user: PoxUser;
  readonly account: PoxAccount;
  readonly protocols: readonly PoxProtocol[];
  /** Everything that stands outside the protocols. */
  readonly rows: readonly Row[];
  /** What no schema knows, wherever it stands, with paths from the response on. */
  readonly unknown: readonly Row[];
}

export interface PoxRedirect {
  readonly kind: 'redirect';
  readonly to: 'address' | 'url';
  /** Empty if the element is missing. */
  readonly target: string;
}

/** [MS-OXDSCLI] 2.2.4.1.2 */
export interface PoxError {
  readonly kind: 'error';
  /** ErrorCode; `poxErrorMeaning` has words for the known ones. */
  readonly number: string;
  readonly message: string;
  readonly debug: string;
  /** As the server writes it: `18:12:50.123`. */
  readonly time: string | null;
  /** A hash of the server's name. */
  readonly id: string | null;
}

export type PoxResponse =
  | PoxSettings
  | PoxRedirect
  | PoxError
  | MobileSyncResponse
  /** Well-formed, but no Autodiscover response. */
  | { readonly kind: 'other'; readonly root: string };

export type PoxResult = Decoded<PoxResponse>;

/** Reads a response that came with this `Content-Type`, whichever of both schemas was asked for. */
export function decodePoxResponse(body: Uint8Array, contentType: string | null = null): PoxResult {
  const notebook = new Notebook();
  const document = readDocument(body, contentType, notebook);
  if (!document.ok) return document;
  const response = toResponse(document.root, notebook);
  return { ok: true, response, untidy: notebook.list() };
}

/** What the known codes mean; null for the others. [MS-OXDSCLI] 2.2.4.1.2; 404 is what grommunio says for 500. */
export function poxErrorMeaning(number: string): string | null {
  return ERROR_MEANINGS.get(number) ?? null;
}

const ERROR_MEANINGS: ReadonlyMap<string, string> = new Map([
  ['404', 'the address is not known'],
  ['500', 'the address is not known'],
  ['501', 'the address is known, but nothing is configured for it'],
  ['600', 'the request was not understood'],
  ['601', 'settings of the requested kind are not available'],
  ['602', 'the address is configured wrongly'],
  ['603', 'the server failed inside'],
]);

function toResponse(root: XmlElement, notebook: Notebook): PoxResponse {
  const element = root.children.find(({ name }) => name.toLowerCase() === 'response');
  if (root.name.toLowerCase() !== 'autodiscover' || element === undefined) return { kind: 'other', root: root.name };
  for (const { name } of [root, element]) if (!/^[AR]/.test(name)) notebook.note('odd-case', name);
  const isMobile = isMobileSync(element);
  const vocabulary = poxVocabulary[isMobile ? 'mobilesync' : 'outlook'];
  const schema = { vocabulary, notebook, prefixes: false };
  const response = partOf(element, 'Response', schema);
  const error = part(response, 'Error') ?? part(part(response, 'Account'), 'Error') ?? errorBeside(root, notebook);
  noteNamespaces(root, element, isMobile, error !== undefined, notebook);
  if (error !== undefined) return toError(error);
  if (isMobile) return readMobileSync(response, schema);
  return toRedirect(part(response, 'Account')) ?? toSettings(response, notebook);
}

/** Some put it beside an empty response. */
function errorBeside(root: XmlElement, notebook: Notebook): Part | undefined {
  const element = root.children.find(({ name }) => name.toLowerCase() === 'error');
  return element && partOf(element, 'Error', { vocabulary: poxVocabulary.outlook, notebook, prefixes: false });
}

function noteNamespaces(
  root: XmlElement,
  response: XmlElement,
  isMobile: boolean,
  isError: boolean,
  notebook: Notebook,
): void {
  noteNamespace(root, 'Autodiscover', [poxNamespaces.envelope], notebook);
  const inner = poxNamespaces[isMobile ? 'mobilesync' : 'outlook'].response;
  // The response with an error in it stands in the envelope's own namespace.
  noteNamespace(response, 'Response', isError ? [inner, poxNamespaces.envelope] : [inner], notebook);
  for (const { prefix } of [root, response]) if (prefix !== '') notebook.note('prefix', `${prefix}:`);
}

function noteNamespace({ namespace }: XmlElement, name: string, right: readonly string[], notebook: Notebook): void {
  if (right.includes(namespace)) return;
  if (namespace === '') notebook.note('namespace-missing', name);
  else if (right.includes(namespace.replace(/^https:/i, 'http:'))) notebook.note('namespace-https', name);
  else notebook.note('namespace-wrong', isAutodiscover(namespace) ? name : `${name} (${namespace})`);
}

function toError(error: Part): PoxError {
  return {
    kind: 'error',
    number: textOf(error, 'ErrorCode') ?? '',
    message: textOf(error, 'Message') ?? '',
    debug: textOf(error, 'DebugData') ?? '',
    time: error.attributes.get('Time') ?? null,
    id: error.attributes.get('Id') ?? null,
  };
}

/** Documents and specification disagree about the letters of RedirectUrl; both are in the vocabulary. */
function toRedirect(account: Part | undefined): PoxRedirect | null {
  const action = textOf(account, 'Action')?.toLowerCase();
  const address = textOf(account, 'RedirectAddr');
  const url = textOf(account, 'RedirectUrl') ?? textOf(account, 'RedirectURL');
  const isSilent = action === undefined && partsOf(account, 'Protocol').length === 0;
  if (action === 'redirectaddr' || (isSilent && address !== null))
    return { kind: 'redirect', to: 'address', target: address ?? '' };
  if (action === 'redirecturl' || (isSilent && url !== null)) return { kind: 'redirect', to: 'url', target: url ?? '' };
  return null;
}

function toSettings(response: Part, notebook: Notebook): PoxSettings {
  const schema = { vocabulary: poxVocabulary.outlook, notebook, prefixes: false };
  const found = protocolParts(response);
  if (found.length > MAX_PROTOCOLS) notebook.note('cut-short', `${MAX_PROTOCOLS} protocols`);
  const own = new Set(found);
  const rows = rowsOf(response, schema);
  return {
    kind: 'settings',
    user: toUser(part(response, 'User')),
    account: toAccount(part(response, 'Account')),
    protocols: withSides(found.slice(0, MAX_PROTOCOLS).map((one) => toProtocol(one, schema))),
    rows: rowsOf(response, schema, (one) => own.has(one)),
    unknown: rows.filter(({ known }) => !known).slice(0, MAX_ROWS),
  };
}

function toUser(user: Part | undefined): PoxUser {
  return {
    displayName: textOf(user, 'DisplayName'),
    legacyDn: textOf(user, 'LegacyDN'),
    address: textOf(user, 'AutoDiscoverSMTPAddress'),
    deploymentId: textOf(user, 'DeploymentId'),
  };
}

function toAccount(account: Part | undefined): PoxAccount {
  return {
    type: textOf(account, 'AccountType'),
    action: textOf(account, 'Action'),
    microsoftOnline: toBoolean(textOf(account, 'MicrosoftOnline')),
    consumerMailbox: toBoolean(textOf(account, 'ConsumerMailbox')),
    alternativeMailboxes: partsOf(account, 'AlternativeMailbox').slice(0, MAX_PROTOCOLS).map(toAlternativeMailbox),
    publicFolderAddress: textOf(part(account, 'PublicFolderInformation'), 'SmtpAddress'),
    serviceHome: textOf(account, 'ServiceHome'),
  };
}

function toAlternativeMailbox(mailbox: Part): AlternativeMailbox {
  return {
    type: textOf(mailbox, 'Type'),
    displayName: textOf(mailbox, 'DisplayName'),
    legacyDn: textOf(mailbox, 'LegacyDN'),
    server: textOf(mailbox, 'Server'),
    address: textOf(mailbox, 'SmtpAddress'),
    ownerAddress: textOf(mailbox, 'OwnerSmtpAddress'),
  };
}
