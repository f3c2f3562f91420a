/** What each kind of client would do, situation by situation. The expectations are written by hand, from what the situation is. */
import { describe, expect, test } from 'vitest';
import type { DiscoveryFacts, MethodFacts, MethodId, Offer, SettingsSummary } from '#lib/analyzers/clients/facts.ts';
import { predictClients } from '#lib/analyzers/clients/predict.ts';
import type { ClientPrediction } from '#lib/analyzers/clients/prediction.ts';
import { reportClients } from '#lib/analyzers/clients/report.ts';
import {
  bindsChannel,
  type ClientId,
  clientIds,
  clientName,
  clients,
  emulatedClients,
  isClientId,
  methodOrder,
  offersMapiHttp,
  usualClient,
} from '#lib/analyzers/clients.ts';

const MAIL = 'https://mail.example.test';
const offer = (protocol: Offer['protocol'], address: string, outside = true): Offer => ({ protocol, address, outside });
const mapi = offer('mapiHttp', `${MAIL}/mapi/emsmdb/?MailboxId=1`);
const expr = offer('expr', 'mail.example.test');
const exch = offer('exch', '1@example.test', false);
const ews = offer('ews', `${MAIL}/EWS/Exchange.asmx`);
const eas = offer('activesync', `${MAIL}/Microsoft-Server-ActiveSync`);
const says = (...offers: Offer[]): SettingsSummary => ({ offers });

/** A healthy Exchange that is asked for everything. */
const everything: MethodFacts['documents'] = {
  outlook: says(mapi, ews),
  outlookPlain: says(exch, expr, ews),
  mobilesync: says(eas),
  soap: says(ews),
  json: { AutodiscoverV1: `${MAIL}/autodiscover/autodiscover.xml`, ActiveSync: eas.address, Ews: ews.address },
};

function method(id: MethodId, change: Partial<MethodFacts> = {}): MethodFacts {
  const outcome = change.outcome ?? 'works';
  return {
    method: id,
    host: 'mail.example.test',
    outcome,
    because: [],
    felt: [],
    elapsedMs: 100,
    signIn: outcome === 'works' ? ['negotiate', 'ntlm', 'basic'] : [],
    channelBindingRequired: false,
    asker: 'outlook',
    documents: outcome === 'works' ? everything : {},
    ...change,
  };
}

const fails = (id: MethodId, because: MethodFacts['because'], elapsedMs = 10): MethodFacts =>
  method(id, { outcome: 'fails', because, elapsedMs });

/** A domain of which only this is there: everything else is as usual where it is not. */
function only(...there: MethodFacts[]): DiscoveryFacts {
  const usual = [
    fails('https-root', ['dns.host-not-found']),
    fails('https-autodiscover', ['dns.host-not-found']),
    fails('http-redirect', ['dns.host-not-found']),
    fails('srv', ['autodiscover.srv-not-found']),
  ];
  return { methods: [...there, ...usual.filter((each) => !there.some((found) => found.method === each.method))] };
}

const OLD: ClientId[] = ['outlook-2007', 'outlook-2010', 'outlook-2013'];
const MAPI: ClientId[] = [
  'outlook-2010-updated',
  'outlook-2013-sp1',
  'outlook-2016',
  'outlook-2019',
  'outlook-365-classic',
];
const NEWEST: ClientId[] = ['outlook-2016', 'outlook-2019', 'outlook-365-classic'];
const PHONES: ClientId[] = ['ios-mail', 'android-mail'];
const EWS: ClientId[] = ['outlook-mac', 'thunderbird'];
const NEVER: ClientId[] = ['outlook-2003', 'outlook-new', 'outlook-mobile'];
const ALL = emulatedClients;

/** "srv" is the method that wins, "✕ codes" blocks, "? codes" was not tested. */
function summary({ outcome, by, because }: ClientPrediction): string {
  if (outcome === 'connects') return because.length === 0 ? String(by) : `${by}, though ${because.join(' ')}`;
  return [outcome === 'blocked' ? '✕' : '?', ...because].join(' ');
}

type Groups = readonly (readonly [clients: readonly ClientId[], expected: string])[];
/** Later groups win over earlier ones. */
function expected(groups: Groups): Record<string, string> {
  const rows = [[NEVER, '?'] as const, ...groups].flatMap(([ids, text]) => ids.map((id) => [id, text] as const));
  return Object.fromEntries(rows);
}

const summaries = (facts: DiscoveryFacts) =>
  Object.fromEntries(predictClients(facts).map((prediction) => [prediction.client, summary(prediction)]));

