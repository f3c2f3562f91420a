/** Tables about mail clients that several worlds share: who is like whom, and what is so of everybody. */
import { blocked, type ClientExpectation, type ClientName, type ClientTable, connects, notTested } from './clients.ts';

/** The same for all of a group. */
export const each = (clients: readonly ClientName[], expected: ClientExpectation): ClientTable =>
  Object.fromEntries(clients.map((client) => [client, expected]));

/** Outlook for Windows that does not speak MAPI over HTTP. */
export const OLD_OUTLOOK = ['outlook-2007', 'outlook-2010', 'outlook-2013'] as const;
/** Outlook for Windows that asks Microsoft 365 before all others. */
export const NEW_OUTLOOK = ['outlook-2016', 'outlook-2019', 'outlook-365-classic'] as const;
/** Outlook for Windows that does. */
export const MAPI_OUTLOOK = ['outlook-2010-updated', 'outlook-2013-sp1', ...NEW_OUTLOOK] as const;
export const WINDOWS = [...OLD_OUTLOOK, ...MAPI_OUTLOOK] as const;
/** They take an address out of the newer form as well. */
export const ASK_JSON = ['outlook-mac', 'ios-mail'] as const;
export const ASK_XML_ONLY = [...WINDOWS, 'android-mail', 'thunderbird'] as const;

/** Outlook 2003 knows no Autodiscover; the other two are asked about by a service in Microsoft's cloud. */
const neverAsk = each(['outlook-2003', 'outlook-new', 'outlook-mobile'], notTested);

/** So it is for everybody who asks at all, with these exceptions. */
export const everybody = (expected: ClientExpectation, exceptions: ClientTable = {}): ClientTable => ({
  others: expected,
  ...neverAsk,
  ...exceptions,
});

/** Only the SRV record leads anywhere. Android has no way to read it; of Apple and of Outlook for Mac nobody knows for certain. */
export const bySrv = everybody(connects('srv'), { ...each(ASK_JSON, notTested), 'android-mail': blocked });

/** The newer form says where the services are, and nobody is asked for a password on the way. */
export const jsonLeads = everybody(blocked, each(ASK_JSON, connects('https-autodiscover')));
