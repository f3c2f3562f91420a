/** Plain old XML Autodiscover, Outlook schema: request and response, in the order of the conversation. [MS-OXDSCLI] 2.2.3, 2.2.4 */
import { child, childText, readXml, type XmlElement, type XmlFault } from '../xml/reader.ts';

/** [MS-OXDSCLI] 2.2.1 */
const REQUEST = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006';
const RESPONSE_2006A = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

export const POX_PATH = '/autodiscover/autodiscover.xml';

/** The body of an Outlook request. Default namespace, no prefix: not every server takes one. */
export function encodePoxRequest(address: string): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<Autodiscover xmlns="${REQUEST}">`,
    '<Request>',
    `<EMailAddress>${escapeText(address)}</EMailAddress>`,
    `<AcceptableResponseSchema>${RESPONSE_2006A}</AcceptableResponseSchema>`,
    '</Request>',
    '</Autodiscover>',
  ].join('');
}

export interface PoxProtocol {
  /** EXCH, EXPR, EXHTTP, WEB, mapiHttp, IMAP, … as the server writes it. */
  readonly type: string;
  readonly version: string | null;
  /** Every leaf below the Protocol element: "MailStore/ExternalUrl". */
  readonly rows: readonly { readonly path: string; readonly value: string }[];
}

export type PoxResponse =
  | { readonly kind: 'settings'; readonly displayName: string | null; readonly protocols: readonly PoxProtocol[] }
  | { readonly kind: 'redirect'; readonly to: 'address' | 'url'; readonly target: string }
  | { readonly kind: 'error'; readonly number: string; readonly message: string; readonly debug: string }
  /** Well-formed, but no Autodiscover response. */
  | { readonly kind: 'other'; readonly root: string };

export type PoxResult =
  | { readonly ok: true; readonly response: PoxResponse }
  | { readonly ok: false; readonly fault: XmlFault };

/** Reads a response. Elements come in any order, a protocol's type as child or as attribute; unknown elements are kept. */
export function decodePoxResponse(body: Uint8Array): PoxResult {
  const xml = readXml(body);
  return xml.ok ? { ok: true, response: toResponse(xml.root) } : xml;
}

function toResponse(root: XmlElement): PoxResponse {
  const response = child(root, 'Response');
  if (root.name !== 'Autodiscover' || response === undefined) return { kind: 'other', root: root.name };
  const error = child(response, 'Error') ?? child(root, 'Error');
  if (error !== undefined) return toError(error);
  const account = child(response, 'Account');
  const redirect = toRedirect(account);
  if (redirect !== null) return redirect;
  const displayName = childText(child(response, 'User'), 'DisplayName');
  const protocols = account?.children.filter(({ name }) => name === 'Protocol').map(toProtocol) ?? [];
  return { kind: 'settings', displayName, protocols };
}

function toError(error: XmlElement): PoxResponse {
  const [number, message, debug] = ['ErrorCode', 'Message', 'DebugData'].map((name) => childText(error, name) ?? '');
  return { kind: 'error', number: number ?? '', message: message ?? '', debug: debug ?? '' };
}

function toRedirect(account: XmlElement | undefined): PoxResponse | null {
  const action = childText(account, 'Action')?.toLowerCase();
  if (action === 'redirectaddr')
    return { kind: 'redirect', to: 'address', target: childText(account, 'RedirectAddr') ?? '' };
  if (action === 'redirecturl') return { kind: 'redirect', to: 'url', target: childText(account, 'RedirectUrl') ?? '' };
  return null;
}

function toProtocol(protocol: XmlElement): PoxProtocol {
  const type = childText(protocol, 'Type') ?? protocol.attributes.Type ?? '';
  return {
    type,
    version: protocol.attributes.Version ?? null,
    rows: leaves(protocol).filter(({ path }) => path !== 'Type'),
  };
}

function leaves(element: XmlElement, prefix = ''): { path: string; value: string }[] {
  return element.children.flatMap((part) => {
    const path = prefix + part.name;
    const attributes = Object.entries(part.attributes).map(([name, value]) => ({ path: `${path}@${name}`, value }));
    const own = part.children.length === 0 ? [{ path, value: part.text }] : leaves(part, `${path}/`);
    return [...own, ...attributes];
  });
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
