/** The calls of the address book: as they were recorded with an independent server, and as other implementations write them. */
import { describe, expect, test } from 'vitest';
import { isNullHandle } from '#lib/wire/ndr/handle.ts';
import { decodeEntryId } from '#lib/wire/nspi/entry-id.ts';
import { octetsOf } from '#lib/wire/nspi/property-value.ts';
import {
  decodeNspiDnToMIdRequest,
  decodeNspiDnToMIdResponse,
  decodeNspiResolveNamesWRequest,
  decodeNspiResolveNamesWResponse,
  encodeNspiDnToMIdRequest,
  encodeNspiResolveNamesWRequest,
} from '#lib/wire/nspi/rpc/names.ts';
import {
  decodeNspiBindRequest,
  decodeNspiBindResponse,
  decodeNspiUnbindRequest,
  decodeNspiUnbindResponse,
  encodeNspiBindRequest,
  encodeNspiUnbindRequest,
} from '#lib/wire/nspi/rpc/session.ts';
import {
  decodeNspiGetPropsRequest,
  decodeNspiGetPropsResponse,
  decodeNspiGetSpecialTableRequest,
  decodeNspiGetSpecialTableResponse,
  decodeNspiQueryColumnsRequest,
  decodeNspiQueryColumnsResponse,
  decodeNspiQueryRowsRequest,
  decodeNspiQueryRowsResponse,
  encodeNspiGetPropsRequest,
  encodeNspiGetSpecialTableRequest,
  encodeNspiQueryColumnsRequest,
  encodeNspiQueryRowsRequest,
} from '#lib/wire/nspi/rpc/tables.ts';
import { INITIAL_STAT } from '#lib/wire/nspi/stat.ts';
import type { Decode } from '#tests/wire/ndr/calls.ts';
import { REPLIES } from '#tests/wire/ndr/replies.ts';
import { complaintOf, expectStrict, expectWholeTrace, stubOf } from '#tests/wire/ndr/stubs.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';
import { recorded } from '#tests/wire/shared-fixtures.ts';

const DN = '/o=Gromox/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=0100000001000000-alice';
const HANDLE = hex('01000000667ca9640955fe4c95b601000000a41e');
const STAT = INITIAL_STAT;

interface Recorded {
  readonly file: string;
  readonly request: Uint8Array;
  readonly decodeRequest: Decode;
  readonly args: object;
  readonly decodeResponse: Decode;
  readonly says: object;
}

function call<Request extends object>(
  file: string,
  args: Request,
  [encode, decodeRequest]: readonly [(args: Request) => Uint8Array, Decode],
  [decodeResponse, says]: readonly [Decode, object],
): Recorded {
  return { file, args, request: encode(args), decodeRequest, decodeResponse, says };
}

const ALICE = { type: 'string', value: 'Alice Example' };
const ADDRESS = { type: 'string', value: 'alice@gromox.test' };
const MDB = [
  '/o=Gromox/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Configuration/cn=Servers',
  '/cn=616c6963-6540-6772-6f6d-6f7801000000@gromox.test/cn=Microsoft Private MDB',
].join('');

