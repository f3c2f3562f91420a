/** ROP buffers that Exchange and an independent server understood, and what they answered. */
import { expect, type TestContext, test } from 'vitest';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { decodeExecuteResponse, encodeExecuteRequest } from '#lib/wire/mapi-http/mailbox.ts';
import { PROPERTY_TAG } from '#lib/wire/nspi/property-tags.ts';
import { numberOf, textOf } from '#lib/wire/nspi/property-value.ts';
import { propertyOf } from '#lib/wire/nspi/row.ts';
import { folderIdWords } from '#lib/wire/rop/folder-id.ts';
import { ORIGIN } from '#lib/wire/rop/folders.ts';
import {
  LOGON_FLAG,
  logonTimeText,
  OPEN_FLAG,
  OWN_MAILBOX_FLAGS,
  PRIVATE_FOLDERS,
  RESPONSE_FLAG,
} from '#lib/wire/rop/logon.ts';
import { type RopReplies, readRopReplies } from '#lib/wire/rop/replies.ts';
import { NO_HANDLE, type RopRequest, type RopRequests, writeRopRequests } from '#lib/wire/rop/requests.ts';
import { digits } from '#tests/wire/ntlm/published.ts';
import { recorded } from '#tests/wire/shared-fixtures.ts';

const EXCHANGE = 'exchange-se';
const INDEPENDENT = 'independent-server/mapi-http-emsmdb';
const EXCHANGE_DN = `/o=Dev/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=${'f'.repeat(32)}-Spike Test Usr`;
const INDEPENDENT_DN =
  '/o=Gromox/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=0100000001000000-alice';

/** One Execute: our request is theirs to the last octet, and of the answer nothing is left over. */
function executed(context: TestContext, name: string, sent: RopRequests, maxRopOut: number): RopReplies | null {
  const request = encodeExecuteRequest((writer) => writeRopRequests(writer, sent), { maxRopOut });
  expect(digits(request)).toBe(digits(recorded(context, `${name}.request.bin`)));
  const stream = recorded(context, `${name}.response.bin`);
  const body = stream.subarray(Buffer.from(stream).indexOf('\r\n\r\n') + 4);
  const response = decodeExecuteResponse(body, (reader) => readRopReplies(reader, sent.requests), new Trace());
  if (response.kind !== 'answered') throw new Error('no answer');
  expect(response.errorCode).toBe(0);
  expect(response.rops).toHaveLength(1);
  return response.rops[0] ?? null;
}

const logon = (essdn: string, openFlags: number): RopRequests => ({
  requests: [{ rop: 'logon', logonId: 0, output: 0, logonFlags: LOGON_FLAG.private, openFlags, essdn }],
  handles: [NO_HANDLE],
});

const { folderId, displayName, contentCount, subfolders } = PROPERTY_TAG;
const COLUMNS = [folderId, displayName, contentCount, subfolders];

/** All subfolders of one folder, by four operations in one buffer. */
const listing = (folder: bigint): RopRequests => ({
  requests: [
    { rop: 'open-folder', logonId: 0, input: 0, output: 1, folderId: folder },
    { rop: 'get-hierarchy-table', logonId: 0, input: 1, output: 2, tableFlags: 0 },
    { rop: 'set-columns', logonId: 0, input: 2, columns: COLUMNS },
    { rop: 'query-rows', logonId: 0, input: 2, rowCount: 25, columns: COLUMNS },
  ],
  handles: [0, NO_HANDLE, NO_HANDLE],
});

/** Replica 1 and a counter below 65536, as the folders of all recordings have. */
const folderAt = (counter: number): bigint => 1n | (BigInt(counter & 0xff) << 56n) | (BigInt(counter >> 8) << 48n);

function foldersOf(replies: RopReplies | null): (readonly [string, string | null, number | null])[] {
  const rows = replies?.replies[3];
  if (rows?.kind !== 'rows') throw new Error('no rows');
  expect(rows.origin).toBe(ORIGIN.end);
  return rows.rows.map((row) => {
    const id = propertyOf(row, folderId);
    const words = id.type === 'int64' ? folderIdWords(id.value) : 'none';
    return [words, textOf(propertyOf(row, displayName)), numberOf(propertyOf(row, contentCount))] as const;
  });
}

