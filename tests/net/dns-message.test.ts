/** DNS messages: what is asked, and that only a sound answer to it counts. The bytes come from the lab's own writer. */
import { describe, expect, test } from 'vitest';
import { decodeAnswer, encodeQuery, type Heard, isAskable } from '#lib/net/dns/message.ts';
import { limits } from '#lib/net/limits.ts';
import { byteWriter } from '#tests/lab/dns/bytes.ts';
import { encodeRecordData, type RecordData, recordTypes } from '#tests/lab/dns/records.ts';

const ID = 0x1234;
const QUESTION = { name: 'mail.example.test', type: 'A' } as const;
const ANSWER = 0x8180;

interface Parts {
  readonly id?: number;
  readonly flags?: number;
  readonly question?: readonly [name: string, type: number, klass: number] | null;
  readonly answers?: readonly Uint8Array[];
  readonly authority?: readonly Uint8Array[];
  readonly additional?: readonly Uint8Array[];
  readonly trailing?: readonly number[];
}

function message(parts: Parts): Uint8Array {
  const { id = ID, flags = ANSWER, answers = [], authority = [], additional = [], trailing = [] } = parts;
  const question = parts.question === undefined ? (['mail.example.test', 1, 1] as const) : parts.question;
  const writer = byteWriter();
  const counts = [question === null ? 0 : 1, answers.length, authority.length, additional.length];
  for (const number of [id, flags, ...counts]) writer.u16(number);
  if (question !== null) {
    writer.name(question[0]);
    writer.u16(question[1]);
    writer.u16(question[2]);
  }
  for (const record of [...answers, ...authority, ...additional]) writer.raw(record);
  writer.raw(trailing);
  return writer.bytes();
}

interface Raw {
  readonly name?: string;
  readonly type: number;
  readonly klass?: number;
  readonly ttl?: number;
  readonly data: Uint8Array | readonly number[];
}

function raw({ name = QUESTION.name, type, klass = 1, ttl = 60, data }: Raw): Uint8Array {
  const writer = byteWriter();
  writer.name(name);
  writer.u16(type);
  writer.u16(klass);
  writer.u32(ttl);
  writer.u16(data.length);
  writer.raw(data);
  return writer.bytes();
}

const record = (data: RecordData, more: Partial<Raw> = {}): Uint8Array =>
  raw({ type: recordTypes[data.type], data: encodeRecordData(data), ...more });

const a = (address: string, more: Partial<Raw> = {}) => record({ type: 'A', address }, more);
const soa: RecordData = { type: 'SOA', primary: 'ns.test', contact: 'h.test', serial: 1, negativeTtl: 60 };
const edns = (extended: number, ...options: number[]) =>
  raw({ name: '', type: 41, klass: 1232, ttl: extended * 0x1000000, data: options });
const explained = (code: number) => edns(0, 0, 15, 0, 6, code >> 8, code & 0xff, ...Buffer.from('text'));

const hear = (parts: Parts): Heard => decodeAnswer(message(parts), ID, QUESTION);

test('a query is one question, with and without EDNS', () => {
  const question = '046d61696c076578616d706c65047465737400' + '0001' + '0001';
  const hex = (with_: boolean) => Buffer.from(encodeQuery(ID, QUESTION, with_)).toString('hex');
  expect(hex(false)).toBe(`1234${'0100'}0001000000000000${question}`);
  expect(hex(true)).toBe(`1234${'0100'}0001000000000001${question}${'00' + '0029' + '04d0' + '00000000' + '0000'}`);
});

test.each([
  ['mail.example.test', true],
  ['_autodiscover._tcp.example.test', true],
  ['single', true],
  [`${'a'.repeat(63)}.test`, true],
  [`${'a'.repeat(64)}.test`, false],
  [`${'a.'.repeat(126)}b`, true],
  [`${'a.'.repeat(126)}bc`, false],
  ['a..b', false],
  ['.a', false],
  ['a.', false],
  ['', false],
  ['a b.test', false],
  ['bücher.test', false],
  ['a\0b.test', false],
])('%s can be asked for: %s', (name, expected) => expect(isAskable(name)).toBe(expected));

