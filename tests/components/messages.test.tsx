/** Messages of binary protocols: which octets belong to which field, where a mistake stands, and what is drawn of it all. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { EvidenceBody } from '#components/evidence/evidence-body.tsx';
import {
  dissect,
  type FieldView,
  fieldAt,
  lineage,
  marksOf,
  ROWS_AT_ONCE,
  revealed,
  visibleRows,
} from '#components/evidence/fields.ts';
import {
  columnsFor,
  hexColumn,
  lineLength,
  lineOf,
  piecesOf,
  placeAt,
  textColumn,
} from '#components/evidence/octets.ts';
import type { MessageSeen } from '#lib/result/evidence.ts';
import { at, factGroups, longMessage, messages, responseTimes } from './evidence-samples.ts';

const [sent, broken, empty] = messages.messages as [MessageSeen, MessageSeen, MessageSeen];
const untouched: FieldView = { toggles: new Map(), limits: new Map() };

function said(kind: string, body: unknown): string {
  const html = renderToStaticMarkup(<EvidenceBody kind={kind} body={body} at={at} />);
  return html
    .replaceAll('<wbr/>', '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

describe('lines of octets', () => {
  const octets = Uint8Array.from({ length: 20 }, (_, place) => place + 0x38);

  test('offset, octets and characters, always equally long', () => {
    const columns = columnsFor(16, octets.length);
    expect(lineOf(octets, 0, columns, [])).toBe(
      '0000  38 39 3a 3b 3c 3d 3e 3f  40 41 42 43 44 45 46 47  89:;<=>?@ABCDEFG',
    );
    const last = lineOf(octets, 16, columns, [{ from: 17, to: 19 }]);
    expect(last.trimEnd()).toBe(`0010  48 ·· ·· 4b${' '.repeat(39)}H··K`);
    expect(last).toHaveLength(lineLength(columns));
  });

  test.each([
    [8, 20],
    [16, 20],
    [16, 0x20000],
  ] as const)('%i in a line of %i: every column knows its octet', (width, length) => {
    const columns = columnsFor(width, length);
    for (let place = 0; place < width; place += 1) {
      expect(placeAt(columns, hexColumn(columns, place))).toBe(place);
      expect(placeAt(columns, hexColumn(columns, place) + 1)).toBe(place);
      expect(placeAt(columns, textColumn(columns, place))).toBe(place);
    }
    for (const nowhere of [0, columns.digits, lineLength(columns), hexColumn(columns, 0) - 1])
      expect(placeAt(columns, nowhere)).toBeNull();
  });

  test('a field that goes over the end of a line is marked in both parts of both lines', () => {
    const columns = columnsFor(8, octets.length);
    const pieces = piecesOf(octets, { from: 0, to: 20 }, columns, [], { marked: { from: 6, to: 10 }, problem: 7 });
    expect(pieces.filter(({ kind }) => kind !== 'plain')).toEqual([
      { text: '3e', kind: 'marked' },
      { text: '3f', kind: 'problem' },
      { text: '>', kind: 'marked' },
      { text: '?', kind: 'problem' },
      { text: '40 41', kind: 'marked' },
      { text: '@A', kind: 'marked' },
    ]);
    const whole = pieces.map(({ text }) => text).join('');
    expect(whole.split('\n').slice(0, 3)).toEqual([0, 8, 16].map((from) => lineOf(octets, from, columns, [])));
  });
});

describe('fields and octets', () => {
  const dissected = dissect(sent);

  test.each([
    [0, 'UserDn'],
    [19, 'UserDn'],
    [20, 'Flags'],
    [35, 'size'],
    [36, 'payload'],
    [51, 'payload'],
  ])('octet %i belongs to %s', (octet, name) => {
    expect(fieldAt(dissected, 0, octet)?.name).toBe(name);
  });

  test('a field of what was unpacked is marked there, and what it came out of in the message', () => {
    const body = fieldAt(dissected, 1, 5);
    expect(body?.name).toBe('body');
    if (body === null) return;
    expect([...marksOf(dissected.layers, body)]).toMatchObject([
      [1, { from: 2, to: 40 }],
      [0, { from: 36, to: 52 }],
    ]);
    const names = lineage(body).map((id) => dissected.byId.get(id)?.name);
    expect(names).toEqual(['request', 'auxiliaryBuffer', 'payload', 'LZ77', 'header']);
  });

  test('beyond the last field there is none', () => {
    expect(fieldAt(dissected, 0, 52)).toBeNull();
    expect(fieldAt(dissected, 7, 0)).toBeNull();
  });

  test('base64 that is none gives no octets', () => {
    expect(dissect({ ...sent, base64: '%%' }).layers[0]?.octets).toHaveLength(0);
  });
});

describe('a mistake', () => {
  const place = (path: string): string[] => {
    const { problem, byId } = dissect({ ...sent, problem: { path, offset: 4, reason: 'x', spec: '' } });
    return lineage(problem).map((id) => byId.get(id)?.name ?? '');
  };

  test.each([
    ['connect.request.auxiliaryBuffer.size', ['request', 'auxiliaryBuffer']],
    [
      'connect.request.auxiliaryBuffer.payload(LZ77).header.body',
      ['request', 'auxiliaryBuffer', 'payload', 'LZ77', 'header'],
    ],
    ['connect.request.auxiliaryBuffer.payload(LZ77)', ['request', 'auxiliaryBuffer', 'payload', 'LZ77']],
    ['connect.request.unheardOf', ['request']],
    ['another', []],
    ['', []],
  ])('%s stands in the innermost group that is there', (path, expected) => {
    expect(place(path)).toEqual(expected);
  });

  test('of a list it is the last item', () => {
    const rows = dissect({ ...longMessage, problem: { path: 'x.rows[3997].y', offset: 9, reason: 'x', spec: '' } });
    expect(lineage(rows.problem)).toEqual(['0']);
    // It can be seen, however many rows are not shown.
    expect(visibleRows(rows, { toggles: new Map([['0', true]]), limits: new Map() }).map(({ id }) => id)).toContain(
      'problem',
    );
  });

  test('is said above, in the tree and at its octet', () => {
    const text = said('messages', { ...messages, messages: [broken] });
    expect(text).toContain('connect.response.ErrorCode at 0x0004 cannot be read: it needs 4 bytes, 2 are left');
    expect(text).toContain('ErrorCode cannot be read: it needs 4 bytes');
    const html = renderToStaticMarkup(
      <EvidenceBody kind="messages" body={{ ...messages, messages: [broken] }} at={at} />,
    );
    expect(html).toContain('<mark class="hex-problem">eb</mark>');
  });

  test('behind the last octet is said to be the end', () => {
    const cut = { ...broken, problem: { path: 'connect.response.x', offset: 6, reason: 'x', spec: '' } };
    expect(said('messages', { ...messages, messages: [cut] })).toContain('✕ ends here');
  });
});

describe('the rows of the tree', () => {
  test('of a long group come by the hundred; an octet shows its own', () => {
    const dissected = dissect(longMessage);
    const open = { ...untouched, toggles: new Map([['0', true]]) };
    expect(visibleRows(dissected, open)).toHaveLength(ROWS_AT_ONCE + 2);
    const node = fieldAt(dissected, 0, 16 * 1_000);
    expect(node?.name).toBe('[1000]');
    if (node === null) return;
    const rows = visibleRows(dissected, revealed(untouched, node, dissected.roots));
    expect(rows.map(({ label }) => label)).toContain('[1000]');
    expect(rows).toHaveLength(1_003);
  });
});

describe('messages', () => {
  test('one after the other; the one with a mistake is open', () => {
    const text = said('messages', messages);
    expect(text).toContain('→ Connect sent 52 octets 0 ms ← Connect received cannot be read to its end 6 octets 48 ms');
    expect(text).toContain('PING received 0 octets 1.3 s');
    expect(text).toContain('3 more came or went');
    expect(text).not.toContain('UserDn');
  });

  test('secrets are told to be left out, in the tree and in the octets', () => {
    const text = said('messages', { ...messages, messages: [sent] });
    expect(text).toContain('Token hidden not kept, because it is secret');
    expect(text).toContain('·· stands for octets that are not kept');
    expect(text).toContain('0018 ·· ·· ·· ·· ·· ·· ·· ·· ········ 0020');
  });

  test('an empty one, and one of which not all is kept', () => {
    expect(said('messages', { ...messages, messages: [empty] })).toContain('The message is empty.');
    expect(said('messages', { ...messages, messages: [{ ...sent, bytes: 5_000 }] })).toContain(
      'The first 52 octets of 5,000 are kept.',
    );
  });

  test('what a server sends is cut and becomes no markup', () => {
    const long = '<b>'.repeat(2_000);
    const fields = [{ name: long, offset: 0, length: 1, value: long, children: [] }];
    const problem = { path: long, offset: 0, reason: long, spec: long };
    const bad = { ...sent, name: long, fields, problem };
    const html = renderToStaticMarkup(
      <EvidenceBody kind="messages" body={{ ...messages, host: long, messages: [bad] }} at={at} />,
    );
    expect(html).not.toContain('<b>');
    expect(html.length).toBeLessThan(40_000);
  });
});

describe('response times', () => {
  test('the parts of each request add up to the whole', () => {
    const text = said('response-times', responseTimes);
    expect(text).toContain('on average 640 ms, spread 120 ms');
    expect(text).toContain('PING 1 480 ms 21 ms 3 ms 456 ms');
    // The server counts a little more than there is room for.
    expect(text).toContain('PING 2 812 ms 21 ms 790 ms 1 ms');
    expect(text).toContain('PING 3 655 ms 21 ms not said 634 ms');
  });

  test('without the network, without any request', () => {
    expect(said('response-times', { ...responseTimes, networkMs: null })).toContain(
      'PING 1 480 ms not known 3 ms 477 ms',
    );
    expect(said('response-times', { ...responseTimes, rows: [] })).toContain('Measured with PING');
  });
});

test('facts: groups, names that come twice, tables, and an empty one', () => {
  const text = said('facts', factGroups);
  expect(text).toContain('What the server says of itself X-ServerApplication Exchange/15.02.1118.040');
  expect(text).toContain('X-DiagInfo EX01 X-DiagInfo EX02');
  expect(text).toContain('Folders Folder Items Unread Inbox 1,204 12 Drafts 0 0');
  expect(text).toContain('Servers None.');
  const { tables: _, ...bare } = factGroups;
  expect(said('facts', bare)).not.toContain('Folders');
});