const panel = method('https-root', {
  outcome: 'not-tested',
  because: ['tool.not-tested'],
  felt: ['autodiscover.other-product-answers'],
  signIn: ['basic'],
  documents: {},
});

const situations: readonly (readonly [name: string, facts: DiscoveryFacts, groups: Groups])[] = [
  ['a healthy server at the autodiscover host', only(method('https-autodiscover')), [[ALL, 'https-autodiscover']]],
  [
    'a healthy server at the domain as well: most ask there first',
    only(method('https-root'), method('https-autodiscover')),
    [
      [ALL, 'https-root'],
      [EWS, 'https-autodiscover'],
    ],
  ],
  [
    'only the SRV record: Android has no way to read it, Apple and Outlook for Mac may have',
    only(method('srv')),
    [
      [ALL, 'srv'],
      [['outlook-mac', 'ios-mail'], '?'],
      [['android-mail'], '✕ autodiscover.not-found'],
    ],
  ],
  ['only the redirect', only(method('http-redirect')), [[ALL, 'http-redirect']]],
  ['nothing anywhere', only(), [[ALL, '✕ autodiscover.not-found']]],
  [
    'a hosting panel at the domain that asks for a password: Android may end there',
    only(panel, method('https-autodiscover')),
    [
      [ALL, 'https-autodiscover'],
      [['android-mail'], '? tool.not-tested'],
    ],
  ],
  [
    'a hosting panel at the domain that refused the password, a certificate of the past at the other host',
    only(
      method('https-root', { outcome: 'fails', because: ['auth.rejected'], signIn: ['basic'], documents: {} }),
      fails('https-autodiscover', ['tls.certificate-expired']),
    ),
    [
      [ALL, '✕ auth.rejected tls.certificate-expired'],
      [EWS, '✕ tls.certificate-expired auth.rejected'],
      [['android-mail'], '✕ auth.rejected'],
    ],
  ],
  [
    'MAPI over HTTP alone',
    only(method('https-autodiscover', { documents: { ...everything, outlookPlain: says(mapi, ews) } })),
    [
      [ALL, 'https-autodiscover'],
      [OLD, '✕ autodiscover.no-expr'],
    ],
  ],
  [
    'no EXPR: what is left of the old form is for inside',
    only(method('https-autodiscover', { documents: { ...everything, outlookPlain: says(exch, ews) } })),
    [
      [ALL, 'https-autodiscover'],
      [OLD, '✕ autodiscover.no-expr'],
    ],
  ],
  [
    'a server before MAPI over HTTP',
    only(
      method('https-autodiscover', {
        documents: { ...everything, outlook: says(exch, expr, ews), json: null },
        missing: { json: ['autodiscover.no-json'] },
      }),
    ),
    [[ALL, 'https-autodiscover']],
  ],
  [
    'neither MAPI over HTTP nor EXPR',
    only(method('https-autodiscover', { documents: { ...everything, outlook: says(exch), outlookPlain: says(exch) } })),
    [
      [ALL, '✕ autodiscover.no-mapi-http autodiscover.no-expr'],
      [OLD, '✕ autodiscover.no-expr'],
      [PHONES, 'https-autodiscover'],
      [['outlook-mac'], 'https-autodiscover'],
      [['thunderbird'], '✕'],
    ],
  ],
  [
    'another product: IMAP alone, for everybody',
    only(
      method('https-autodiscover', {
        documents: { outlook: says(), outlookPlain: says(), mobilesync: null, soap: null, json: null },
        missing: { mobilesync: ['autodiscover.provider-error'] },
      }),
    ),
    [
      [ALL, '✕ autodiscover.no-exch'],
      [EWS, '✕'],
      [PHONES, '✕ autodiscover.provider-error'],
    ],
  ],
  [
    'addresses for inside alone',
    only(
      method('https-autodiscover', {
        documents: {
          outlook: says(offer('mapiHttp', 'https://ex01.corp.local/mapi/', false)),
          outlookPlain: says(
            offer('expr', 'ex01.corp.local', false),
            offer('ews', 'http://mail.example.test/EWS', false),
          ),
          mobilesync: says(eas),
          json: { Ews: 'https://ex01.corp.local/EWS/Exchange.asmx' },
        },
      }),
    ),
    [
      [ALL, '✕ autodiscover.url-internal-only'],
      [PHONES, 'https-autodiscover'],
      [EWS, '✕ autodiscover.url-not-https'],
    ],
  ],
  [
    'addresses for inside alone, whose names look public',
    only(
      method('https-autodiscover', {
        documents: {
          outlook: says({ ...mapi, outside: false }),
          outlookPlain: says(exch, { ...ews, outside: false }),
          mobilesync: says(eas),
          json: null,
        },
      }),
    ),
    [
      [MAPI, '? autodiscover.url-internal-only'],
      [EWS, '? autodiscover.url-internal-only'],
      [OLD, '✕ autodiscover.no-expr'],
      [PHONES, 'https-autodiscover'],
    ],
  ],
  [
    'settings of another product at the domain: what it tells others was not asked, and they go on',
    only(
      method('https-root', {
        outcome: 'fails',
        because: ['autodiscover.other-product-answers'],
        signIn: [],
        documents: {},
      }),
      method('https-autodiscover'),
    ),
    [[ALL, 'https-autodiscover']],
  ],
  [
    'the same, and nothing else anywhere',
    only(
      method('https-root', {
        outcome: 'fails',
        because: ['autodiscover.other-product-answers'],
        signIn: [],
        documents: {},
      }),
    ),
    [
      [ALL, '? autodiscover.other-product-answers'],
      [MAPI, '✕ autodiscover.other-product-answers'],
    ],
  ],
  [
    'the same, asked as an older Outlook: of the newer ones nobody knows',
    only(
      method('https-root', {
        ...{ outcome: 'fails', asker: 'older-outlook', because: ['autodiscover.other-product-answers'] },
        ...{ signIn: [], documents: {} },
      }),
    ),
    [
      [ALL, '? autodiscover.other-product-answers'],
      [OLD, '✕ autodiscover.other-product-answers'],
      [EWS, '✕ autodiscover.other-product-answers'],
    ],
  ],
  [
    'JSON beside XML that wants a token',
    only(
      method('https-autodiscover', {
        because: ['auth.password-not-usable'],
        signIn: ['bearer'],
        documents: { json: everything.json ?? {} },
      }),
    ),
    [
      [ALL, '? auth.password-not-usable'],
      [[...OLD, 'outlook-2010-updated'], '✕ auth.password-not-usable'],
    ],
  ],
  [
    'JSON alone: who asks for it gets on',
    only(
      method('https-autodiscover', {
        signIn: [],
        documents: { outlook: null, outlookPlain: null, mobilesync: null, soap: null, json: everything.json ?? {} },
        missing: { outlook: ['http.not-found'], outlookPlain: ['http.not-found'], mobilesync: ['http.not-found'] },
      }),
    ),
    [
      [ALL, '✕ autodiscover.not-found'],
      [['outlook-mac', 'ios-mail'], 'https-autodiscover'],
    ],
  ],
  [
    'JSON with an empty address and one over plain HTTP',
    only(
      method('https-autodiscover', {
        signIn: [],
        documents: {
          json: { activesync: '', EWS: 'http://mail.example.test/EWS' },
          mobilesync: null,
          outlookPlain: null,
          outlook: null,
        },
        missing: { outlook: ['http.forbidden'], outlookPlain: ['http.forbidden'], mobilesync: ['http.forbidden'] },
      }),
    ),
    [[ALL, '✕ http.forbidden']],
  ],
  [
    'a domain of Microsoft 365, seen without a token',
    only(
      method('https-autodiscover', {
        outcome: 'not-tested',
        because: ['auth.password-not-usable'],
        signIn: ['bearer'],
        documents: {},
      }),
      method('cloud', { outcome: 'not-tested', documents: {}, elapsedMs: null }),
    ),
    [
      [ALL, '? auth.password-not-usable'],
      [[...OLD, 'outlook-2010-updated'], '✕ auth.password-not-usable'],
    ],
  ],
  [
    'the same, and Microsoft 365 says that it has the mailbox',
    only(
      method('https-autodiscover', {
        outcome: 'not-tested',
        because: ['auth.password-not-usable'],
        signIn: ['bearer'],
        documents: {},
      }),
      method('cloud', {
        documents: { json: { AutodiscoverV1: 'https://outlook.office365.com/autodiscover/autodiscover.xml' } },
      }),
    ),
    [
      [ALL, '? auth.password-not-usable'],
      [[...OLD, 'outlook-2010-updated'], '✕ auth.password-not-usable'],
      [[...NEWEST, 'outlook-mac', 'ios-mail'], '?'],
    ],
  ],
  [
    'Microsoft 365 answers for a mailbox on premises: who asks there first does not come home',
    only(
      method('cloud', {
        signIn: [],
        documents: { outlook: null, outlookPlain: null, mobilesync: null, soap: null, json: {} },
      }),
      method('https-autodiscover'),
    ),
    [
      [ALL, 'https-autodiscover'],
      [[...NEWEST, 'outlook-mac', 'ios-mail'], '? autodiscover.cloud-first'],
    ],
  ],
  [
    'the same, from a run that says of the cloud only that it was not tested to its end',
    only(
      method('cloud', {
        outcome: 'not-tested',
        elapsedMs: null,
        signIn: ['bearer'],
        documents: { json: { AutodiscoverV1: 'https://outlook.office365.com/autodiscover/autodiscover.xml' } },
      }),
      method('https-autodiscover'),
    ),
    [
      [ALL, 'https-autodiscover'],
      [[...NEWEST, 'outlook-mac', 'ios-mail'], '? autodiscover.cloud-first'],
    ],
  ],
  [
    'JSON alone, from a run that asked for no XML after the first refusal',
    only(
      method('https-autodiscover', {
        signIn: [],
        because: ['http.forbidden'],
        documents: { json: everything.json ?? {} },
      }),
    ),
    [
      [ALL, '✕ http.forbidden'],
      [['outlook-mac', 'ios-mail'], 'https-autodiscover'],
    ],
  ],
  [
    'Microsoft 365 does not know the address',
    only(fails('cloud', ['autodiscover.address-unknown']), method('https-autodiscover')),
    [[ALL, 'https-autodiscover']],
  ],
  [
    'Extended Protection, and no Basic beside it',
    only(
      method('https-autodiscover', {
        signIn: ['negotiate', 'ntlm'],
        channelBindingRequired: true,
        documents: { ...everything, json: null },
      }),
    ),
    [
      [ALL, 'https-autodiscover'],
      [['outlook-2007', 'ios-mail', 'thunderbird'], '?'],
      [['outlook-mac'], '✕ auth.channel-binding-required'],
      [['android-mail'], '✕ auth.required-method-missing'],
    ],
  ],
  [
    'Extended Protection with Basic beside it touches nobody',
    only(method('https-autodiscover', { channelBindingRequired: true, documents: { ...everything, json: null } })),
    [[ALL, 'https-autodiscover']],
  ],
  [
    'a refused password, and an address that needs none',
    only(
      method('https-autodiscover', {
        because: ['auth.rejected'],
        signIn: ['basic'],
        documents: { json: everything.json ?? {} },
      }),
    ),
    [
      [ALL, '✕ auth.rejected'],
      [['outlook-mac', 'ios-mail'], '? auth.rejected'],
    ],
  ],
  [
    'a refused password',
    only(
      method('https-autodiscover', { outcome: 'fails', because: ['auth.rejected'], signIn: ['basic'], documents: {} }),
    ),
    [[ALL, '✕ auth.rejected']],
  ],
  [
    'a run that asked for one document of one client alone',
    {
      methods: [
        fails('https-root', ['http.not-found']),
        method('https-autodiscover', { documents: { outlook: says(mapi) } }),
      ],
    },
    [
      [ALL, '?'],
      [MAPI, 'https-autodiscover'],
    ],
  ],
  [
    'a run that asked at the two hosts alone, and found nothing',
    { methods: [fails('https-root', ['dns.host-not-found']), fails('https-autodiscover', ['tcp.refused'])] },
    [[ALL, '?']],
  ],
];

