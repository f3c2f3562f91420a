/** What is said about each mail client, world by world, beside what was written about it by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ASK_JSON, ASK_XML_ONLY, each, everybody, OLD_OUTLOOK, WINDOWS } from '#tests/lab/client-tables.ts';
import { blocked, type ClientTable, clientNames, connects, expectationOf, notTested } from '#tests/lab/clients.ts';
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

describe.concurrent('what is said about mail clients', () => {
  test.for([...own, ...ordinary])('$name: $what', async ({ name, table }) => {
    const { report } = await runWorld(lab.world(name));
    expect(report.clients.map(({ client }) => client)).toEqual([...clientNames]);
    const wrong = clientNames.flatMap((client) => {
      const said = report.clients.find((row) => row.client === client);
      const wanted = expectationOf(table, client);
      if (said === undefined || wanted === undefined) return [];
      const isRight = said.outcome === wanted.outcome && (wanted.by === undefined || said.by === wanted.by);
      return isRight ? [] : [{ client, said, wanted }];
    });
    expect(wrong).toEqual([]);
  });
});

test('no group names a world that speaks for itself, or that is none', () => {
  const known = new Set(allWorlds.map(({ name }) => name));
  const spoken = new Set(own.map(({ name }) => name));
  const doubtful = ordinary.filter(({ name }) => !known.has(name) || spoken.has(name)).map(({ name }) => name);
  expect(doubtful).toEqual([]);
});
