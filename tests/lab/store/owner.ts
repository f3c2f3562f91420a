/** What the mailbox of a world and its server are called in the directory. Settings, store and address book all say the same. */
import { ACTIVE_DIRECTORY } from '../mail/directory.ts';
import type { Place } from '../place.ts';

export const ORGANIZATION_DN = '/o=Throughline Lab/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)';
export const USER_DN = `${ORGANIZATION_DN}/cn=Recipients/cn=a11ce-alice`;
export const DEPLOYMENT_ID = '7f6c1d5e-0000-4000-8000-4c414221a11c';
export const DISPLAY_NAME = 'Alice Example';
export const MAILBOX_GUID = '4c414221-0001-4000-8000-00000000a11c';

/** The server as it calls itself inside. */
export const SERVER_FQDN = `${ACTIVE_DIRECTORY.server}.${ACTIVE_DIRECTORY.dnsDomain}`.toUpperCase();

type Domain = Pick<Place, 'domain'>;

/** Under which clients ask for the mailbox. */
export const mailboxId = ({ domain }: Domain): string => `${MAILBOX_GUID}@${domain}`;

/** Since Exchange 2013 each mailbox is a server of its own, as far as clients can tell. */
export const serverDn = (place: Domain): string =>
  `${ORGANIZATION_DN}/cn=Configuration/cn=Servers/cn=${mailboxId(place)}`;

export const databaseDn = (place: Domain): string => `${serverDn(place)}/cn=Microsoft Private MDB`;

export const mailStoreUrl = (host: string, place: Domain): string =>
  `https://${host}/mapi/emsmdb/?MailboxId=${mailboxId(place)}`;

export const addressBookUrl = (host: string, place: Domain): string =>
  `https://${host}/mapi/nspi/?MailboxId=${mailboxId(place)}`;

/** Names of the directory are the same whatever their case. */
export const sameDn = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