describe('what clients would do', () => {
  test.each(situations)('%s', (_name, facts, groups) => {
    expect(summaries(facts)).toEqual(expected(groups));
  });

  const dead = only(
    method('https-root', { outcome: 'fails', because: ['tcp.timeout'], felt: ['tcp.timeout'], elapsedMs: 21_000 }),
    method('https-autodiscover', { elapsedMs: 400 }),
  );
  const of = (facts: DiscoveryFacts, id: ClientId) => predictClients(facts).find(({ client }) => client === id);

  test('a dead domain costs everybody its time-out who asks there first, and nobody else', () => {
    expect(of(dead, 'outlook-2016')).toMatchObject({ outcome: 'connects', by: 'https-autodiscover', totalMs: 21_400 });
    expect(of(dead, 'outlook-2016')?.methods).toEqual([
      { method: 'cloud', result: 'unknown', elapsedMs: null },
      { method: 'https-root', result: 'nothing', elapsedMs: 21_000 },
      { method: 'https-autodiscover', result: 'settings', elapsedMs: 400 },
    ]);
    expect(of(dead, 'outlook-2016')?.note).toContain('tcp.timeout');
    expect(of(dead, 'outlook-mac')).toMatchObject({ totalMs: 400 });
  });

  test('who asks everywhere at once waits for the slowest of those before the winner', () => {
    expect(of(dead, 'thunderbird')).toMatchObject({ by: 'https-autodiscover', totalMs: 400 });
    const late = only(
      method('https-autodiscover', { outcome: 'fails', because: ['tcp.timeout'], elapsedMs: 21_000, documents: {} }),
      method('srv', { elapsedMs: 400 }),
    );
    expect(of(late, 'thunderbird')).toMatchObject({ by: 'srv', totalMs: 21_000 });
  });

  test('how long it takes is not told where a part of it was not seen', () => {
    const unseen = only(method('https-autodiscover', { elapsedMs: null }));
    expect(of(unseen, 'outlook-2010')).toMatchObject({ outcome: 'connects', totalMs: null });
    expect(of(unseen, 'outlook-new')).toMatchObject({ totalMs: null, methods: [] });
  });

  test('what a client knows is in the order in which it prefers it', () => {
    const all = only(method('https-autodiscover', { documents: { outlook: says(ews, expr, mapi) } }));
    expect(of(all, 'outlook-2016')?.knows.map(({ protocol }) => protocol)).toEqual(['mapiHttp', 'expr']);
    expect(of(all, 'outlook-2010-updated')?.knows).toEqual([mapi, expr]);
  });

  test('a better protocol that is of no use hides the one behind it', () => {
    const hidden = offer('mapiHttp', 'https://ex01.corp.local/mapi/', false);
    const facts = only(method('https-autodiscover', { documents: { outlook: says(hidden, expr) } }));
    expect(of(facts, 'outlook-2016')).toMatchObject({
      outcome: 'blocked',
      because: ['autodiscover.url-internal-only'],
    });
  });

  test('clients that do not ask by themselves say why', () => {
    for (const id of NEVER) {
      expect(of(dead, id)?.note).toMatch(/\w.*\.$/);
    }
  });
});

