import { readBasic } from '../http/basic.ts';
import type { HttpAnswer, HttpRequest } from '../http/message.ts';
import type { Place } from '../place.ts';
import { frontEndHeaders } from './headers.ts';

/** The values of WWW-Authenticate that a host sends, one header each. */
export type Offers = (host: string) => readonly string[];

/** What Exchange offers for Autodiscover as it is installed. */
export const basicAndWindows: Offers = (host) => [`Basic realm="${host}"`, 'Negotiate', 'NTLM'];

export const windowsOnly: Offers = () => ['Negotiate', 'NTLM'];

/** What is left where modern authentication is demanded. Nobody answers for the authority that is named. */
export const tokensOnly: Offers = () => [
  'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", ' +
    'trusted_issuers="00000001-0000-0000-c000-000000000000@*", token_types="app_asserted_user_v1", ' +
    'authorization_uri="https://login.lab.test/common/oauth2/authorize"',
];

export const nothing: Offers = () => [];

/** Whether the request carries the mailbox's name and password, and the server takes them in this form. */
export function signIn(request: HttpRequest, place: Place, offers: Offers): boolean {
  const credentials = readBasic(request);
  if (!credentials) return false;
  const { username, password } = place.mailbox;
  const basicOffered = offers(place.host).some((offer) => offer.startsWith('Basic '));
  const sameUser = credentials.username.toLowerCase() === username.toLowerCase();
  const accepted = basicOffered && sameUser && credentials.password === password;
  place.tally[accepted ? 'accepted' : 'refused']();
  return accepted;
}

/** The answer that asks for a sign-in. */
export function challenge({ host }: Place, offers: Offers): HttpAnswer {
  const methods = offers(host).map((offer) => ['WWW-Authenticate', offer] as const);
  return { status: 401, headers: [...frontEndHeaders(), ...methods] };
}
