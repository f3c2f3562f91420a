import { type Handler, type HttpAnswer, type HttpRequest, headerOf } from '../http/message.ts';
import type { Place } from '../place.ts';
import { DEPLOYMENT_ID, DISPLAY_NAME, USER_DN } from '../store/owner.ts';
import type { Leaves } from './leaves.ts';
import { delegatedMailbox, isKnown, protocolValues, type SettingsBend } from './protocols.ts';
import { documentOf, element, unescaped, type Xml } from './xml.ts';

const MESSAGES = 'http://schemas.microsoft.com/exchange/2010/Autodiscover';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const ADDRESSING = 'http://www.w3.org/2005/08/addressing';
const ACTION = `${MESSAGES}/Autodiscover/GetUserSettings`;

interface Asked {
  readonly mailbox: string;
  readonly settings: readonly string[];
}

/** Autodiscover for programs: GetUserSettings, out of the same facts as the answers in plain XML. [MS-OXWSADISC] 3.1.4.3 */
export function answerSoap(bend: SettingsBend = {}): Handler {
  return (request, place) => {
    const asked = readRequest(request);
    if (asked === null) return fault('The request is not a GetUserSettings request.');
    if (!isKnown(asked.mailbox, place))
      return answer(failedUser('InvalidUser', `The user ${asked.mailbox} is unknown.`));
    return answer(settingsFor(asked, settingsOf(asked.mailbox, place, bend)));
  };
}

/** An answer that sends the client on. [MS-OXWSADISC] 3.1.4.3.3.2 */
export function redirectSoap(code: 'RedirectAddress' | 'RedirectUrl', target: (place: Place) => string): Handler {
  return (_request, place) => answer([...failedUser(code, 'Redirection.'), element('RedirectTarget', target(place))]);
}

// As strict as Exchange: it wants the version, and the two headers of WS-Addressing.
function readRequest(request: HttpRequest): Asked | null {
  const isXml = /^text\/xml\s*(;|$)/i.test(headerOf(request, 'content-type') ?? '');
  const text = request.body.toString('utf8');
  const part = (name: string) => new RegExp(`<(?:\\w+:)?${name}\\b[^<>]*>([^<>]*)</`, 'g');
  const values = (name: string) => [...text.matchAll(part(name))].map(([, value = '']) => unescaped(value).trim());
  const [mailbox] = values('Mailbox');
  const isOurs = [SOAP, MESSAGES, ADDRESSING].every((namespace) => text.includes(`"${namespace}"`));
  const hasHeaders = values('RequestedServerVersion').length === 1 && values('To').length === 1;
  if (request.method !== 'POST' || !isXml || !isOurs || !hasHeaders || values('Action')[0] !== ACTION) return null;
  return mailbox === undefined ? null : { mailbox, settings: values('Setting') };
}

/** A setting's value: text, or the inside of one of the typed kinds. Undefined for what this mailbox does not have. */
type Value = string | { readonly type: string; readonly inside: Xml } | undefined;

/** What there is to say, by the name of the setting. [MS-OXWSADISC] 3.1.4.3.3.3 */
function settingsOf(mailbox: string, place: Place, bend: SettingsBend): Readonly<Record<string, Value>> {
  const [exch, expr, web] = (['EXCH', 'EXPR', 'WEB'] as const).map((name) => protocolValues(name, place, bend));
  return {
    ...nothing,
    UserDisplayName: DISPLAY_NAME,
    UserDN: USER_DN,
    UserDeploymentId: DEPLOYMENT_ID,
    AutoDiscoverSMTPAddress: mailbox,
    InternalMailboxServer: exch?.Server,
    InternalMailboxServerDN: exch?.ServerDN,
    InternalRpcClientServer: exch?.Server,
    MailboxDN: exch?.MdbDN,
    PublicFolderServer: exch?.PublicFolderServer,
    ActiveDirectoryServer: exch?.AD,
    CasVersion: '15.02.2562.017',
    EwsSupportedSchemas: 'Exchange2007, Exchange2010, Exchange2013, Exchange2016',
    MapiHttpEnabled: 'True',
    UserMSOnline: 'False',
    ...sided('Internal', exch),
    ...sided('External', expr),
    InternalServerExclusiveConnect: exch?.ServerExclusiveConnect,
    ExternalServerExclusiveConnect: expr?.ServerExclusiveConnect,
    ExternalMailboxServer: expr?.Server,
    ExternalMailboxServerRequiresSSL: expr?.SSL === 'On' ? 'True' : 'False',
    ExternalMailboxServerAuthenticationMethods: expr?.AuthPackage,
    ExchangeRpcUrl: expr?.Server && `https://${expr.Server}/rpc/rpcproxy.dll`,
    InternalWebClientUrls: webClient(web?.['Internal/OWAUrl']),
    ExternalWebClientUrls: webClient(web?.['External/OWAUrl']),
    AlternateMailboxes: alternateMailboxes(place),
  };
}

