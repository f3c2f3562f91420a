/** Values of every type, entry ids, and tags in words. */
import { describe, expect, test } from 'vitest';
import { ByteReader } from '#lib/wire/bytes/reader.ts';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { decodeEntryId, NSPI_PROVIDER } from '#lib/wire/nspi/entry-id.ts';
import { decodeGetPropsResponse } from '#lib/wire/nspi/http/objects.ts';
import { PROPERTY_TAG, PROPERTY_TYPE, tagName, tagWords, typeWords, withType } from '#lib/wire/nspi/property-tags.ts';
import { type PropertyValue, textOf, textsOf } from '#lib/wire/nspi/property-value.ts';
import { propertyOf } from '#lib/wire/nspi/row.ts';
import {
  ADDRESS_BOOK_FORM,
  ROP_FORM,
  readFlaggedValue,
  readOpenValue,
  readValue,
  type ValueForm,
} from '#lib/wire/nspi/value-codec.ts';
import { hex } from '#tests/wire/ntlm/published.ts';
import { refuses } from '#tests/wire/x509/complaint.ts';
import { BODIES, ENTRY_ID, text, text8 } from './bodies.ts';

const FILE_TIME = 0x1dd39a4d4e24000n;
const GUID = '33221100-5544-7766-8899-aabbccddeeff';

test('every type of an answer', () => {
  const response = decodeGetPropsResponse(hex(BODIES.GetProps?.[0] ?? ''));
  const values = (response.kind === 'answered' && response.values) || [];
  expect(values.map(({ value }) => value)).toEqual<PropertyValue[]>([
    { type: 'int16', value: 0xfffd },
    { type: 'int32', value: 6 },
    { type: 'float', value: 1.5 },
    { type: 'double', value: -1.5 },
    { type: 'currency', value: 10_000n },
    { type: 'app-time', value: 2.5 },
    { type: 'error', code: 0x8004010f },
    { type: 'boolean', value: true },
    { type: 'absent' },
    { type: 'absent' },
    { type: 'int64', value: 0x0801000000000001n },
    { type: 'string8', value: 'Zoë' },
    { type: 'string', value: 'Alice' },
    { type: 'absent' },
    { type: 'time', value: FILE_TIME },
    { type: 'guid', value: GUID },
    { type: 'binary', value: expect.any(Uint8Array) },
    { type: 'int16s', values: [1, 0xfffe] },
    { type: 'int32s', values: [7] },
    { type: 'floats', values: [1.5] },
    { type: 'doubles', values: [-1.5] },
    { type: 'currencies', values: [10_000n] },
    { type: 'app-times', values: [2.5] },
    { type: 'int64s', values: [] },
    { type: 'string8s', values: ['a', null] },
    { type: 'strings', values: ['SMTP:alice@contoso.example', null] },
    { type: 'times', values: [FILE_TIME] },
    { type: 'guids', values: [GUID] },
    { type: 'binaries', values: [hex('abcd'), null] },
  ]);
  expect(textOf(propertyOf(values, PROPERTY_TAG.displayName))).toBe('Alice');
  expect(textsOf(propertyOf(values, PROPERTY_TAG.proxyAddresses))).toEqual(['SMTP:alice@contoso.example']);
  expect(propertyOf(values, PROPERTY_TAG.subject)).toEqual({ type: 'error', code: 0x8004010f });
  expect(propertyOf(values, PROPERTY_TAG.account)).toEqual({ type: 'absent' });
});

