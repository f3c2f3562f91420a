/** Where the services of a mailbox are, as the address book tells it. [MS-OXCMAPIHTTP] 2.2.5.18, 2.2.5.19 */
import type { Place } from '../place.ts';
import { ecNotFound, SUCCESS } from './codes.ts';
import { addressBookUrl, databaseDn, mailStoreUrl, sameDn, serverDn, USER_DN } from './owner.ts';

interface UrlAnswer {
  readonly status: number;
  readonly url: string;
}

const notFound: UrlAnswer = { status: ecNotFound, url: '' };

/** By the name of the mailbox's server, cut or not. */
export function mailboxUrlFor(dn: string, place: Place, host = place.host): UrlAnswer {
  const isKnown = [serverDn(place), databaseDn(place)].some((each) => sameDn(each, dn));
  return isKnown ? { status: SUCCESS, url: mailStoreUrl(host, place) } : notFound;
}

/** By the name of the mailbox. */
export function addressBookUrlFor(dn: string, place: Place, host = place.host): UrlAnswer {
  return sameDn(dn, USER_DN) ? { status: SUCCESS, url: addressBookUrl(host, place) } : notFound;
}
