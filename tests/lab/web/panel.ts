import { xmlAnswer } from '../autodiscover/pox.ts';
import { ENVELOPE, OUTLOOK_RESPONSE } from '../autodiscover/request.ts';
import { documentOf, element, type Xml } from '../autodiscover/xml.ts';
import { readBasic } from '../http/basic.ts';
import type { Handler, HttpAnswer } from '../http/message.ts';
import type { Place } from '../place.ts';

/** A hosting panel that wants a password, and takes any. Nothing about it says "mail system". */
export const hungryPanel: Handler = (request, place) =>
  readBasic(request) ? panelSettings(place) : { status: 401, headers: [server, wantsPassword] };

/** A hosting panel that hands everyone settings for the web host's own mail service. */
export const openPanel: Handler = (_request, place) => panelSettings(place);

const server = ['Server', 'hosting-panel'] as const;
const wantsPassword = ['WWW-Authenticate', 'Basic realm="Hosting Panel"'] as const;

function panelSettings({ domain, mailbox }: Place): HttpAnswer {
  const account = element('Account', [
    element('AccountType', 'email'),
    element('Action', 'settings'),
    mailProtocol('IMAP', domain, '993', mailbox.email),
    mailProtocol('POP3', domain, '995', mailbox.email),
    mailProtocol('SMTP', domain, '465', mailbox.email),
  ]);
  const response = element('Response', [account], { xmlns: OUTLOOK_RESPONSE });
  const answer = xmlAnswer(documentOf(element('Autodiscover', [response], { xmlns: ENVELOPE })));
  return { ...answer, headers: [...(answer.headers ?? []), server] };
}

function mailProtocol(type: string, domain: string, port: string, login: string): Xml {
  const values = { Type: type, Server: `mail.${domain}`, Port: port, LoginName: login, SSL: 'on', AuthRequired: 'on' };
  return element(
    'Protocol',
    Object.entries(values).map(([name, value]) => element(name, value)),
  );
}
