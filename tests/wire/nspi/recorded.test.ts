/** Bodies that an independent server understood, and what it answered: the same octets for the same arguments, and every octet read. */

import { expect, type TestContext, test } from 'vitest';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { decodeEntryId } from '#lib/wire/nspi/entry-id.ts';
import { SPECIAL_TABLE_FLAG, UNBIND_SUCCESS } from '#lib/wire/nspi/flags.ts';
import {
  decodeDnToMidRequest,
  decodeDnToMidResponse,
  decodeResolveNamesRequest,
  decodeResolveNamesResponse,
  encodeDnToMidRequest,
  encodeResolveNamesRequest,
} from '#lib/wire/nspi/http/names.ts';
import { decodeGetPropsRequest, decodeGetPropsResponse, encodeGetPropsRequest } from '#lib/wire/nspi/http/objects.ts';
import {
  decodeBindRequest,
  decodeBindResponse,
  decodeUnbindRequest,
  decodeUnbindResponse,
  decodeUpdateStatRequest,
  decodeUpdateStatResponse,
  encodeBindRequest,
  encodeUnbindRequest,
  encodeUpdateStatRequest,
} from '#lib/wire/nspi/http/session.ts';
import {
  decodeGetSpecialTableRequest,
  decodeGetSpecialTableResponse,
  decodeQueryRowsRequest,
  decodeQueryRowsResponse,
  encodeGetSpecialTableRequest,
  encodeQueryRowsRequest,
} from '#lib/wire/nspi/http/tables.ts';
import {
  decodeGetAddressBookUrlRequest,
  decodeGetAddressBookUrlResponse,
  decodeGetMailboxUrlRequest,
  decodeGetMailboxUrlResponse,
  encodeGetAddressBookUrlRequest,
  encodeGetMailboxUrlRequest,
} from '#lib/wire/nspi/http/urls.ts';
import { PROPERTY_TAG } from '#lib/wire/nspi/property-tags.ts';
import { octetsOf, textOf, textsOf } from '#lib/wire/nspi/property-value.ts';
import { propertyOf } from '#lib/wire/nspi/row.ts';
import { CODE_PAGE, INITIAL_STAT, NAME_RESULT, type Stat } from '#lib/wire/nspi/stat.ts';
import { digits } from '#tests/wire/ntlm/published.ts';
import { recorded, recordedFiles } from '#tests/wire/shared-fixtures.ts';

const FOLDER = 'independent-server/mapi-http-nspi';
const ORGANIZATION = '/o=Gromox/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)';
const DN = `${ORGANIZATION}/cn=Recipients/cn=0100000001000000-alice`;
const SERVER_DN = `${ORGANIZATION}/cn=Configuration/cn=Servers/cn=616c6963-6540-6772-6f6d-6f7801000000@gromox.test`;
const DATABASE_DN = `${SERVER_DN}/cn=Microsoft Private MDB`;
const ALICE = 0x11;
const { displayName, smtpAddress, emailAddress, homeMessageDatabase, subject, objectType, proxyAddresses, entryId } =
  PROPERTY_TAG;

interface Exchange<Request, Response> {
  readonly request: Request;
  readonly encode: (request: Request, trace?: Trace) => Uint8Array | null;
  readonly reread: (bytes: Uint8Array) => object;
  readonly decode: (bytes: Uint8Array, trace?: Trace) => Response;
}

/** One exchange: our request is theirs, read and written again; and what they answer. */
function exchanged<Request extends object, Response>(
  context: TestContext,
  name: string,
  { request, encode, reread, decode }: Exchange<Request, Response>,
): Response {
  const sent = recorded(context, `${FOLDER}/${name}.request.bin`);
  expect(digits(encode(request) ?? new Uint8Array())).toBe(digits(sent));
  expect(reread(sent)).toEqual({ ...request, auxiliary: [] });
  const body = behindHead(recorded(context, `${FOLDER}/${name}.response.bin`));
  const trace = new Trace();
  const response = decode(body, trace);
  const end = trace.fields.reduce((at, { offset, length }) => (offset === at ? at + length : Number.NaN), 0);
  expect(end).toBe(body.length);
  return response;
}

/** What follows the tags and headers of the stream. */
function behindHead(stream: Uint8Array): Uint8Array {
  const end = Buffer.from(stream).indexOf('\r\n\r\n');
  expect(end).toBeGreaterThan(0);
  return stream.subarray(end + 4);
}