test('RopLogon at an Exchange Server SE', (context) => {
  const flags = OPEN_FLAG.usePerMdbReplidMapping;
  const replies = executed(context, `${EXCHANGE}/02-execute`, logon(EXCHANGE_DN, flags), 0x10000);
  expect(replies).toMatchObject({ notices: [], handles: [0] });
  const reply = replies?.replies[0];
  if (reply?.kind !== 'private-logon') throw new Error('not logged on');
  expect(PRIVATE_FOLDERS.map((name) => `${name} ${folderIdWords(reply.folders[name])}`)).toEqual([
    ...['root 1:101', 'deferredAction 1:102', 'spoolerQueue 1:164', 'ipmSubtree 1:108', 'inbox 1:10c'],
    ...['outbox 1:10b', 'sentItems 1:109', 'deletedItems 1:10a', 'commonViews 1:106', 'schedule 1:107'],
    ...['search 1:104', 'views 1:105', 'shortcuts 1:103'],
  ]);
  const { reserved, ownerRight, sendAsRight } = RESPONSE_FLAG;
  expect(reply).toMatchObject({ logonFlags: 1, responseFlags: reserved | ownerRight | sendAsRight, replicaId: 5 });
  expect(logonTimeText(reply.logonTime)).toBe('2026-08-01T20:29:56.000Z');
  expect(reply.logonTime.dayOfWeek).toBe(6);
});

test('the folders of an Exchange Server SE', (context) => {
  const folders = foldersOf(executed(context, `${EXCHANGE}/03-execute`, listing(folderAt(0x108)), 0x10000));
  expect(folders).toHaveLength(15);
  expect(folders[0]).toEqual(['1:10d', 'Calendar', 0]);
  expect(folders[7]).toEqual(['1:10c', 'Inbox', 5]);
  expect(folders[14]).toEqual(['1:144', 'Yammer Root', 0]);
});

test('RopLogon at an independent server', (context) => {
  const sent = logon(INDEPENDENT_DN, OWN_MAILBOX_FLAGS);
  const replies = executed(context, `${INDEPENDENT}/03-execute-roplogon`, sent, 0x10008);
  const reply = replies?.replies[0];
  if (reply?.kind !== 'private-logon') throw new Error('not logged on');
  expect(reply).toMatchObject({ handleIndex: 0, logonFlags: 1, responseFlags: 7, replicaId: 5 });
  expect(folderIdWords(reply.folders.ipmSubtree)).toBe('1:9');
  expect(logonTimeText(reply.logonTime)).toMatch(/^2026-11-20T18:/);
});

test('the folders of an independent server', (context) => {
  const folders = foldersOf(executed(context, `${INDEPENDENT}/04-execute-folderlist`, listing(folderAt(9)), 0x10008));
  expect(folders).toHaveLength(13);
  expect(folders[0]).toEqual(['1:a', 'Sent Items', 0]);
});

test('a handle that does not exist', (context) => {
  const open: RopRequest = { rop: 'open-folder', logonId: 0, input: 0, output: 1, folderId: folderAt(9) };
  const sent = { requests: [open], handles: [0x1234, NO_HANDLE] };
  expect(executed(context, `${INDEPENDENT}/05-execute-bad-handle`, sent, 0x10008)).toEqual({
    replies: [{ kind: 'refused', rop: 'open-folder', handleIndex: 1, returnValue: 0x4b9 }],
    notices: [],
    handles: [0x1234, NO_HANDLE],
  });
});

test('a buffer that is no list of operations', (context) => {
  const stream = recorded(context, `${INDEPENDENT}/06-execute-bad-rop-buffer.response.bin`);
  const body = stream.subarray(Buffer.from(stream).indexOf('\r\n\r\n') + 4);
  expect(decodeExecuteResponse(body, (reader) => readRopReplies(reader, []))).toMatchObject({
    ...{ kind: 'answered', errorCode: 0x4b6, rops: [] },
  });
});

test('handles are given back', (context) => {
  const requests = [0, 1, 2].map((input): RopRequest => ({ rop: 'release', logonId: 0, input }));
  const sent = { requests, handles: [0, 1, 2] };
  expect(executed(context, `${INDEPENDENT}/07-execute-release`, sent, 0x10008)).toEqual({
    replies: [null, null, null],
    notices: [],
    handles: [0, 1, 2],
  });
});
