/** Every layout of an answer, and what the trace says of it. */

import { describe, expect, test } from 'vitest';
import { type FieldNote, Trace } from '#lib/wire/bytes/trace.ts';
import { UNICODE_PROPTYPES } from '#lib/wire/nspi/flags.ts';
import { encodeDnToMidRequest, encodeResolveNamesRequest } from '#lib/wire/nspi/http/names.ts';
import {
  decodeGetPropListRequest,
  encodeGetPropListRequest,
  encodeGetPropsRequest,
} from '#lib/wire/nspi/http/objects.ts';
import { encodeBindRequest } from '#lib/wire/nspi/http/session.ts';
import {
  decodeQueryColumnsRequest,
  encodeQueryColumnsRequest,
  encodeQueryRowsRequest,
} from '#lib/wire/nspi/http/tables.ts';
import { PROPERTY_TAG } from '#lib/wire/nspi/property-tags.ts';
import { INITIAL_STAT } from '#lib/wire/nspi/stat.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';
import { cutAndLengthened } from '#tests/wire/x509/complaint.ts';
import { BODIES, NO_AUXILIARY } from './bodies.ts';

const read = (name: string, trace?: Trace): unknown => {
  const [bytes, decode] = BODIES[name] ?? [];
  return decode?.(hex(bytes ?? ''), trace);
};

const string = (value: string) => ({ type: 'string', value });
const { displayName, objectType } = PROPERTY_TAG;
const TABLE = {
  columns: [displayName, objectType],
  rows: [
    [
      { tag: displayName, value: string('Alice') },
      { tag: objectType, value: { type: 'int32', value: 6 } },
    ],
    [
      { tag: displayName, value: { type: 'absent' } },
      { tag: objectType, value: { type: 'error', code: 0x8004010f } },
    ],
  ],
};
const STATE = { ...INITIAL_STAT, containerId: 0x11, currentRec: 2, delta: -1, numPos: 2, totalRecs: 3 };
const answered = { kind: 'answered', errorCode: 0, auxiliary: [] };

test.for<[name: string, answer: object]>([
  [
    'Bind',
    {
      ...{ kind: 'answered', errorCode: 0, serverGuid: '33221100-5544-7766-8899-aabbccddeeff' },
      auxiliary: [{ kind: 'endpoint-capabilities', flags: 1 }],
    },
  ],
  ['Bind that failed before it began', { kind: 'failed', statusCode: 0x80070005, auxiliary: [] }],
  ['Unbind', { ...answered, errorCode: 1 }],
  ['UpdateStat', { ...answered, state: STATE, delta: -2 }],
  ['GetSpecialTable that has not changed', { ...answered, codePage: 1252, version: 7, rows: null }],
  ['QueryRows', { ...answered, state: STATE, table: TABLE }],
  [
    'QueryRows, types left open',
    {
      ...{ ...answered, state: null },
      table: {
        columns: [0x30010000, 0x00370000],
        rows: [
          [
            { tag: 0x30010000, value: string('Alice') },
            { tag: 0x00370000, value: { type: 'error', code: 0x8004010f } },
          ],
          [
            { tag: 0x30010000, value: string('Bob') },
            { tag: 0x00370000, value: { type: 'absent' } },
          ],
        ],
      },
    },
  ],
  ['QueryColumns', { ...answered, columns: [displayName, objectType] }],
  ['GetMatches', { ...answered, state: STATE, mids: [0x11, 0x12], table: TABLE }],
  ['GetProps that was refused', { ...answered, errorCode: 0x80070005, codePage: 0, values: null }],
  ['GetPropList', { ...answered, tags: [displayName, objectType] }],
  [
    'ResolveNames',
    { ...answered, codePage: 1200, results: [2, 1, 0], table: { rows: [[{ value: string('Alice') }]] } },
  ],
  ['ResolveNames without columns', { ...answered, codePage: 1200, results: [2], table: { columns: [], rows: [[]] } }],
  ['DNToMId', { ...answered, mids: [0x11] }],
  ['GetMailboxUrl', { ...answered, serverUrl: 'https://mail.contoso.example/mapi/emsmdb/' }],
  ['GetAddressBookUrl', { ...answered, serverUrl: '' }],
])('%s', ([name, answer]) => {
  expect(read(name)).toMatchObject(answer);
});

