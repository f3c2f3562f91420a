import { type Body, type Handler, type HttpAnswer, type HttpRequest, headerOf } from '../http/message.ts';
import type { Place } from '../place.ts';
import type { Random } from '../random.ts';
import { ORGANIZATION_DN, type ProtocolName, protocolElement } from './protocols.ts';
import { OUTLOOK_RESPONSE, readAutodiscoverRequest } from './request.ts';
import { documentOf, element, type Xml } from './xml.ts';

const ENVELOPE = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006';

/** Decides which protocols the answer to a request names. */
export type Offer = (request: HttpRequest) => readonly ProtocolName[];

/** Exchange 2019: a client that speaks MAPI/HTTP gets neither EXCH nor EXPR. [MS-OXDSCLI] 3.2.5.1 */
export const exchange2019: Offer = (request) => {
  const mapiHttpOffered = Number(headerOf(request, 'x-mapihttpcapability') ?? 0) >= 1;
  return mapiHttpOffered ? ['mapiHttp', 'EXHTTP', 'WEB'] : ['EXCH', 'EXPR', 'EXHTTP', 'WEB'];
};

/** Autodiscover in plain XML: settings for the mailbox of the world, an error for everything else. */
export function answerAutodiscover(offer: Offer = exchange2019): Handler {
  return (request, place, random) => {
    const asked = readAutodiscoverRequest(request);
    if ('errorCode' in asked) return errorAnswer(asked.errorCode);
    if (asked.email.toLowerCase() !== place.mailbox.email.toLowerCase()) return errorAnswer(500);
    return xmlAnswer(settingsDocument(offer(request), place, random));
  };
}

/** The whole answer for the mailbox. `extra` goes to the end of Account. [MS-OXDSCLI] 2.2.4 */
export function settingsDocument(
  offered: readonly ProtocolName[],
  place: Place,
  random: Random,
  extra: Xml[] = [],
): string {
  const protocols = random.shuffled(offered).map((name) => protocolElement(name, place, random));
  const fixed = [element('AccountType', 'email'), element('Action', 'settings'), element('MicrosoftOnline', 'False')];
  const account = element('Account', [...random.shuffled([...fixed, ...protocols]), ...extra]);
  const response = element('Response', [userElement(place, random), account], { xmlns: OUTLOOK_RESPONSE });
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
export function errorAnswer(code: number): HttpAnswer {
  const children = [element('ErrorCode', String(code)), element('Message', messages[code] ?? ''), element('DebugData')];
  const time = new Date().toISOString().slice(11, 23);
  const error = element('Error', children, { Time: time, Id: '1054084152' });
  return xmlAnswer(documentOf(element('Autodiscover', [element('Response', [error])], { xmlns: ENVELOPE })));
}

function userElement({ mailbox }: Place, random: Random): Xml {
  const values = {
    DisplayName: 'Alice Example',
    LegacyDN: `${ORGANIZATION_DN}/cn=Recipients/cn=a11ce-alice`,
    AutoDiscoverSMTPAddress: mailbox.email,
    DeploymentId: '7f6c1d5e-0000-4000-8000-4c414221a11c',
  };
  return element('User', random.shuffled(Object.entries(values).map(([name, value]) => element(name, value))));
}