describe('the report', () => {
  const { clients: rows, evidence } = reportClients(predictClients(only(method('https-autodiscover'))));

  test('has a row for every client, in the order of the list', () => {
    expect(rows.map(({ client }) => client)).toEqual([...clientIds]);
    expect(evidence.rows.map(({ client }) => client)).toEqual([...clientIds]);
    expect(rows[1]).toEqual({ client: 'outlook-2007', outcome: 'connects', by: 'https-autodiscover', because: [] });
  });

  test('speaks to people in words', () => {
    expect(evidence.rows[1]).toEqual({
      client: 'outlook-2007',
      name: 'Outlook 2007',
      outcome: 'connects',
      by: 'the autodiscover host',
      because: [],
      methods: [
        { method: 'the domain itself', result: 'nothing', elapsedMs: 10 },
        { method: 'the autodiscover host', result: 'settings', elapsedMs: 100 },
      ],
      totalMs: 110,
      knows: ['Outlook Anywhere (EXPR): mail.example.test'],
      note: '',
    });
  });
});

describe('the list', () => {
  test('knows its own ids and no others', () => {
    expect(clientIds.every(isClientId)).toBe(true);
    expect(['outlook', '', 'toString', 'outlook-2016 '].filter(isClientId)).toEqual([]);
    expect(new Set(clientIds.map(clientName)).size).toBe(clientIds.length);
    expect(emulatedClients).toContain(usualClient);
  });

  test('no client goes the same way twice', () => {
    for (const id of clientIds) expect(new Set(methodOrder(id)).size).toBe(methodOrder(id).length);
    expect(methodOrder('outlook-2010')).toEqual(['https-root', 'https-autodiscover', 'http-redirect', 'srv']);
    expect(methodOrder('outlook-2019')[0]).toBe('cloud');
    expect(methodOrder('outlook-2003')).toEqual([]);
  });

  test('those that offer MAPI over HTTP ask for that document, and speak it', () => {
    for (const id of emulatedClients) {
      const client = clients[id];
      if (client.kind !== 'emulated') continue;
      const reads = client.order.some((attempt) => attempt.reads.includes('outlook'));
      expect([id, reads, client.speaks.includes('mapiHttp')]).toEqual([id, offersMapiHttp(id), offersMapiHttp(id)]);
    }
  });

  test('what it says of clients that do not ask themselves is nothing', () => {
    for (const id of NEVER) expect([offersMapiHttp(id), bindsChannel(id)]).toEqual([false, false]);
  });
});
