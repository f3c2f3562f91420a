/** What a server answers to a list of operations: all layouts, and those that are none. */
import { describe, expect, test } from 'vitest';
import { type FieldNote, Trace } from '#lib/wire/bytes/trace.ts';
import { WireError } from '#lib/wire/error.ts';
import { folderIdWords } from '#lib/wire/rop/folder-id.ts';
import { type LogonTime, logonTimeText } from '#lib/wire/rop/logon.ts';
import { decodeRopReplies, type RopReplies } from '#lib/wire/rop/replies.ts';
import { encodeRopRequests, NO_HANDLE, type RopRequest } from '#lib/wire/rop/requests.ts';
import { mutateBytes } from '#tests/fuzz/mutate.ts';
import { seededRandom } from '#tests/lab/random.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';
import { refuses } from '#tests/wire/x509/complaint.ts';
import {
  COLUMNS,
  GHOSTED,
  LOGON,
  OPEN,
  PAYLOADS,
  PRIVATE_LOGON,
  PUBLIC_LOGON,
  payload,
  RELEASE,
  ROWS,
  SET,
  TABLE,
} from './payloads.ts';

const read = (name: string, trace?: Trace): RopReplies => {
  const [bytes = '', sent = []] = PAYLOADS[name] ?? [];
  return decodeRopReplies(hex(bytes), sent, trace);
};
const GUID = '33221100-5544-7766-8899-aabbccddeeff';

describe('a logon', () => {
  test('to a mailbox', () => {
    expect(hex(PRIVATE_LOGON)).toHaveLength(166);
    const { replies, handles } = read('a mailbox');
    const [reply] = replies;
    expect(reply).toMatchObject({
      ...{ kind: 'private-logon', handleIndex: 0, logonFlags: 1, responseFlags: 7, mailboxGuid: GUID, replicaId: 5 },
      logonTime: { year: 2026, month: 11, day: 20, dayOfWeek: 5, hour: 18, minutes: 14, seconds: 53 },
    });
    if (reply?.kind !== 'private-logon') throw new Error('not logged on');
    expect(folderIdWords(reply.folders.root)).toBe('1:1');
    expect(folderIdWords(reply.folders.inbox)).toBe('1:5');
    expect(folderIdWords(reply.folders.shortcuts)).toBe('1:d');
    expect(logonTimeText(reply.logonTime)).toBe('2026-11-20T18:14:53.000Z');
    expect(handles).toEqual([0]);
  });

  test('to public folders', () => {
    const [reply] = read('public folders').replies;
    expect(reply).toMatchObject({ kind: 'public-logon', logonFlags: 0, replicaId: 5, perUserGuid: GUID });
    if (reply?.kind !== 'public-logon') throw new Error('not logged on');
    expect(Object.values(reply.folders).map(folderIdWords)).toEqual([
      '1:1',
      '1:2',
      '1:3',
      '1:4',
      '1:5',
      '1:6',
      '1:7',
      '1:8',
      '1:9',
      '1:a',
    ]);
    expect(hex(PUBLIC_LOGON)).toHaveLength(7 + 104 + 2 + 32);
  });

  test('that has to go to another server', () => {
    expect(read('another server').replies).toEqual([
      { kind: 'wrong-server', handleIndex: 0, logonFlags: 1, serverName: '/o=x/cn=EX02' },
    ]);
    expect(decodeRopReplies(hex(payload('fe 00 78040000 01 00')), [LOGON]).replies).toMatchObject([{ serverName: '' }]);
    refuses(() => decodeRopReplies(hex(payload('fe 00 78040000 01 03 2f0000')), [LOGON]), 'trailing', 'serverName');
  });

  test('that is refused', () => {
    expect(read('a refusal')).toEqual({
      replies: [{ kind: 'refused', rop: 'logon', handleIndex: 0, returnValue: 0x3eb }],
      notices: [],
      handles: [NO_HANDLE],
    });
  });

  test('at a time that there is, or not', () => {
    const time = { seconds: 0, minutes: 0, hour: 0, dayOfWeek: 0, day: 29, month: 2, year: 2028 };
    const text = (more: Partial<LogonTime>): string | null => logonTimeText({ ...time, ...more });
    expect(text({})).toBe('2028-02-29T00:00:00.000Z');
    expect([text({ year: 2027 }), text({ month: 13 }), text({ day: 0 }), text({ hour: 24 })]).toEqual(
      Array(4).fill(null),
    );
    expect([text({ minutes: 60 }), text({ seconds: 255 }), text({ year: 0 })]).toEqual(Array(3).fill(null));
  });
});

test('a list of folders', () => {
  const { replies, handles } = read('a list of folders');
  expect(replies).toMatchObject([
    { kind: 'folder', handleIndex: 1, hasRules: true, servers: null },
    { kind: 'table', handleIndex: 2, rowCount: 2 },
    { kind: 'columns', handleIndex: 2, tableStatus: 0 },
    { kind: 'rows', handleIndex: 2, origin: 2 },
  ]);
  const rows = replies[3];
  if (rows?.kind !== 'rows') throw new Error('no rows');
  expect(rows.rows.map((row) => row.map(({ tag }) => tag))).toEqual([COLUMNS, COLUMNS]);
  expect(rows.rows.map((row) => row.map(({ value }) => value))).toEqual([
    [
      { type: 'int64', value: 0x0a00000000000001n },
      { type: 'string', value: 'Sent Items' },
      { type: 'int32', value: 5 },
      { type: 'binary', value: hex('abcd') },
      { type: 'int32', value: 7 },
    ],
    [
      { type: 'int64', value: 0x0b00000000000001n },
      { type: 'string', value: 'Inbox' },
      { type: 'error', code: 0x8004010f },
      { type: 'absent' },
      { type: 'string', value: 'x' },
    ],
  ]);
  expect(handles).toEqual([0, 1, 2]);
});

