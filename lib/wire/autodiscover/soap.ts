/** Autodiscover by SOAP, as programs ask it: GetUserSettings, request and response. [MS-OXWSADISC] 3.1.4 */
import type { XmlElement } from '../xml/reader.ts';
import { type Decoded, readDocument } from './document.ts';
import { isAutodiscover, type Part, part, partOf, partsOf, rowsOf, type Schema, textOf } from './parts.ts';
import { escapeText } from './request.ts';
import { MAX_ROWS, type Row, type ServiceUrl } from './settings.ts';
import { AUTODISCOVER_NAMESPACE, SETTING_NAMES, type SoapVersion, soapVocabulary } from './soap-schema.ts';
import { settingUrls, toSetting, type UserSetting } from './soap-setting.ts';
import { Notebook } from './untidy.ts';

export type { SoapVersion } from './soap-schema.ts';
export type { SettingValue, UserSetting } from './soap-setting.ts';

export const SOAP_PATH = '/autodiscover/autodiscover.svc';

/** Goes into the SOAPAction header, in quotes. */
export const SOAP_ACTION = `${AUTODISCOVER_NAMESPACE}/Autodiscover/GetUserSettings`;

export interface SoapRequest {
  readonly address: string;
  /** Where the request goes: `https://mail.example.test/autodiscover/autodiscover.svc`. */
  readonly url: string;
  readonly version?: SoapVersion;
  /** All that are known, unless a few of them will do. */
  readonly settings?: readonly string[];
}

