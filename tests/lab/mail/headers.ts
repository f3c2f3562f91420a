import { randomUUID } from 'node:crypto';
import type { Header } from '../http/message.ts';
import type { Place } from '../place.ts';
import { ACTIVE_DIRECTORY } from './directory.ts';

const { server: SERVER_NAME, dnsDomain: DNS_DOMAIN } = ACTIVE_DIRECTORY;

/** What Exchange adds to every answer, also to the one that asks for a sign-in. */
export function frontEndHeaders(): Header[] {
  return [
    ['Cache-Control', 'private'],
    ['Server', 'Microsoft-IIS/10.0'],
    ['request-id', randomUUID()],
    ['X-OWA-Version', '15.2.2562.17'],
    ['X-Powered-By', 'ASP.NET'],
    ['X-FEServer', SERVER_NAME],
  ];
}

/** What comes on top when the request has passed the front end and a mailbox server has answered. */
export function backEndHeaders({ mailbox }: Place, path: string): Header[] {
  const directory = path.split('/')[1] ?? '';
  return [
    ...frontEndHeaders(),
    ['X-CalculatedBETarget', `${SERVER_NAME.toLowerCase()}.${DNS_DOMAIN}`],
    ['X-DiagInfo', SERVER_NAME],
    ['X-BEServer', SERVER_NAME],
    ['X-AspNet-Version', '4.0.30319'],
    [
      'Set-Cookie',
      `X-BackEndCookie=${Buffer.from(mailbox.email).toString('base64url')}; path=/${directory}; secure; HttpOnly`,
    ],
  ];
}
