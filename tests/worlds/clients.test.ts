/** What is said about each mail client, world by world, beside what was written about it by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ASK_JSON,
  ASK_XML_ONLY,
  each,
  everybody,
  MAPI_OUTLOOK,
  NEW_OUTLOOK,
  OLD_OUTLOOK,
  WINDOWS,
} from '#tests/lab/client-tables.ts';
import {
  blocked,
  type ClientTable,
  clientNames,
  connects,
  expectationOf,
  notTested,
  opens,
} from '#tests/lab/clients.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { allWorlds } from '#tests/lab/worlds/index.ts';
import { runWorld } from './run-world.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any' });
});
afterAll(() => lab.stop());

/** Worlds whose names say nothing of clients, by what becomes of these there. */
const groups: readonly (readonly [what: string, table: ClientTable, worlds: readonly string[]])[] = [
  [
    'a mail system that gives everybody what he asks for, at the autodiscover host',
    everybody(connects('https-autodiscover')),
    [
      ...['healthy', 'healthy-classic', 'healthy-root-website', 'healthy-mail-host', 'alias-chain', 'both-families'],
      ...['dns-large-answer', 'wildcard-elsewhere', 'basic-only', 'digest-offered', 'extended-protection-accepted'],
      ...['extended-protection-required', 'proxy-ends-tls', 'charset-utf-16', 'namespaces-https', 'one-dead-address'],
      ...['certificate-expires-soon', 'required-method-missing', 'mail-host-unknown', 'healthy-down-level'],
    ],
  ],
  [
    'Windows sign-in alone: Android has no way in, of Thunderbird nobody knows',
    { ...each(WINDOWS, connects('https-autodiscover')), 'android-mail': blocked, thunderbird: notTested },
    ['ntlm-only', 'healthy-ntlm'],
  ],
  [
    'Windows sign-in alone, bound to the connection: of Outlook 2007 nobody knows whether it does that',
    {
      ...each(WINDOWS, connects('https-autodiscover')),
      'outlook-2007': notTested,
      'android-mail': blocked,
      thunderbird: notTested,
    },
    ['extended-protection-alone'],
  ],
  [
    'tokens alone: who does not know them is shut out, of the others the run could not tell',
    everybody(notTested, { ...each(OLD_OUTLOOK, blocked), 'outlook-2010-updated': blocked }),
    ['bearer-only'],
  ],
  [
    'no connection that a client would trust',
    everybody(blocked),
    [
      ...['alias-circle', 'alias-to-nowhere', 'name-not-found', 'no-autodiscover', 'servfail', 'dns-refused'],
      ...['port-closed', 'not-tls', 'tls-alert', 'tls-too-old', 'connection-reset', 'internal-address', 'not-http'],
      ...['certificate-expired', 'certificate-wrong-name', 'certificate-self-signed', 'certificate-unknown-root'],
      ...['intermediate-missing', 'client-certificate-demanded'],
    ],
  ],
  [
    'a refused password: an address may still be had, but not what it is worth',
    { ...each(ASK_XML_ONLY, blocked), ...each(ASK_JSON, notTested) },
    ['wrong-password'],
  ],
  [
    'no settings in XML',
    each(ASK_XML_ONLY, blocked),
    ['http-403', 'http-404', 'http-500', 'http-503', 'provider-error', 'address-unknown', 'broken-xml', 'html-answer'],
  ],
];

const ordinary = groups.flatMap(([what, table, worlds]) => worlds.map((name) => ({ name, what, table })));
const own = allWorlds.flatMap(({ name, title, clients }) =>
  clients === undefined ? [] : [{ name, what: title, table: clients }],
);

/** How the mailbox is opened by those who get settings. */
const mailboxes: readonly (readonly [what: string, table: ClientTable, worlds: readonly string[]])[] = [
  [
    'each by the newest transport that it speaks, Outlook 2003 by what was typed in',
    {
      ...everybody(connects('https-autodiscover')),
      ...each(MAPI_OUTLOOK, opens('mapi-http')),
      ...each([...OLD_OUTLOOK, 'outlook-2003'], opens('rpc-http')),
    },
    ['healthy', 'healthy-mail-host', 'healthy-modern', 'extended-protection-required'],
  ],
  ['the older transport for all', each([...WINDOWS, 'outlook-2003'], opens('rpc-http')), ['no-mapi-http']],
  [
    'the newer transport alone',
    { ...each(MAPI_OUTLOOK, opens('mapi-http')), ...each([...OLD_OUTLOOK, 'outlook-2003'], blocked) },
    ['mapi-http-only', 'rpc-proxy-stopped'],
  ],
  [
    'the older transport where the newer one is offered in vain',
    each([...OLD_OUTLOOK, 'outlook-2013-sp1', ...NEW_OUTLOOK, 'outlook-2003'], opens('rpc-http')),
    ['mapi-switched-off'],
  ],
  [
    'nobody comes in without encryption of RPC',
    { ...each(MAPI_OUTLOOK, opens('mapi-http')), ...each(OLD_OUTLOOK, opens('rpc-http')), 'outlook-2003': blocked },
    ['rpc-encryption-required'],
  ],
];

const opened = mailboxes.flatMap(([what, table, worlds]) => worlds.map((name) => ({ name, what, table })));

async function expectSaid(name: string, analyzer: 'autodiscover' | 'outlook', table: ClientTable): Promise<void> {
  const { report } = await runWorld(lab.world(name), analyzer);
  expect(report.clients.map(({ client }) => client)).toEqual([...clientNames]);
  const wrong = clientNames.flatMap((client) => {
    const said = report.clients.find((row) => row.client === client);
    const wanted = expectationOf(table, client);
    if (said === undefined || wanted === undefined) return [];
    const isRight = said.outcome === wanted.outcome && (wanted.by === undefined || said.by === wanted.by);
    return isRight ? [] : [{ client, said, wanted }];
  });
  expect(wrong).toEqual([]);
}

describe.concurrent('by which way mail clients get settings', () => {
  test.for([...own, ...ordinary])('$name: $what', ({ name, table }) => expectSaid(name, 'autodiscover', table));
});

describe.concurrent('by which transport they open the mailbox', () => {
  test.for(opened)('$name: $what', ({ name, table }) => expectSaid(name, 'outlook', table));
});

test('no group names a world that speaks for itself, or that is none', () => {
  const known = new Set(allWorlds.map(({ name }) => name));
  const spoken = new Set(own.map(({ name }) => name));
  const doubtful = ordinary.filter(({ name }) => !known.has(name) || spoken.has(name)).map(({ name }) => name);
  expect(doubtful).toEqual([]);
});