test('a folder that other servers have', () => {
  expect(read('a folder that other servers have').replies).toMatchObject([{ servers: ['/cn=EX01', '/cn=EX02'] }]);
  refuses(() => decodeRopReplies(hex(payload(GHOSTED.replace('0200 0100', 'ffff 0100'))), [OPEN]), 'truncated');
});

describe('what is said beside the replies', () => {
  const opened = { kind: 'folder', handleIndex: 1, hasRules: false, servers: null };

  test('too little room', () => {
    expect(read('too little room')).toEqual({
      replies: [opened, null],
      notices: [{ kind: 'buffer-too-small', sizeNeeded: 0x8000, unprocessed: hex('0400010204') }],
      handles: [0],
    });
  });

  test('a busy server', () => {
    expect(read('a busy server')).toEqual({
      replies: [opened, null, null],
      notices: [
        {
          ...{ kind: 'backoff', logonId: 0, durationMs: 1_000, additionalData: hex('aabbcc') },
          rops: [
            { ropId: 2, durationMs: 500 },
            { ropId: 4, durationMs: 0 },
          ],
        },
      ],
      handles: [],
    });
  });

  test('news', () => {
    expect(read('news')).toEqual({ replies: [opened], notices: [{ kind: 'pending', sessionIndex: 1 }], handles: [] });
  });
});

describe('what answers nothing that was asked', () => {
  const refusal = (rops: string, sent: readonly RopRequest[]): WireError =>
    refuses(() => decodeRopReplies(hex(payload(rops)), sent), 'bad-value', 'ropId');

  test('is told with its place', () => {
    expect(refusal('02 01 00000000 00 00', []).reason).toBe('more replies than requests');
    expect(refusal('02 01 00000000 00 00', [RELEASE]).offset).toBe(2);
    expect(refusal('04 01 b9040000', [OPEN, TABLE]).reason).toBe('not the reply to RopOpenFolder');
    expect(refusal('02 01 b9040000 00', [OPEN, TABLE]).path).toBe('ropOutput.ropsList[1].ropId');
  });

  test('as sizes that are none', () => {
    refuses(() => decodeRopReplies(hex('0100'), []), 'bad-value', 'ropSize');
    refuses(() => decodeRopReplies(hex('0000'), []), 'bad-value', 'ropSize');
    refuses(() => decodeRopReplies(hex('0400 01'), []), 'truncated', 'ropsList');
    refuses(() => decodeRopReplies(hex('0200 000000'), []), 'truncated', 'serverObjectHandleTable[0]');
    refuses(() => decodeRopReplies(new Uint8Array(), []), 'truncated', 'ropSize');
  });

  test('and rows that are not there', () => {
    refuses(() => decodeRopReplies(hex(payload('15 02 00000000 02 ffff 00')), [ROWS]), 'truncated', 'rowCount');
    refuses(() => decodeRopReplies(hex(payload('15 02 00000000 02 0100 02')), [ROWS]), 'bad-value', 'rowData[0].flag');
  });
});

test.for(Object.entries(PAYLOADS))('%s: cut anywhere before the handles, and damaged', ([name, [bytes, sent]]) => {
  const whole = hex(bytes);
  const size = (whole[0] ?? 0) + (whole[1] ?? 0) * 256;
  for (let length = 0; length < size; length += 1)
    refuses(() => decodeRopReplies(whole.subarray(0, length), sent), 'truncated');
  const random = seededRandom(`rop ${name}`);
  for (let round = 0; round < 300; round += 1) {
    const damaged = mutateBytes(mutateBytes(whole, random), random);
    try {
      decodeRopReplies(damaged, sent, new Trace());
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      expect(error.offset).toBeLessThanOrEqual(damaged.length);
    }
  }
});

test('requests are written as they are', () => {
  const write = (request: RopRequest): string => digits(encodeRopRequests({ requests: [request], handles: [7] }));
  const as = (text: string): string => digits(hex(text));
  expect(write({ ...LOGON, essdn: null, logonFlags: 0, openFlags: 2 })).toBe(
    as('1000 fe 00 00 00 02000000 00000000 0000 07000000'),
  );
  expect(write(LOGON)).toBe(as('1e00 fe 00 00 01 0c000001 00000000 0e00 2f6f3d782f636e3d616c69636500 07000000'));
  expect(write(TABLE)).toBe(as('0700 04 00 01 02 04 07000000'));
  expect(write({ ...SET, columns: [0x3001001f] })).toBe(as('0c00 12 00 02 00 0100 1f000130 07000000'));
  expect(write(ROWS)).toBe(as('0900 15 00 02 00 01 0900 07000000'));
  expect(write(RELEASE)).toBe(as('0500 01 00 02 07000000'));
});

test('the trace speaks in words', () => {
  const trace = new Trace();
  read('a refusal', trace);
  const words = (fields: readonly FieldNote[]): (string | null)[] =>
    fields.flatMap(({ value, children }) => [value, ...words(children)]);
  const said = words(trace.fields).filter((value) => value !== null);
  expect(said).toEqual([
    expect.stringMatching(/^0x0008/),
    expect.stringMatching(/^0xFE .*RopLogon$/),
    '0x00',
    expect.stringMatching(/^0x000003EB .*ecUnknownUser$/),
    expect.stringMatching(/^0xFFFFFFFF .*none$/),
  ]);
});

test('folder ids', () => {
  expect(folderIdWords(0x0801000000000001n)).toBe('1:108');
  expect(folderIdWords(0xffffffffffffffffn)).toBe('ffff:ffffffffffff');
  expect(folderIdWords(0n)).toBe('0:0');
});