/** Known by name, though this mailbox has nothing there. */
const nothing: Readonly<Record<string, undefined>> = Object.fromEntries(
  [
    ...[
      'Voicemail',
      'EmailSubscriptions',
      'TextMessaging',
      'DeliveryReport',
      'RetentionPolicyTags',
      'Publishing',
    ].flatMap((page) => [`InternalEcp${page}Url`, `ExternalEcp${page}Url`, `Ecp${page}UrlFragment`]),
    ...['Pop3', 'Imap4', 'Smtp'].flatMap((kind) => [`Internal${kind}Connections`, `External${kind}Connections`]),
    ...['CrossOrganizationSharingEnabled', 'CrossOrganizationFreeBusy', 'ShowGalAsDefaultView', 'SPMySiteHostURL'],
    ...['ExternalEwsVersion', 'InteropExternalEwsUrl', 'InteropExternalEwsVersion', 'MobileMailboxPolicyInterop'],
    ...['GroupingInformation', 'SiteMailboxCreationURL', 'DocumentSharingLocations', 'AlternateMailboxes'],
  ].map((name) => [name, undefined]),
);

function sided(side: 'Internal' | 'External', values: Leaves = {}): Readonly<Record<string, Value>> {
  const names = ['EwsUrl', 'OABUrl', 'UMUrl', 'EcpUrl'];
  return Object.fromEntries(names.map((name) => [`${side}${name}`, values[name]]));
}

function webClient(url: string | undefined): Value {
  if (url === undefined) return undefined;
  const one = element('WebClientUrl', [element('AuthenticationMethods', 'Basic, Fba'), element('Url', url)]);
  return { type: 'WebClientUrlCollectionSetting', inside: element('WebClientUrls', [one]) };
}

function alternateMailboxes(place: Place): Value {
  const values = Object.entries(delegatedMailbox(place)).map(([name, value]) => element(name, value));
  const inside = element('AlternateMailboxes', [element('AlternateMailbox', values)]);
  return { type: 'AlternateMailboxCollectionSetting', inside };
}

/** A setting that nobody has heard of is an error of its own; one that has no value is left out. */
function settingsFor({ settings }: Asked, known: ReturnType<typeof settingsOf>): Xml[] {
  const strange = settings.filter((name) => !(name in known));
  const errors = strange.map((name) =>
    element('UserSettingError', [
      element('ErrorCode', 'InvalidSetting'),
      element('ErrorMessage', `The setting ${name} is not recognized.`),
      element('SettingName', name),
    ]),
  );
  const values = settings.flatMap((name) => settingElement(name, known[name]));
  return [
    ...noError,
    element('RedirectTarget', '', { 'i:nil': 'true' }),
    element('UserSettingErrors', errors),
    element('UserSettings', values),
  ];
}

function settingElement(name: string, value: Value): Xml[] {
  if (value === undefined) return [];
  const { type, inside } =
    typeof value === 'string' ? { type: 'StringSetting', inside: element('Value', value) } : value;
  return [element('UserSetting', [element('Name', name), inside], { 'i:type': type })];
}

const noError = [element('ErrorCode', 'NoError'), element('ErrorMessage', 'No error.')];

const failedUser = (code: string, message: string): Xml[] => [
  element('ErrorCode', code),
  element('ErrorMessage', message),
  element('UserSettingErrors'),
  element('UserSettings'),
];

function answer(user: Xml[]): HttpAnswer {
  const instance = { 'xmlns:i': 'http://www.w3.org/2001/XMLSchema-instance' };
  const responses = element('UserResponses', [element('UserResponse', user)]);
  const response = element('Response', [...noError, responses], instance);
  const message = element('GetUserSettingsResponseMessage', [response], { xmlns: MESSAGES });
  const version = { MajorVersion: '15', MinorVersion: '2', MajorBuildNumber: '2562', MinorBuildNumber: '17' };
  const numbers = Object.entries({ ...version, Version: 'Exchange2015' }).map(([name, value]) =>
    element(`h:${name}`, value),
  );
  const header = [
    element('a:Action', `${ACTION}Response`, { 's:mustUnderstand': '1' }),
    element('h:ServerVersionInfo', numbers, { 'xmlns:h': MESSAGES, ...instance }),
  ];
  return inEnvelope(200, [element('s:Header', header), element('s:Body', [message])]);
}

function fault(words: string): HttpAnswer {
  const reason = [element('faultcode', 's:Client'), element('faultstring', words)];
  return inEnvelope(500, [element('s:Body', [element('s:Fault', reason)])]);
}

function inEnvelope(status: number, content: readonly Xml[]): HttpAnswer {
  const envelope = element('s:Envelope', content, { 'xmlns:s': SOAP, 'xmlns:a': ADDRESSING });
  return { status, headers: [['Content-Type', 'text/xml; charset=utf-8']], body: documentOf(envelope) };
}