describe('an answer', () => {
  test('gives its records, in order, with the time that they may be kept', () => {
    const answers = [record({ type: 'CNAME', target: 'Front.test' }), a('192.0.2.1', { name: 'front.test', ttl: 7 })];
    expect(hear({ answers })).toEqual({
      status: 'NOERROR',
      because: null,
      final: false,
      records: [
        { type: 'CNAME', name: QUESTION.name, target: 'Front.test', ttl: 60 },
        { type: 'A', name: 'front.test', address: '192.0.2.1', ttl: 7 },
      ],
    });
  });

  test('to a question in other letters is the same', () => {
    expect(hear({ question: ['MAIL.Example.TEST', 1, 1] })).toMatchObject({ status: 'NOERROR' });
  });

  test('keeps IPv6 addresses as people write them', () => {
    const answers = [record({ type: 'AAAA', address: '2001:db8::1' }, { ttl: 0x80000001 })];
    expect(hear({ answers })).toMatchObject({ records: [{ type: 'AAAA', address: '2001:db8::1', ttl: 0 }] });
  });

  test('gives the hosts of a service, and the root for none', () => {
    const name = '_s._tcp.test';
    const question = { name, type: 'SRV' } as const;
    const srv = (target: string, port: number) =>
      record({ type: 'SRV', priority: 1, weight: 65_535, port, target }, { name });
    const bytes = message({ question: [name, 33, 1], answers: [srv('mail.test', 443), srv('', 0)] });
    expect(decodeAnswer(bytes, ID, question)).toMatchObject({
      records: [
        { type: 'SRV', name, priority: 1, weight: 65_535, port: 443, target: 'mail.test', ttl: 60 },
        { type: 'SRV', name, priority: 1, weight: 65_535, port: 0, target: '.', ttl: 60 },
      ],
    });
    expect(hear({ question: [name, 33, 1] })).toBe('other');
  });

  test.each<[string, Parts, string]>([
    ['no such name', { flags: 0x8183 }, 'NXDOMAIN'],
    ['a failure', { flags: 0x8182 }, 'SERVFAIL'],
    ['a refusal', { flags: 0x8185 }, 'REFUSED'],
    ['a code that nobody knows', { flags: 0x818c }, 'RCODE 12'],
    ['a code in two halves', { additional: [edns(1)] }, 'BADVERS'],
    ['other servers to ask', { authority: [record({ type: 'NS', target: 'ns.test' })] }, 'REFERRAL'],
    [
      'nothing, with the servers of the zone',
      { authority: [record(soa), record({ type: 'NS', target: 'n.test' })] },
      'NOERROR',
    ],
    ['a refusal that does not repeat the question', { flags: 0x8181, question: null }, 'FORMERR'],
  ])('that says %s', (_name, parts, status) => expect(hear(parts)).toMatchObject({ status, records: [] }));

  test.each([
    [6, 'DNSSEC bogus'],
    [22, 'no name server of the zone can be reached'],
    [0, null],
    [999, null],
  ])('with the extended error %d says why: %s', (code, because) => {
    expect(hear({ flags: 0x8182, additional: [explained(code)] })).toMatchObject({ because });
  });

  test('is final where the start of authority came along', () => {
    expect(hear({ flags: 0x8183, authority: [record(soa)] })).toMatchObject({ final: true });
  });

  test('may hold what nobody asked for', () => {
    const others = [
      record({ type: 'TXT', texts: ['x'] }),
      raw({ type: 46, data: new Uint8Array(40) }),
      raw({ type: 65, data: [0, 1] }),
    ];
    const otherClass = [a('192.0.2.2', { klass: 3 }), a('192.0.2.3', { klass: 0x8001 })];
    const heard = hear({ answers: [...others.slice(0, 1), ...others.slice(2), a('192.0.2.1'), ...otherClass] });
    expect(heard).toMatchObject({ records: [{ address: '192.0.2.1' }] });
    expect(heard).toHaveProperty('records.length', 1);
  });
});

