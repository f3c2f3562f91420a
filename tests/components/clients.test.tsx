/** The drawing of what mail clients would do: states in words, codes as links, nothing that a hostile body could misuse. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { EvidenceBody } from '#components/evidence/evidence-body.tsx';
import type { ClientsEvidence } from '#lib/result/evidence.ts';
import { at } from './evidence-samples.ts';

type Row = ClientsEvidence['rows'][number];

const row = (change: Partial<Row> = {}): Row => ({
  client: 'outlook-2010',
  name: 'Outlook 2010',
  outcome: 'connects',
  by: 'the autodiscover host',
  because: [],
  methods: [
    { method: 'the domain itself', result: 'nothing', elapsedMs: 21_000 },
    { method: 'the autodiscover host', result: 'settings', elapsedMs: null },
  ],
  totalMs: 21_400,
  knows: ['Outlook Anywhere (EXPR): mail.contoso.example'],
  note: '',
  ...change,
});

const markup = (...rows: Row[]): string =>
  renderToStaticMarkup(<EvidenceBody kind="clients" body={{ rows }} at={at} />);

const said = (...rows: Row[]): string =>
  markup(...rows)
    .replaceAll('<wbr/>', '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('what clients would do', () => {
  test('each row says who, how it ends, by what and after how long', () => {
    expect(said(row())).toMatch(/Outlook 2010 gets its settings by the autodiscover host .* after 21\.4 s/);
  });

  test('where the mailbox was opened, the row says by which transport, or that none lets it in', () => {
    expect(said(row({ transport: 'MAPI over HTTP' }))).toMatch(
      /Outlook 2010 opens the mailbox by MAPI over HTTP settings by the autodiscover host/,
    );
    expect(said(row({ outcome: 'blocked', by: null, transport: null }))).toContain('does not open the mailbox');
    expect(said(row(), row({ client: 'other', transport: 'RPC over HTTP' }))).toContain('was not tested for it');
  });

  test('the ways stand in their order, and then what it knows', () => {
    const text = said(row());
    const order = [
      'Step by step for Outlook 2010',
      'the domain itself nothing 21.0 s',
      'Then it knows',
      '(EXPR): mail.contoso.example',
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('what blocks a client links its articles', () => {
    const html = markup(
      row({ outcome: 'blocked', by: null, because: ['autodiscover.no-expr'], totalMs: null, knows: [] }),
    );
    expect(html).toContain('gets nothing it can use');
    expect(html).toContain('href="/findings/autodiscover.no-expr"');
    expect(html).not.toContain('Then it knows');
  });

  test('a client that was not tested says why, and unfolds nothing', () => {
    const html = markup(row({ outcome: 'not-tested', by: null, methods: [], knows: [], note: 'It asks a cloud.' }));
    expect(html).toContain('not tested');
    expect(html).toContain('It asks a cloud.');
    expect(html).not.toContain('<details');
  });

  test('a code that is none is no link, and an outcome of a newer version is shown as it is', () => {
    const html = markup(
      row({ outcome: 'sometimes' as Row['outcome'], because: ['../../logout', 'javascript:alert(1)'] }),
    );
    expect(html).toContain('sometimes');
    expect(html).not.toContain('href');
  });
});