const conversation: readonly Recorded[] = [
  call(
    '07-nspi-bind',
    { flags: 0, stat: STAT },
    [encodeNspiBindRequest, decodeNspiBindRequest],
    [decodeNspiBindResponse, { serverGuid: '8bf66314-3605-4556-a775-b6c6eb050381', handle: HANDLE, status: 0 }],
  ),
  call(
    '09-nspi-getspecialtable',
    { handle: HANDLE, flags: 4, stat: STAT, version: 0 },
    [encodeNspiGetSpecialTableRequest, decodeNspiGetSpecialTableRequest],
    [decodeNspiGetSpecialTableResponse, { version: 1, rows: [{ length: 6 }, { length: 6 }], status: 0 }],
  ),
  call(
    '11-nspi-resolvenamesw',
    {
      ...{ handle: HANDLE, stat: STAT, tags: [0x3001001f, 0x39fe001f, 0x3003001f, 0x8006001f] },
      names: ['=SMTP:alice@gromox.test', 'nosuch'],
    },
    [encodeNspiResolveNamesWRequest, decodeNspiResolveNamesWRequest],
    [
      decodeNspiResolveNamesWResponse,
      {
        results: [2, 1],
        rows: [
          [
            { tag: 0x3001001f, value: ALICE },
            { tag: 0x39fe001f, value: ADDRESS },
            { tag: 0x3003001f, value: { type: 'string', value: DN } },
            { tag: 0x8006001f, value: { type: 'string', value: MDB } },
          ],
        ],
        status: 0,
      },
    ],
  ),
  call(
    '13-nspi-dntomid',
    { handle: HANDLE, dns: [DN] },
    [encodeNspiDnToMIdRequest, decodeNspiDnToMIdRequest],
    [decodeNspiDnToMIdResponse, { mids: [0x11], status: 0 }],
  ),
  call(
    '15-nspi-queryrows',
    { handle: HANDLE, flags: 0, stat: STAT, explicitTable: null, count: 50, tags: [0x3001001f, 0x39fe001f] },
    [encodeNspiQueryRowsRequest, decodeNspiQueryRowsRequest],
    [
      decodeNspiQueryRowsResponse,
      {
        stat: { ...STAT, currentRec: 2, numPos: 2, totalRecs: 2 },
        rows: [
          [
            { tag: 0x3001001f, value: ALICE },
            { tag: 0x39fe001f, value: ADDRESS },
          ],
          [{ value: { value: 'Bob Example' } }, { value: { value: 'bob@gromox.test' } }],
        ],
        status: 0,
      },
    ],
  ),
  call(
    '17-nspi-getprops',
    {
      ...{ handle: HANDLE, flags: 0, stat: { ...STAT, currentRec: 0x11 } },
      tags: [0x3001001f, 0x0ffe0003, 0x800f101f, 0x0fff0102, 0x0037001f],
    },
    [encodeNspiGetPropsRequest, decodeNspiGetPropsRequest],
    [
      decodeNspiGetPropsResponse,
      {
        properties: [
          { tag: 0x3001001f, value: ALICE },
          { tag: 0x0ffe0003, value: { type: 'int32', value: 6 } },
          {
            tag: 0x800f101f,
            value: { type: 'strings', values: ['SMTP:alice@gromox.test', 'SMTP:alice.example@gromox.test'] },
          },
          { tag: 0x0fff0102, value: { type: 'binary', value: { length: 0x81 } } },
          { tag: 0x0037000a, value: { type: 'error', code: 0x8004010f } },
        ],
        status: 0x00040380,
      },
    ],
  ),
  call(
    '19-nspi-unbind',
    { handle: HANDLE },
    [encodeNspiUnbindRequest, decodeNspiUnbindRequest],
    [decodeNspiUnbindResponse, { handle: new Uint8Array(20), status: 1 }],
  ),
];

describe('as recorded', () => {
  const pdu = (context: Parameters<typeof recorded>[0], file: string): Uint8Array =>
    stubOf(recorded(context, `independent-server/rpc-nspi-noauth/${file}.bin`));

  test.for(conversation)('$file: the request', ({ file, request, args, decodeRequest }, context) => {
    const stub = pdu(context, `${file}.request`);
    expect(digits(request)).toBe(digits(stub));
    expect(decodeRequest(stub)).toEqual(args);
    expectStrict(stub, decodeRequest);
    expectWholeTrace(stub, decodeRequest);
  });

  test.for(conversation)('$file: the response', ({ file, says, decodeResponse }, context) => {
    const [number, name] = [Number(file.slice(0, 2)) + 1, file.slice(2)];
    const stub = pdu(context, `${String(number).padStart(2, '0')}${name}.response`);
    expect(decodeResponse(stub)).toMatchObject(says);
    expectStrict(stub, decodeResponse);
  });
});

describe('special tables', () => {
  test('every type of a row is read, and what it points to follows in order', () => {
    const { version, rows, status } = decodeNspiGetSpecialTableResponse(hex(REPLIES.specialTable));
    expect([version, status, rows?.length]).toEqual([7, 0, 1]);
    expect(rows?.[0]).toEqual([
      { tag: 0x3001001f, value: { type: 'string', value: 'GAL' } },
      { tag: 0x36000003, value: { type: 'int32', value: 9 } },
      { tag: 0x0fff0102, value: { type: 'binary', value: expect.any(Uint8Array) } },
      { tag: 0xfffb000b, value: { type: 'boolean', value: true } },
      { tag: 0x30070040, value: { type: 'time', value: 0x0000_0002_0000_0001n } },
    ]);
    const entryId = octetsOf(rows?.[0]?.[2]?.value ?? { type: 'absent' });
    expect(decodeEntryId(entryId ?? new Uint8Array())).toEqual({ kind: 'permanent', displayType: 0, dn: '/' });
  });

  test('a name may be a null pointer', () => {
    const { rows } = decodeNspiGetSpecialTableResponse(hex(REPLIES.hierarchy));
    expect(rows?.map((row) => row.find(({ tag }) => tag === 0x3001001f)?.value)).toEqual([
      { type: 'absent' },
      { type: 'string', value: 'gromox.test' },
    ]);
  });
});

