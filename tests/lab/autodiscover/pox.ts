import { type Body, type Handler, type HttpAnswer, type HttpRequest, headerOf } from '../http/message.ts';
import type { Place } from '../place.ts';
import type { Random } from '../random.ts';
import { DEPLOYMENT_ID, DISPLAY_NAME, USER_DN } from '../store/owner.ts';
import { elementOf } from './leaves.ts';
import { mobileSettings } from './mobilesync.ts';
import { delegatedMailbox, isKnown, type ProtocolName, protocolValues, type SettingsBend } from './protocols.ts';
import { ENVELOPE, OUTLOOK_RESPONSE, readAutodiscoverRequest } from './request.ts';
import { documentOf, element, type Xml } from './xml.ts';

/** Decides which protocols the answer to a request names. */
export type Offer = (request: HttpRequest) => readonly ProtocolName[];

/** Exchange 2019: a client that speaks MAPI/HTTP gets neither EXCH nor EXPR. [MS-OXDSCLI] 3.2.5.1 */
export const exchange2019: Offer = (request) => {
  const mapiHttpOffered = Number(headerOf(request, 'x-mapihttpcapability') ?? 0) >= 1;
  if (mapiHttpOffered) return ['mapiHttp', 'EXHTTP', 'WEB'];
  return takesExHttp(request) ? ['EXCH', 'EXPR', 'EXHTTP', 'WEB'] : ['EXCH', 'EXPR', 'WEB'];
};

/** Whether the client says that it understands EXHTTP. [MS-OXDSCLI] 2.2.2.1 */
function takesExHttp(request: HttpRequest): boolean {
  const words = (headerOf(request, 'x-clientcanhandle') ?? '').split(',');
  return words.some((word) => word.trim().toLowerCase() === 'exhttpinfo');
}

/** How the answers in plain XML are bent beside what they say. */
export interface PoxBend extends SettingsBend {
  offer?: Offer;
  /** Goes to the end of Account. */
  extra?: readonly Xml[];
}

/** Autodiscover in plain XML: settings for the mailbox of the world, an error for everything else. */
export function answerAutodiscover(bend: PoxBend = {}): Handler {
  const { offer = exchange2019 } = bend;
  return (request, place, random) => {
    const asked = readAutodiscoverRequest(request);
    if ('errorCode' in asked) return errorAnswer(asked.errorCode);
    if (!isKnown(asked.email, place)) return errorAnswer(500);
    if (asked.schema === 'mobilesync') return xmlAnswer(mobileSettings(asked.email, place, bend));
    return xmlAnswer(
      settingsDocument(offer(request), { ...place, mailbox: { ...place.mailbox, ...asked } }, random, bend),
    );
  };
}

/** The whole answer for the mailbox. [MS-OXDSCLI] 2.2.4 */
export function settingsDocument(
  offered: readonly ProtocolName[],
  place: Place,
  random: Random,
  bend: PoxBend = {},
): string {
  const protocols = offered.map((name) => elementOf('Protocol', protocolValues(name, place, bend), random));
  const account = element('Account', [
    ...random.shuffled([...accountElements(place, random), ...protocols]),
    ...(bend.extra ?? []),
  ]);
  const response = element('Response', [userElement(place, random), account], { xmlns: OUTLOOK_RESPONSE });
  return documentOf(element('Autodiscover', [response], { xmlns: ENVELOPE }));
}

/** An Account that sends the client on: to another address, or to another server. [MS-OXDSCLI] 2.2.4.1.1.2.2, 3.1.5.3 */
export function redirectDocument(action: 'redirectAddr' | 'redirectUrl', target: string): string {
  const place = action === 'redirectAddr' ? 'RedirectAddr' : 'RedirectUrl';
  const account = element('Account', [
    element('AccountType', 'email'),
    element('Action', action),
    element(place, target),
  ]);
  const response = element('Response', [account], { xmlns: OUTLOOK_RESPONSE });
  return documentOf(element('Autodiscover', [response], { xmlns: ENVELOPE }));
}

/** A document in its HTTP answer. */
export function xmlAnswer(body: Body): HttpAnswer {
  return { status: 200, headers: [['Content-Type', 'text/xml; charset=utf-8']], body };
}

const messages: Record<number, string> = {
  500: "The e-mail address can't be found.",
  600: 'Invalid Request',
  601: 'Requested schema version not supported',
  603: 'The Active Directory server is not available.',
};

/** An error, which comes with HTTP status 200. [MS-OXDSCLI] 2.2.4.1.2 */
export function errorAnswer(code: number, debugData = ''): HttpAnswer {
  const children = [
    element('ErrorCode', String(code)),
    element('Message', messages[code] ?? ''),
    element('DebugData', debugData),
  ];
  const time = new Date().toISOString().slice(11, 23);
  const error = element('Error', children, { Time: time, Id: '1054084152' });
  return xmlAnswer(documentOf(element('Autodiscover', [element('Response', [error])], { xmlns: ENVELOPE })));
}

function userElement({ mailbox }: Place, random: Random): Xml {
  const values = {
    DisplayName: DISPLAY_NAME,
    LegacyDN: USER_DN,
    AutoDiscoverSMTPAddress: mailbox.email,
    DeploymentId: DEPLOYMENT_ID,
  };
  return elementOf('User', values, random);
}

function accountElements(place: Place, random: Random): Xml[] {
  const values = {
    ...{ AccountType: 'email', Action: 'settings', MicrosoftOnline: 'False', ConsumerMailbox: 'False' },
    'PublicFolderInformation/SmtpAddress': `public-folders@${place.domain}`,
  };
  const alternative = elementOf('AlternativeMailbox', delegatedMailbox(place), random);
  const children = Object.keys(values).map((path) => path.split('/')[0] ?? path);
  return [...children.map((name) => elementOf(name, inside(values, name), random)), alternative];
}

function inside(values: Readonly<Record<string, string>>, name: string): Record<string, string> {
  const own = Object.entries(values).filter(([path]) => path === name || path.startsWith(`${name}/`));
  return Object.fromEntries(own.map(([path, value]) => [path.slice(name.length + 1), value]));
}
