/** What a request asks for: X-RequestType. [MS-OXCMAPIHTTP] 2.2.3.3.1 */

/** Of the mailbox, `/mapi/emsmdb/`. 2.2.4 */
export const MAILBOX_REQUESTS = ['Connect', 'Execute', 'Disconnect', 'NotificationWait', 'PING'] as const;
export type MailboxRequest = (typeof MAILBOX_REQUESTS)[number];

/** Of the address book, `/mapi/nspi/`. 2.2.5 */
export const ADDRESS_BOOK_REQUESTS = [
  'Bind',
  'Unbind',
  'CompareMIds',
  'DNToMId',
  'GetMatches',
  'GetPropList',
  'GetProps',
  'GetSpecialTable',
  'GetTemplateInfo',
  'ModLinkAtt',
  'ModProps',
  'QueryColumns',
  'QueryRows',
  'ResolveNames',
  'ResortRestriction',
  'SeekEntries',
  'UpdateStat',
  'GetMailboxUrl',
  'GetAddressBookUrl',
  'PING',
] as const;
export type AddressBookRequest = (typeof ADDRESS_BOOK_REQUESTS)[number];

export type RequestType = MailboxRequest | AddressBookRequest;

/** Whether a response says that it answers this request: servers write the header in other cases too. */
export const isRequestType = (header: string, type: RequestType): boolean =>
  header.trim().toLowerCase() === type.toLowerCase();