test('a request for rows, as another implementation writes it', () => {
  const bytes = `00000000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa01000000 ${'00'.repeat(36)} 00000000 00000000 32000000
    caae0000 03000000 02000000 00000000 02000000 1f000130 1f00fe39`;
  const stat = { ...STAT, codePage: 0, templateLocale: 0, sortLocale: 0 };
  const handle = hex(`00000000${'aa'.repeat(16)}`);
  const args = { handle, flags: 1, stat, explicitTable: null, count: 50, tags: [0x3001001f, 0x39fe001f] };
  expect(decodeNspiQueryRowsRequest(hex(bytes))).toEqual(args);
  expect(digits(encodeNspiQueryRowsRequest(args))).toBe(digits(hex(bytes.replace('caae0000', '00000200'))));
});

test('rows that are named one by one, and columns', () => {
  const args = { handle: HANDLE, flags: 2, stat: STAT, explicitTable: [0x10, 0x11], count: 2, tags: null };
  const request = encodeNspiQueryRowsRequest(args);
  expect(digits(request)).toContain(
    '02000000 00000200 02000000 10000000 11000000 02000000 00000000'.replaceAll(' ', ''),
  );
  expect(decodeNspiQueryRowsRequest(request)).toEqual(args);
  expectStrict(request, decodeNspiQueryRowsRequest);
  const columns = { handle: HANDLE, flags: 0x8000_0000 };
  expect(digits(encodeNspiQueryColumnsRequest(columns))).toBe(`${digits(HANDLE)}0000000000000080`);
  expect(decodeNspiQueryColumnsRequest(encodeNspiQueryColumnsRequest(columns))).toEqual(columns);
  expect(
    decodeNspiQueryColumnsResponse(hex('01000000 03000000 02000000 00000000 02000000 1f000130 1f00fe39 00000000')),
  ).toEqual({ tags: [0x3001001f, 0x39fe001f], status: 0 });
  expect(decodeNspiQueryColumnsResponse(hex('00000000 02010480'))).toEqual({ tags: null, status: 0x80040102 });
});

describe('refusals have all their fields', () => {
  test('of the bind: without a place for the GUID, or with one', () => {
    const nothing = '00'.repeat(20);
    const short = decodeNspiBindResponse(hex(`00000000 ${nothing} 1e010480`));
    expect(short).toMatchObject({ serverGuid: null, status: 0x8004011e });
    expect(isNullHandle(short.handle)).toBe(true);
    expect(decodeNspiBindResponse(hex(`01000000 ${'00'.repeat(16)} ${nothing} 02010480`))).toMatchObject({
      serverGuid: '00000000-0000-0000-0000-000000000000',
      status: 0x80040102,
    });
  });

  test('of everything else: null pointers', () => {
    expect(decodeNspiGetSpecialTableResponse(hex('00000000 00000000 05400080'))).toMatchObject({ rows: null });
    expect(decodeNspiGetPropsResponse(hex('00000000 05400080'))).toEqual({ properties: null, status: 0x80004005 });
    expect(decodeNspiDnToMIdResponse(hex('00000000 05400080'))).toEqual({ mids: null, status: 0x80004005 });
    expect(decodeNspiResolveNamesWResponse(hex('00000000 00000000 05400080'))).toMatchObject({
      ...{ results: null, rows: null },
    });
    expect(decodeNspiQueryRowsResponse(hex(`${'00'.repeat(36)} 00000000 05400080`))).toMatchObject({ rows: null });
  });
});

