/** Answers of an address book as a server may send them, octet by octet. */
import type { Trace } from '#lib/wire/bytes/trace.ts';
import { decodeDnToMidResponse, decodeResolveNamesResponse } from '#lib/wire/nspi/http/names.ts';
import { decodeGetPropListResponse, decodeGetPropsResponse } from '#lib/wire/nspi/http/objects.ts';
import { decodeBindResponse, decodeUnbindResponse, decodeUpdateStatResponse } from '#lib/wire/nspi/http/session.ts';
import {
  decodeGetMatchesResponse,
  decodeGetSpecialTableResponse,
  decodeQueryColumnsResponse,
  decodeQueryRowsResponse,
} from '#lib/wire/nspi/http/tables.ts';
import { decodeGetAddressBookUrlResponse, decodeGetMailboxUrlResponse } from '#lib/wire/nspi/http/urls.ts';
import { auxiliary, block, utf16z } from '#tests/wire/extended-buffer/blocks.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';

/** Of a text in UTF-16, with its end. */
export const text = (value: string): string => digits(utf16z(value));
/** Of a text in 8 bits, with its end. */
export const text8 = (value: string): string => `${digits(new Uint8Array(Buffer.from(value, 'latin1')))}00`;

export const OK = '00000000 00000000';
export const NO_AUXILIARY = '00000000';
export const STATE = `00000000 11000000 02000000 ffffffff 02000000 03000000 e4040000 09040000 09040000`;
/** PidTagDisplayName and PidTagObjectType. */
export const COLUMNS = '02000000 1f000130 0300fe0f';
export const ROWS = `02000000 00 ff ${text('Alice')} 06000000 01 01 0a 0f010480`;

/** The permanent entry id of a container. */
const container = (dn: string): string => `00000000 dca740c8c042101ab4b908002b2fe182 01000000 00010000 ${text8(dn)}`;
export const ENTRY_ID = container('/guid=11');

/** An auxiliary buffer with its size: one endpoint serves everything. */
const capabilities = block(auxiliary(1, 0x48, hex('01000000')));
const withAuxiliary = `${capabilities.length.toString(16).padStart(2, '0')}000000 ${digits(capabilities)}`;

/** Every type that a value can have, in one list. */
export const ALL_TYPES = `1d000000
  0200 0180 fdff
  0300 0039 06000000
  0400 0280 0000c03f
  0500 0380 000000000000f8bf
  0600 0480 1027000000000000
  0700 0580 0000000000000440
  0a00 3700 0f010480
  0b00 fbff 01
  0100 0680
  0d00 0780
  1400 4867 0100000000000108
  1e00 0880 ff ${text8('Zoë')}
  1f00 0130 01 ${text('Alice')}
  1f00 fe39 00
  4000 0730 0040e2d4a439dd01
  4800 0980 00112233445566778899aabbccddeeff
  0201 ff0f ff 1e000000 ${container('/')}
  0210 0a80 ff 02000000 0100 feff
  0310 0b80 ff 01000000 07000000
  0410 0c80 ff 01000000 0000c03f
  0510 0d80 ff 01000000 000000000000f8bf
  0610 0e80 ff 01000000 1027000000000000
  0710 0f81 ff 01000000 0000000000000440
  1410 1080 ff 00000000
  1e10 1180 ff 02000000 ff ${text8('a')} 00
  1f10 0f80 ff 02000000 ff ${text('SMTP:alice@contoso.example')} 00
  4010 1280 ff 01000000 0040e2d4a439dd01
  4810 1380 ff 01000000 00112233445566778899aabbccddeeff
  0211 1480 ff 02000000 ff 02000000 abcd 00`;

type Decode = (bytes: Uint8Array, trace?: Trace) => unknown;

/** Each with what reads it; all are right, and end where they should. */
export const BODIES: Readonly<Record<string, readonly [digits: string, decode: Decode]>> = {
  Bind: [`${OK} 00112233445566778899aabbccddeeff ${withAuxiliary}`, decodeBindResponse],
  'Bind that failed before it began': [`05000780 ${NO_AUXILIARY}`, decodeBindResponse],
  Unbind: [`00000000 01000000 ${NO_AUXILIARY}`, decodeUnbindResponse],
  UpdateStat: [`${OK} ff ${STATE} 01 feffffff ${NO_AUXILIARY}`, decodeUpdateStatResponse],
  GetSpecialTable: [
    `${OK} e4040000 01 07000000 ff 02000000
     02000000 1f000130 00 0300fdff 00000000
     02000000 0201ff0f ff 25000000 ${ENTRY_ID} 0b00fbff 00 ${NO_AUXILIARY}`,
    decodeGetSpecialTableResponse,
  ],
  'GetSpecialTable that has not changed': [
    `${OK} e4040000 ff 07000000 00 ${NO_AUXILIARY}`,
    decodeGetSpecialTableResponse,
  ],
  QueryRows: [`${OK} ff ${STATE} ff ${COLUMNS} ${ROWS} ${NO_AUXILIARY}`, decodeQueryRowsResponse],
  'QueryRows, types left open': [
    `${OK} 00 ff 02000000 00000130 00003700 02000000
     00 1f00 ff ${text('Alice')} 0a00 0f010480
     01 1f00 00 ff ${text('Bob')} 1f00 01 ${NO_AUXILIARY}`,
    decodeQueryRowsResponse,
  ],
  QueryColumns: [`${OK} ff ${COLUMNS} ${NO_AUXILIARY}`, decodeQueryColumnsResponse],
  GetMatches: [
    `${OK} ff ${STATE} ff 02000000 11000000 12000000 ff ${COLUMNS} ${ROWS} ${NO_AUXILIARY}`,
    decodeGetMatchesResponse,
  ],
  GetProps: [`00000000 80030400 e4040000 ff ${ALL_TYPES} ${NO_AUXILIARY}`, decodeGetPropsResponse],
  'GetProps that was refused': [`00000000 05000780 00000000 00 ${NO_AUXILIARY}`, decodeGetPropsResponse],
  GetPropList: [`${OK} ff ${COLUMNS} ${NO_AUXILIARY}`, decodeGetPropListResponse],
  ResolveNames: [
    `${OK} b0040000 ff 03000000 02000000 01000000 00000000 ff 01000000 1f000130 01000000 00 ff ${text('Alice')} ${NO_AUXILIARY}`,
    decodeResolveNamesResponse,
  ],
  'ResolveNames without columns': [
    `${OK} b0040000 ff 01000000 02000000 ff 00000000 01000000 00 ${NO_AUXILIARY}`,
    decodeResolveNamesResponse,
  ],
  DNToMId: [`${OK} ff 01000000 11000000 ${NO_AUXILIARY}`, decodeDnToMidResponse],
  GetMailboxUrl: [
    `${OK} ${text('https://mail.contoso.example/mapi/emsmdb/')} ${NO_AUXILIARY}`,
    decodeGetMailboxUrlResponse,
  ],
  GetAddressBookUrl: [`${OK} ${text('')} ${NO_AUXILIARY}`, decodeGetAddressBookUrlResponse],
};