describe('one value', () => {
  type Read = typeof readValue;
  const one = (read: Read, tag: number, form: ValueForm, octets: string, trace?: Trace): PropertyValue => {
    const reader = new ByteReader(hex(octets), { path: 'value', spec: 'test', trace });
    const value = read(reader, tagName(tag), tag, form);
    reader.end();
    return value;
  };

  test('in a ROP buffer has no octet before it, and counts binaries in 16 bits', () => {
    const binary = withType(0, PROPERTY_TYPE.binary);
    expect(one(readValue, binary, ROP_FORM, '0200 abcd')).toEqual({ type: 'binary', value: hex('abcd') });
    expect(one(readValue, PROPERTY_TAG.displayName, ROP_FORM, text('Inbox'))).toEqual({
      type: 'string',
      value: 'Inbox',
    });
    expect(one(readValue, 0x8000101e, ROP_FORM, `02000000 ${text8('a')} ${text8('')}`)).toEqual({
      ...{ type: 'string8s', values: ['a', ''] },
    });
    expect(one(readValue, 0x80001102, ROP_FORM, '01000000 0100 ab')).toEqual({ type: 'binaries', values: [hex('ab')] });
  });

  test('whose type the tag leaves open', () => {
    expect(one(readOpenValue, 0x80000000, ROP_FORM, '0300 07000000')).toEqual({ type: 'int32', value: 7 });
    refuses(() => one(readOpenValue, 0x80000000, ROP_FORM, '0000 07000000'), 'bad-value', '0x80000000.propertyValue');
    refuses(() => one(readValue, 0x80000000, ROP_FORM, '07000000'), 'bad-value', '0x80000000');
  });

  test('of a type that has no values here', () => {
    for (const type of [0x00fb, 0x00fd, 0x00fe, 0x000e, 0x1001, 0x100d, 0xffff])
      refuses(() => one(readValue, type, ADDRESS_BOOK_FORM, 'ff 00000000'), 'bad-value', `0x${hexOf(type)}`);
  });

  test('with a flag that means nothing', () => {
    refuses(() => one(readFlaggedValue, 0x80000003, ADDRESS_BOOK_FORM, '02 00000000'), 'bad-value', 'flag');
  });

  test('that is worth words', () => {
    const words = (tag: number, octets: string): string | null | undefined => {
      const trace = new Trace();
      one(readValue, tag, ROP_FORM, octets, trace);
      return trace.fields[0]?.value;
    };
    expect(words(PROPERTY_TAG.folderId, '0100000000000108')).toBe('1:108');
    expect(words(PROPERTY_TAG.displayType, '00010000')).toMatch(/container$/);
    expect(words(0x30070040, '0040e2d4a439dd01')).toMatch(/2026-09-01T00:00:00.000Z$/);
    expect(words(0x80000004, '0000c03f')).toBe('1.5');
    expect(words(0x8000000a, '05000780')).toMatch(/^0x80070005 .*ecAccessDenied$/);
  });

  test('that claims more than there is', () => {
    const many = (tag: number, count: string, code: 'truncated' | 'too-large'): void => {
      refuses(() => one(readValue, tag, ADDRESS_BOOK_FORM, `ff ${count} 00`), code);
    };
    many(0x80001003, 'ffffffff', 'too-large');
    many(0x8000101f, 'a1860100', 'too-large');
    many(0x8000101f, 'a0860100', 'truncated');
    many(0x80000102, 'ffffffff', 'truncated');
  });
});

const hexOf = (type: number): string => type.toString(16).toUpperCase().padStart(8, '0');

describe('entry ids', () => {
  const SERVER = '00112233445566778899aabbccddeeff';

  test('of both kinds', () => {
    expect(decodeEntryId(hex(ENTRY_ID))).toEqual({ kind: 'permanent', displayType: 0x100, dn: '/guid=11' });
    expect(decodeEntryId(hex(`87000000 ${SERVER} 01000000 00000000 11000000`))).toEqual({
      ...{ kind: 'ephemeral', displayType: 0, serverGuid: GUID, mid: 0x11 },
    });
  });

  test('of others', () => {
    refuses(() => decodeEntryId(hex(`00000000 ${SERVER} 01000000 00000000 2f00`)), 'bad-value', 'providerUid');
    refuses(() => decodeEntryId(hex(`86000000 ${SERVER}`)), 'bad-value', 'idType');
    refuses(() => decodeEntryId(hex(ENTRY_ID.slice(0, -2))), 'truncated', 'distinguishedName');
    refuses(() => decodeEntryId(hex(`${ENTRY_ID} 00`)), 'trailing');
    refuses(() => decodeEntryId(new Uint8Array()), 'truncated', 'idType');
  });

  test('name their provider as the document does', () => {
    const trace = new Trace();
    decodeEntryId(hex(ENTRY_ID), trace);
    expect(trace.fields.find(({ name }) => name === 'providerUid')?.value).toBe(NSPI_PROVIDER);
  });
});

describe('tags', () => {
  test('in words', () => {
    expect(tagWords(0x3001001f)).toBe('0x3001001F PidTagDisplayName');
    expect(tagWords(0x3001000a)).toBe('0x3001000A PidTagDisplayName as PtypErrorCode');
    expect(tagWords(0x0c1a001f)).toBe('0x0C1A001F PtypString');
    expect(tagWords(0x0c1a00fd)).toBe('0x0C1A00FD');
    expect([tagName(0x3001001e), tagName(0x0c1a001f)]).toEqual(['PidTagDisplayName', '0x0C1A001F']);
  });

  test('have one name each', () => {
    const tags = Object.values(PROPERTY_TAG);
    expect(new Set(tags.map((tag) => tag >>> 16)).size).toBe(tags.length);
    expect(new Set(tags.map(tagName)).size).toBe(tags.length);
  });

  test('have types that are known, multiple ones with their bit', () => {
    for (const type of Object.values(PROPERTY_TYPE)) expect(typeWords(type)).toMatch(/^Ptyp/);
    expect(PROPERTY_TYPE.strings - PROPERTY_TYPE.string).toBe(0x1000);
    expect(withType(0xfffd0003, PROPERTY_TYPE.error)).toBe(0xfffd000a);
  });
});