const answered = { kind: 'answered', errorCode: 0, auxiliary: [] };

test('01 Bind', (context) => {
  const request = { flags: 0, state: INITIAL_STAT };
  const response = exchanged(context, '01-bind', {
    request,
    encode: encodeBindRequest,
    reread: decodeBindRequest,
    decode: decodeBindResponse,
  });
  expect(response).toMatchObject({ ...answered, serverGuid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}/) });
});

test('02 GetSpecialTable', (context) => {
  const request = { flags: SPECIAL_TABLE_FLAG.unicodeStrings, state: INITIAL_STAT, version: 0 };
  const response = exchanged(context, '02-getspecialtable', {
    request,
    encode: encodeGetSpecialTableRequest,
    reread: decodeGetSpecialTableRequest,
    decode: decodeGetSpecialTableResponse,
  });
  expect(response).toMatchObject({ ...answered, codePage: 1252, version: 1 });
  const rows = (response.kind === 'answered' && response.rows) || [];
  expect(rows.map((row) => textOf(propertyOf(row, displayName)))).toEqual([null, 'gromox.test']);
  expect(rows.map((row) => propertyOf(row, PROPERTY_TAG.containerId))).toEqual([
    { type: 'int32', value: 0 },
    { type: 'int32', value: 0x40000011 },
  ]);
  expect(rows.map((row) => decodeEntryId(octetsOf(propertyOf(row, entryId)) ?? new Uint8Array()))).toEqual([
    { kind: 'permanent', displayType: 0x100, dn: '/' },
    { kind: 'permanent', displayType: 0x100, dn: '/guid=40000011-0000-0000-0000-000000000000' },
  ]);
});

test('03 ResolveNames: one found, one not', (context) => {
  const request = {
    state: INITIAL_STAT,
    tags: [displayName, smtpAddress, emailAddress, homeMessageDatabase],
    names: ['=SMTP:alice@gromox.test', 'nosuch'],
  };
  const response = exchanged(context, '03-resolvenames', {
    request,
    encode: encodeResolveNamesRequest,
    reread: decodeResolveNamesRequest,
    decode: decodeResolveNamesResponse,
  });
  expect(response).toMatchObject({ ...answered, codePage: CODE_PAGE.unicode, results: [NAME_RESULT.resolved, 1] });
  const table = response.kind === 'answered' ? response.table : null;
  expect(table?.columns).toEqual(request.tags);
  expect(table?.rows.map((row) => row.map(({ value }) => textOf(value)))).toEqual([
    ['Alice Example', 'alice@gromox.test', DN, DATABASE_DN],
  ]);
});

test('04 DNToMId', (context) => {
  const response = exchanged(context, '04-dntomid', {
    request: { dns: [DN] },
    encode: encodeDnToMidRequest,
    reread: decodeDnToMidRequest,
    decode: decodeDnToMidResponse,
  });
  expect(response).toEqual({ ...answered, mids: [ALICE] });
});

test('05 QueryRows: from the beginning', (context) => {
  const request = { flags: 0, state: INITIAL_STAT, mids: [], rowCount: 50, columns: [displayName, smtpAddress] };
  const response = exchanged(context, '05-queryrows', {
    request,
    encode: encodeQueryRowsRequest,
    reread: decodeQueryRowsRequest,
    decode: decodeQueryRowsResponse,
  });
  expect(response).toMatchObject({ ...answered, state: { ...INITIAL_STAT, currentRec: 2, numPos: 2, totalRecs: 2 } });
  const rows = response.kind === 'answered' ? response.table?.rows : undefined;
  expect(rows?.map((row) => row.map(({ value }) => textOf(value)))).toEqual([
    ['Alice Example', 'alice@gromox.test'],
    ['Bob Example', 'bob@gromox.test'],
  ]);
});

test('06 QueryRows: a row that misses a value', (context) => {
  const columns = [displayName, subject, objectType];
  const response = exchanged(context, '06-queryrows-explicit-missing-property', {
    request: { flags: 0, state: INITIAL_STAT, mids: [ALICE], rowCount: 1, columns },
    encode: encodeQueryRowsRequest,
    reread: decodeQueryRowsRequest,
    decode: decodeQueryRowsResponse,
  });
  const row = [
    { tag: displayName, value: { type: 'string', value: 'Alice Example' } },
    { tag: subject, value: { type: 'error', code: 0x8004010f } },
    { tag: objectType, value: { type: 'int32', value: 6 } },
  ];
  expect(response).toMatchObject({ ...answered, table: { columns, rows: [row] } });
});