describe('what is not for us', () => {
  test.each<[string, Parts]>([
    ['another id', { id: ID + 1 }],
    ['another name', { question: ['mail.example.tesu', 1, 1] }],
    ['another type', { question: [QUESTION.name, 28, 1] }],
    ['another class', { question: [QUESTION.name, 1, 3] }],
    ['no question', { question: null, answers: [a('192.0.2.1')] }],
  ])('%s', (_name, parts) => expect(hear(parts)).toBe('other'));

  test('a scrap', () => {
    expect(decodeAnswer(new Uint8Array(), ID, QUESTION)).toBe('other');
    expect(decodeAnswer(Uint8Array.of(0x12, 0x34), ID, QUESTION)).toBe('other');
  });
});

describe('what cannot be read', () => {
  test.each<[string, Parts]>([
    ['a question in place of an answer', { flags: 0x0100 }],
    ['another kind of operation', { flags: ANSWER | 0x2800 }],
    ['a byte too much', { answers: [a('192.0.2.1')], trailing: [0] }],
    ['an IPv4 address of three bytes', { answers: [raw({ type: 1, data: [192, 0, 2] })] }],
    ['an IPv4 address of sixteen bytes', { answers: [raw({ type: 1, data: new Uint8Array(16) })] }],
    ['an IPv6 address of four bytes', { answers: [raw({ type: 28, data: [192, 0, 2, 1] })] }],
    ['an alias without a name', { answers: [raw({ type: 5, data: [] })] }],
    ['an alias to the root', { answers: [raw({ type: 5, data: [0] })] }],
    ['an alias to a space', { answers: [raw({ type: 5, data: [3, 0x61, 0x20, 0x62, 0] })] }],
    ['an alias to bytes that are no text', { answers: [raw({ type: 5, data: [2, 0xff, 0xfe, 0] })] }],
    ['an alias to itself, as a pointer', { answers: [raw({ type: 5, data: [0xc0, 46] })] }],
    ['a label of a length that does not exist', { answers: [raw({ type: 5, data: [0x80, 1, 0] })] }],
    ['a name of 300 bytes', { answers: [record({ type: 'CNAME', target: `${'a'.repeat(59)}.`.repeat(5) })] }],
    ['a service without a host', { answers: [raw({ type: 33, data: [0, 0, 0, 0, 1, 187] })] }],
    ['a service of three bytes', { answers: [raw({ type: 33, data: [0, 0, 0] })] }],
    ['a service at a space', { answers: [raw({ type: 33, data: [0, 0, 0, 0, 1, 187, 1, 0x20, 0] })] }],
    ['a record that a count promises', { flags: ANSWER, trailing: [0xc0] }],
  ])('%s', (_name, parts) => expect(hear(parts)).toBe('bad'));

  test('a message that is cut anywhere', () => {
    const whole = message({ answers: [a('192.0.2.1')], authority: [record(soa)], additional: [explained(6)] });
    for (let length = 12; length < whole.length; length++) {
      expect(decodeAnswer(whole.subarray(0, length), ID, QUESTION), String(length)).toBe('bad');
    }
  });

  test('more records than anybody needs', () => {
    const bytes = message({ answers: [a('192.0.2.1')] });
    new DataView(bytes.buffer).setUint16(6, limits.dnsRecords);
    expect(decodeAnswer(bytes, ID, QUESTION)).toBe('bad');
  });
});

test('an answer that was cut off has to be asked for again, whatever is left of it', () => {
  expect(hear({ flags: ANSWER | 0x0200 })).toBe('truncated');
  expect(hear({ flags: ANSWER | 0x0200, trailing: [1, 2, 3] })).toBe('truncated');
});