/** The body of a request for the settings of one mailbox. */
export function encodeGetUserSettings(request: SoapRequest): string {
  const { address, url, version = 'Exchange2013', settings = SETTING_NAMES } = request;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<soap:Envelope xmlns:a="${AUTODISCOVER_NAMESPACE}" xmlns:wsa="http://www.w3.org/2005/08/addressing"`,
    ' xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">',
    '<soap:Header>',
    `<a:RequestedServerVersion>${version}</a:RequestedServerVersion>`,
    `<wsa:Action>${SOAP_ACTION}</wsa:Action>`,
    `<wsa:To>${escapeText(url)}</wsa:To>`,
    '</soap:Header>',
    '<soap:Body><a:GetUserSettingsRequestMessage><a:Request>',
    `<a:Users><a:User><a:Mailbox>${escapeText(address)}</a:Mailbox></a:User></a:Users>`,
    `<a:RequestedSettings>${settings.map((name) => `<a:Setting>${escapeText(name)}</a:Setting>`).join('')}`,
    '</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></soap:Body>',
    '</soap:Envelope>',
  ].join('');
}

/** A setting that the server would not give. */
export interface SettingError {
  readonly name: string;
  /** InvalidSetting, SettingIsNotAvailable, … */
  readonly code: string;
  readonly message: string;
}

export interface SoapSettings {
  readonly kind: 'user-settings';
  /** `15.2.1118.7`, as ServerVersionInfo counts it. */
  readonly serverVersion: string | null;
  readonly settings: readonly UserSetting[];
  readonly errors: readonly SettingError[];
  /** The addresses among the settings, in the words of every format. */
  readonly urls: readonly ServiceUrl[];
  /** What no schema knows. */
  readonly unknown: readonly Row[];
}

export type SoapResponse =
  | SoapSettings
  | {
      readonly kind: 'redirect';
      readonly to: 'address' | 'url';
      readonly target: string;
      readonly serverVersion: string | null;
    }
  | {
      readonly kind: 'error';
      /** Whom it concerns: the whole request, or this mailbox. */
      readonly of: 'request' | 'user';
      readonly code: string;
      readonly message: string;
      readonly serverVersion: string | null;
    }
  /** A fault of SOAP itself. SOAP 1.1, 4.4 */
  | { readonly kind: 'fault'; readonly code: string; readonly message: string; readonly detail: string }
  /** Well-formed, but no response to this request. */
  | { readonly kind: 'other'; readonly root: string };

/** Reads a response that came with this `Content-Type`. */
export function decodeGetUserSettings(body: Uint8Array, contentType: string | null = null): Decoded<SoapResponse> {
  const notebook = new Notebook();
  const document = readDocument(body, contentType, notebook);
  if (!document.ok) return document;
  const schema: Schema = { vocabulary: soapVocabulary, notebook, prefixes: true };
  const response = toResponse(document.root, schema);
  return { ok: true, response, untidy: notebook.list() };
}

/** What the codes mean that say no; null for others. [MS-OXWSADISC] */
export function soapErrorMeaning(code: string): string | null {
  return ERROR_MEANINGS.get(code) ?? null;
}

const ERROR_MEANINGS: ReadonlyMap<string, string> = new Map([
  ['InvalidUser', 'the address is not known'],
  ['InvalidRequest', 'the request was not understood'],
  ['InvalidSetting', 'the server knows no setting of this name'],
  ['SettingIsNotAvailable', 'the server has no value for this setting'],
  ['ServerBusy', 'the server has too much to do'],
  ['InvalidDomain', 'the domain is not known'],
  ['NotFederated', 'the organization is not federated'],
  ['InternalServerError', 'the server failed inside'],
]);

function toResponse(root: XmlElement, schema: Schema): SoapResponse {
  if (root.name !== 'Envelope') return { kind: 'other', root: root.name };
  const envelope = partOf(root, 'Envelope', schema);
  const body = part(envelope, 'Body');
  const fault = part(body, 'Fault');
  if (fault !== undefined) return toFault(fault);
  const response = part(part(body, 'GetUserSettingsResponseMessage'), 'Response');
  if (response === undefined) return { kind: 'other', root: body?.parts[0]?.name.slice(0, 100) ?? root.name };
  noteNamespace(root, schema.notebook);
  const serverVersion = toVersion(part(part(envelope, 'Header'), 'ServerVersionInfo'));
  return toAnswer(response, serverVersion, schema);
}

/** Of the message inside the body: the envelope has another one, in two versions. */
function noteNamespace(root: XmlElement, notebook: Notebook): void {
  const body = root.children.find(({ name }) => name === 'Body');
  const { name, namespace } = body?.children[0] ?? root;
  if (namespace === AUTODISCOVER_NAMESPACE) return;
  if (namespace === '') notebook.note('namespace-missing', name);
  else if (/^https:/i.test(namespace) && isAutodiscover(namespace)) notebook.note('namespace-https', name);
  else notebook.note('namespace-wrong', `${name} (${namespace})`);
}

/** Parts of SOAP 1.1 and, where these are missing, of 1.2. */
function toFault(fault: Part): SoapResponse {
  const detail = part(fault, 'detail') ?? part(fault, 'Detail');
  return {
    kind: 'fault',
    code: textOf(fault, 'faultcode') ?? textOf(part(fault, 'Code'), 'Value') ?? '',
    message: textOf(fault, 'faultstring') ?? textOf(part(fault, 'Reason'), 'Text') ?? '',
    detail: detail === undefined ? '' : [...texts(detail)].slice(0, 20).join('; ').slice(0, 2_000),
  };
}

function* texts(one: Part): Generator<string> {
  if (one.text !== '') yield one.text;
  for (const inner of one.parts) yield* texts(inner);
}

function toVersion(info: Part | undefined): string | null {
  const names = ['MajorVersion', 'MinorVersion', 'MajorBuildNumber', 'MinorBuildNumber'];
  const numbers = names.flatMap((name) => textOf(info, name) ?? []);
  return numbers.length === names.length ? numbers.join('.') : textOf(info, 'Version');
}

function toAnswer(response: Part, serverVersion: string | null, schema: Schema): SoapResponse {
  const users = partsOf(part(response, 'UserResponses'), 'UserResponse');
  const [user] = users;
  if (users.length > 1) schema.notebook.note('repeated-user', String(users.length));
  const code = errorOf(response);
  if (user === undefined || code !== null)
    return { kind: 'error', of: 'request', code: code ?? '', message: messageOf(response), serverVersion };
  const userCode = errorOf(user);
  switch (userCode?.toLowerCase()) {
    case undefined:
      return toSettings(user, serverVersion, schema);
    case 'redirectaddress':
      return { kind: 'redirect', to: 'address', target: textOf(user, 'RedirectTarget') ?? '', serverVersion };
    case 'redirecturl':
      return { kind: 'redirect', to: 'url', target: textOf(user, 'RedirectTarget') ?? '', serverVersion };
    default:
      return { kind: 'error', of: 'user', code: userCode ?? '', message: messageOf(user), serverVersion };
  }
}

const messageOf = (one: Part): string => textOf(one, 'ErrorMessage') ?? '';

function errorOf(one: Part): string | null {
  const code = textOf(one, 'ErrorCode');
  return code === null || code.toLowerCase() === 'noerror' ? null : code;
}

function toSettings(user: Part, serverVersion: string | null, schema: Schema): SoapSettings {
  const found = partsOf(part(user, 'UserSettings'), 'UserSetting');
  const failed = partsOf(part(user, 'UserSettingErrors'), 'UserSettingError');
  if (Math.max(found.length, failed.length) > MAX_ROWS) schema.notebook.note('cut-short', `${MAX_ROWS} settings`);
  const settings = found.slice(0, MAX_ROWS).map((one) => toSetting(one, schema));
  const errors = failed.slice(0, MAX_ROWS).map((one) => ({
    name: textOf(one, 'SettingName') ?? '',
    code: textOf(one, 'ErrorCode') ?? '',
    message: messageOf(one),
  }));
  const unknown = rowsOf(user, schema).filter(({ known }) => !known);
  return { kind: 'user-settings', serverVersion, settings, errors, urls: settings.flatMap(settingUrls), unknown };
}
