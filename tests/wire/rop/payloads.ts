/** What servers may answer to a list of operations, octet by octet. */
import { PROPERTY_TAG } from '#lib/wire/nspi/property-tags.ts';
import type { RopRequest } from '#lib/wire/rop/requests.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';

const { folderId, displayName, contentCount } = PROPERTY_TAG;
/** Of the last the type is left open. */
export const COLUMNS = [folderId, displayName, contentCount, 0x80010102, 0x80020000];

export const LOGON = {
  rop: 'logon',
  logonId: 0,
  output: 0,
  logonFlags: 1,
  openFlags: 0x0100000c,
  essdn: '/o=x/cn=alice',
} satisfies RopRequest;
export const OPEN = { rop: 'open-folder', logonId: 0, input: 0, output: 1, folderId: 1n } satisfies RopRequest;
export const TABLE = {
  rop: 'get-hierarchy-table',
  logonId: 0,
  input: 1,
  output: 2,
  tableFlags: 4,
} satisfies RopRequest;
export const SET = { rop: 'set-columns', logonId: 0, input: 2, columns: COLUMNS } satisfies RopRequest;
export const ROWS = { rop: 'query-rows', logonId: 0, input: 2, rowCount: 9, columns: COLUMNS } satisfies RopRequest;
export const RELEASE = { rop: 'release', logonId: 0, input: 2 } satisfies RopRequest;

/** RopSize, the operations, and the handles. */
export function payload(rops: string, handles = ''): string {
  const size = hex(rops).length + 2;
  return `${digits(Uint8Array.of(size & 0xff, size >> 8))} ${rops} ${handles}`;
}

const id = (counter: string): string => `0100 0000000000${counter}`;
const folders = (first: number, count: number): string =>
  Array.from({ length: count }, (_, index) => id((first + index).toString(16).padStart(2, '0'))).join('');
const GUID = '00112233445566778899aabbccddeeff';
const name = (text: string): string => `${Buffer.from(`${text}\0`, 'utf16le').toString('hex')}`;
const text8 = (text: string): string => `${Buffer.from(text).toString('hex')}00`;

export const PRIVATE_LOGON = `fe 00 00000000 01 ${folders(1, 13)} 07 ${GUID} 0500 ${GUID} 350e1205140bea07 80909deb1c79dd01 00000000`;
export const PUBLIC_LOGON = `fe 00 00000000 00 ${folders(1, 10)} ${'00'.repeat(24)} 0500 ${GUID} ${GUID}`;
export const REDIRECT = `fe 00 78040000 01 0d ${text8('/o=x/cn=EX02')}`;
export const LISTING = `02 01 00000000 01 00  04 02 00000000 02000000  12 02 00000000 00
  15 02 00000000 02 0200
  00 ${id('0a')} ${name('Sent Items')} 05000000 0200abcd 0300 07000000
  01 00 ${id('0b')} 00 ${name('Inbox')} 0a 0f010480 01 1f00 00 ${name('x')}`;
export const GHOSTED = `02 01 00000000 00 01 0200 0100 ${text8('/cn=EX01')} ${text8('/cn=EX02')}`;
export const BACKOFF = 'f9 00 e8030000 02 02 f4010000 04 00000000 0300 aabbcc';

/** Each with the requests that it answers; all are right. */
export const PAYLOADS: Readonly<Record<string, readonly [digits: string, sent: readonly RopRequest[]]>> = {
  'a mailbox': [payload(PRIVATE_LOGON, '00000000'), [LOGON]],
  'public folders': [payload(PUBLIC_LOGON, '00000000'), [LOGON]],
  'another server': [payload(REDIRECT, 'ffffffff'), [LOGON]],
  'a refusal': [payload('fe 00 eb030000', 'ffffffff'), [LOGON]],
  'a list of folders': [payload(LISTING, '00000000 01000000 02000000'), [OPEN, TABLE, SET, ROWS]],
  'a folder that other servers have': [payload(GHOSTED), [OPEN]],
  nothing: [payload('', '02000000'), [RELEASE]],
  'too little room': [payload('02 01 00000000 00 00 ff 0080 04 00 01 02 04', '00000000'), [OPEN, TABLE]],
  'a busy server': [payload(`02 01 00000000 00 00 ${BACKOFF}`), [OPEN, TABLE, SET]],
  news: [payload('02 01 00000000 00 00 6e 0100'), [OPEN]],
};