describe('every type of value', () => {
  /** A reply of NspiGetProps with one value. */
  const withValue = (tag: string, arm: string): string =>
    `01000000 00000000 01000000 01000000 01000000 ${tag} 00000000 ${tag.slice(0, 4)}0000 ${arm} 00000000`;
  const valuesOf = (tag: string, arm: string) =>
    decodeNspiGetPropsResponse(hex(withValue(tag, arm))).properties?.map(({ value }) => value);
  const P = '01000000';
  const GUID = '000102030405060708090a0b0c0d0e0f';
  const GUID_TEXT = '03020100-0504-0706-0809-0a0b0c0d0e0f';

  test.each([
    ['PtypInteger16', '0200 0130', 'feff 0000', { type: 'int16', value: 0xfffe }],
    ['PtypInteger32', '0300 0130', 'feffffff', { type: 'int32', value: 0xffff_fffe }],
    ['PtypBoolean of one octet', '0b00 0130', '01bf 0000', { type: 'boolean', value: true }],
    ['PtypBoolean', '0b00 0130', '00bf 0000', { type: 'boolean', value: false }],
    ['PtypErrorCode', '0a00 0130', '0f010480', { type: 'error', code: 0x8004010f }],
    ['PtypTime', '4000 0130', '01000000 02000000', { type: 'time', value: 0x2_0000_0001n }],
    ['PtypString8', '1e00 0130', `${P} 02000000 00000000 02000000 e900 0000`, { type: 'string8', value: 'é' }],
    ['PtypString', '1f00 0130', `${P} 02000000 00000000 02000000 16040000`, { type: 'string', value: 'Ж' }],
    ['PtypGuid', '4800 0130', `${P} ${GUID}`, { type: 'guid', value: GUID_TEXT }],
    ['PtypBinary', '0201 0130', `02000000 ${P} 02000000 abcd 0000`, { type: 'binary', value: hex('abcd') }],
    ['an empty PtypBinary', '0201 0130', `00000000 ${P} 00000000`, { type: 'binary', value: new Uint8Array() }],
    ['PtypMultipleInteger16', '0210 0130', `02000000 ${P} 02000000 0100 0200`, { type: 'int16s', values: [1, 2] }],
    ['PtypMultipleInteger32', '0310 0130', `01000000 ${P} 01000000 07000000`, { type: 'int32s', values: [7] }],
    [
      'PtypMultipleTime',
      '4010 0130',
      `01000000 ${P} 01000000 01000000 02000000`,
      { type: 'times', values: [0x2_0000_0001n] },
    ],
    [
      'PtypMultipleString8',
      '1e10 0130',
      `02000000 ${P} 02000000 ${P} 00000000 02000000 00000000 02000000 6100 0000`,
      { type: 'string8s', values: ['a', null] },
    ],
    [
      'PtypMultipleString',
      '1f10 0130',
      `01000000 ${P} 01000000 ${P} 02000000 00000000 02000000 61000000`,
      { type: 'strings', values: ['a'] },
    ],
    ['PtypMultipleGuid', '4810 0130', `01000000 ${P} 01000000 ${P} ${GUID}`, { type: 'guids', values: [GUID_TEXT] }],
    [
      'PtypMultipleBinary',
      '0211 0130',
      `02000000 ${P} 02000000 01000000 ${P} 00000000 00000000 01000000 ab 000000`,
      { type: 'binaries', values: [hex('ab'), null] },
    ],
    ['PtypNull', '0100 0130', '00000000', { type: 'absent' }],
    ['PtypObject', '0d00 0130', '00000000', { type: 'absent' }],
    ['PtypUnspecified', '0000 0130', '00000000', { type: 'absent' }],
    ['a null pointer', '1f10 0130', '00000000 00000000', { type: 'absent' }],
  ])('%s', (_what, tag, arm, expected) => {
    expect(valuesOf(tag.replaceAll(' ', ''), arm)).toEqual([expected]);
  });

  test.each([
    ['another type than the tag says', '0300', '1f00'],
    ['a type that the address book does not have', '1400', '1400'],
    ['a type that nobody knows', 'ff00', 'ff00'],
  ])('%s is refused', (_what, type, discriminant) => {
    const head = '01000000 00000000 01000000 01000000 01000000';
    const stub = hex(`${head} ${type}0130 00000000 ${discriminant}0000 00000000 00000000`);
    expect(complaintOf(() => decodeNspiGetPropsResponse(stub))).toBe(
      'bad-value nspi.getProps.response.ppRows.lpProps.values[0].discriminant 28',
    );
  });

  test('counts have to agree', () => {
    const rows = '01000000 01000000 02000000 00000000 00000000 00000000 00000000 00000000';
    expect(complaintOf(() => decodeNspiGetSpecialTableResponse(hex(`00000000 ${rows}`)))).toBe(
      'bad-value nspi.getSpecialTable.response.ppRows.cRows 12',
    );
    const binary = '02000000 01000000 03000000 abcdef00';
    expect(complaintOf(() => valuesOf('02010130', binary))).toBe(
      'bad-value nspi.getProps.response.ppRows.lpProps.values[0].lpb.maxCount 40',
    );
  });
});