describe('every octet counts', () => {
  for (const [name, [bytes, decode]] of Object.entries(BODIES)) cutAndLengthened(name, hex(bytes), decode);
});

/** All fields that are no groups, with the groups that they are in. */
const leaves = (fields: readonly FieldNote[], path = ''): (FieldNote & { readonly path: string })[] =>
  fields.flatMap((field) =>
    field.children.length > 0
      ? leaves(field.children, `${path}${field.name}.`)
      : [{ ...field, path: path + field.name }],
  );

test.for(Object.entries(BODIES))('the trace of %s has every octet once', ([, [bytes, decode]]) => {
  const trace = new Trace();
  decode(hex(bytes), trace);
  let end = 0;
  for (const { offset, length } of leaves(trace.fields)) {
    expect(offset).toBe(end);
    end += length;
  }
  expect(end).toBe(hex(bytes).length);
});

test('the trace speaks in words', () => {
  const trace = new Trace();
  read('QueryRows', trace);
  const words = new Map(leaves(trace.fields).map(({ path, value }) => [path, value]));
  expect(words.get('state.codePage')).toMatch(/^0x000004E4 .*Windows-1252$/);
  expect(words.get('state.currentRec')).toMatch(/end of the table$/);
  expect(words.get('columns.[0]')).toMatch(/^0x3001001F .*PidTagDisplayName$/);
  expect(words.get('rowData[0].PidTagDisplayName.value')).toBe('"Alice"');
  expect(words.get('rowData[1].PidTagObjectType.propertyValue')).toMatch(/^0x8004010F .*ecNotFound$/);
});

describe('requests that no recording has', () => {
  test('GetPropList', () => {
    const request = { flags: 1, mid: 0x11, codePage: 1252 };
    const bytes = encodeGetPropListRequest(request);
    expect(digits(bytes)).toBe(digits(hex(`01000000 11000000 e4040000 ${NO_AUXILIARY}`)));
    expect(decodeGetPropListRequest(bytes)).toEqual({ ...request, auxiliary: [] });
  });

  test('QueryColumns', () => {
    const bytes = encodeQueryColumnsRequest({ flags: UNICODE_PROPTYPES });
    expect(digits(bytes)).toBe(digits(hex(`00000000 00000080 ${NO_AUXILIARY}`)));
    expect(decodeQueryColumnsRequest(bytes)).toEqual({ flags: UNICODE_PROPTYPES, auxiliary: [] });
  });

  test('parts that are left out', () => {
    expect(digits(encodeBindRequest({ flags: 0x20, state: null }))).toBe(digits(hex(`20000000 00 ${NO_AUXILIARY}`)));
    expect(digits(encodeGetPropsRequest({ flags: 0, state: null, tags: null }))).toBe(
      digits(hex(`00000000 00 00 ${NO_AUXILIARY}`)),
    );
    expect(digits(encodeResolveNamesRequest({ state: null, tags: null, names: null }))).toBe(
      digits(hex(`00000000 00 00 00 ${NO_AUXILIARY}`)),
    );
    expect(digits(encodeQueryRowsRequest({ flags: 0, state: null, mids: [], rowCount: 1, columns: null }))).toBe(
      digits(hex(`00000000 00 00000000 01000000 00 ${NO_AUXILIARY}`)),
    );
    expect(digits(encodeDnToMidRequest({ dns: null }) ?? new Uint8Array())).toBe(
      digits(hex(`00000000 00 ${NO_AUXILIARY}`)),
    );
  });

  test('a DN that 8 bits cannot say', () => {
    expect(encodeDnToMidRequest({ dns: ['/o=x/cn=alice', '/o=x/cn=Ωmega'] })).toBeNull();
  });
});
