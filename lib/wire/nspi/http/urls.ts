/** Under which URLs a mailbox and an address book are served. */
import type { ByteReader } from '../../bytes/reader.ts';
import type { Trace } from '../../bytes/trace.ts';
import {
  type Auxiliary,
  decodeRequestBody,
  decodeResponseBody,
  encodeRequestBody,
  type ResponseBody,
} from '../../mapi-http/body.ts';

const GET_MAILBOX_URL = '[MS-OXCMAPIHTTP] 2.2.5.18';
const GET_ADDRESS_BOOK_URL = '[MS-OXCMAPIHTTP] 2.2.5.19';

/** 2.2.5.18.1 */
export interface GetMailboxUrlRequest {
  /** Of the server where the mailbox is: its home message database, cut at the last `/cn=` or, for some servers, uncut. */
  readonly serverDn: string;
}

export function encodeGetMailboxUrlRequest({ serverDn }: GetMailboxUrlRequest, trace?: Trace): Uint8Array {
  return encodeRequestBody(trace, (writer) => writer.u32('flags', 0).utf16z('serverDn', serverDn));
}

export function decodeGetMailboxUrlRequest(bytes: Uint8Array, trace?: Trace): GetMailboxUrlRequest & Auxiliary {
  return decodeRequestBody(bytes, { path: 'getMailboxUrl.request', spec: GET_MAILBOX_URL, trace }, (reader) => {
    reader.u32('flags');
    return { serverDn: reader.utf16z('serverDn') };
  });
}

/** 2.2.5.19.1 */
export interface GetAddressBookUrlRequest {
  /** The legacy DN. */
  readonly userDn: string;
}

export function encodeGetAddressBookUrlRequest({ userDn }: GetAddressBookUrlRequest, trace?: Trace): Uint8Array {
  return encodeRequestBody(trace, (writer) => writer.u32('flags', 0).utf16z('userDn', userDn));
}

export function decodeGetAddressBookUrlRequest(bytes: Uint8Array, trace?: Trace): GetAddressBookUrlRequest & Auxiliary {
  return decodeRequestBody(
    bytes,
    { path: 'getAddressBookUrl.request', spec: GET_ADDRESS_BOOK_URL, trace },
    (reader) => {
      reader.u32('flags');
      return { userDn: reader.utf16z('userDn') };
    },
  );
}

/** 2.2.5.18.2, 2.2.5.19.2 */
export interface UrlResponse {
  readonly serverUrl: string;
}

export function decodeGetMailboxUrlResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<UrlResponse> {
  return decodeResponseBody(bytes, { path: 'getMailboxUrl.response', spec: GET_MAILBOX_URL, trace }, readUrl);
}

export function decodeGetAddressBookUrlResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<UrlResponse> {
  return decodeResponseBody(bytes, { path: 'getAddressBookUrl.response', spec: GET_ADDRESS_BOOK_URL, trace }, readUrl);
}

const readUrl = (reader: ByteReader): UrlResponse => ({ serverUrl: reader.utf16z('serverUrl') });