test('07 GetProps: most of them', (context) => {
  const state: Stat = { ...INITIAL_STAT, currentRec: ALICE };
  const response = exchanged(context, '07-getprops', {
    request: { flags: 0, state, tags: [displayName, objectType, proxyAddresses, entryId, subject] },
    encode: encodeGetPropsRequest,
    reread: decodeGetPropsRequest,
    decode: decodeGetPropsResponse,
  });
  expect(response).toMatchObject({ kind: 'answered', errorCode: 0x00040380, codePage: 1252 });
  const values = (response.kind === 'answered' && response.values) || [];
  expect(values.map(({ tag }) => tag)).toEqual([displayName, objectType, proxyAddresses, entryId, 0x0037000a]);
  expect(textsOf(propertyOf(values, proxyAddresses))).toEqual([
    'SMTP:alice@gromox.test',
    'SMTP:alice.example@gromox.test',
  ]);
  expect(decodeEntryId(octetsOf(propertyOf(values, entryId)) ?? new Uint8Array())).toEqual({
    ...{ kind: 'permanent', displayType: 0, dn: DN },
  });
  expect(propertyOf(values, subject)).toEqual({ type: 'error', code: 0x8004010f });
});

test('08 UpdateStat', (context) => {
  const request = { state: { ...INITIAL_STAT, delta: 1 }, wantsDelta: true };
  const response = exchanged(context, '08-updatestat', {
    request,
    encode: encodeUpdateStatRequest,
    reread: decodeUpdateStatRequest,
    decode: decodeUpdateStatResponse,
  });
  expect(response).toMatchObject({ ...answered, delta: 1, state: { currentRec: 0x12, numPos: 1, totalRecs: 2 } });
});

test.for([
  ['09-getmailboxurl', SERVER_DN, /\?MailboxId=Servers$/],
  ['13-getmailboxurl-mdb-dn', DATABASE_DN, /^https:\/\/mail\.gromox\.test\/mapi\/emsmdb\/\?MailboxId=616c6963-/],
] as const)('%s', ([name, serverDn, url], context) => {
  const response = exchanged(context, name, {
    request: { serverDn },
    encode: encodeGetMailboxUrlRequest,
    reread: decodeGetMailboxUrlRequest,
    decode: decodeGetMailboxUrlResponse,
  });
  expect(response).toMatchObject({ ...answered, serverUrl: expect.stringMatching(url) });
});

test('10 GetAddressBookUrl', (context) => {
  const response = exchanged(context, '10-getaddressbookurl', {
    request: { userDn: DN },
    encode: encodeGetAddressBookUrlRequest,
    reread: decodeGetAddressBookUrlRequest,
    decode: decodeGetAddressBookUrlResponse,
  });
  expect(response).toMatchObject({ ...answered, serverUrl: expect.stringContaining('/mapi/nspi/?MailboxId=') });
});

test('11 Unbind', (context) => {
  const response = exchanged(context, '11-unbind', {
    request: {},
    encode: (_, trace) => encodeUnbindRequest(trace),
    reread: decodeUnbindRequest,
    decode: decodeUnbindResponse,
  });
  expect(response).toEqual({ ...answered, errorCode: UNBIND_SUCCESS });
});

test('12 Bind with a code page that the server refuses', (context) => {
  const request = { flags: 0, state: { ...INITIAL_STAT, codePage: CODE_PAGE.unicode } };
  const response = exchanged(context, '12-bind-unicode-codepage', {
    request,
    encode: encodeBindRequest,
    reread: decodeBindRequest,
    decode: decodeBindResponse,
  });
  expect(response).toEqual({
    ...answered,
    errorCode: 0x80040102,
    serverGuid: '00000000-0000-0000-0000-000000000000',
  });
});

test('every recording is looked at', (context) => {
  const names = recordedFiles(context, FOLDER).map((file) => file.slice(0, 2));
  expect(new Set(names).size).toBe(13);
});
