/** What the lab says by way of Autodiscover, read by programs of other people: xmllint, exchangelib, dig and curl. */

import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodePoxRequest } from '#lib/wire/autodiscover/pox.ts';
import { AUTODISCOVER_PATH, ask, mailHost, resolverOf, settingsOf } from '#tests/lab/client.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { needs, output, run } from './foreign.ts';

const worlds = [
  ...['healthy', 'healthy-classic', 'unknown-elements', 'namespaces-https', 'namespaces-wrong', 'charset-utf-16'],
  ...['request-refused', 'mailbox-moved', 'redirect-url', 'redirect-over-tls', 'redirect-endless', 'xml-bomb'],
  ...['srv-only', 'srv-thousand', 'srv-priorities', 'srv-not-available', 'broken-xml'],
];

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds });
});
afterAll(() => lab.stop());

/** The settings as they came: some are not in UTF-8. */
async function bytesOf(world: string): Promise<Uint8Array> {
  const { username, password, email } = lab.world(world);
  const headers = { 'Content-Type': 'text/xml; charset=utf-8' };
  const options = { method: 'POST', headers, auth: `${username}:${password}` };
  const answer = await ask(lab, mailHost(world), options, encodePoxRequest(email));
  return buffer(answer);
}

test.for([
  'healthy',
  'healthy-classic',
  'unknown-elements',
  'namespaces-https',
  'namespaces-wrong',
  'charset-utf-16',
  'request-refused',
])('%s: xmllint finds nothing wrong with the form', async (world, context) => {
  needs(context, 'xmllint');
  expect(await run('xmllint', ['--nonet', '--noout', '-'], await bytesOf(world))).toMatchObject({
    code: 0,
    stderr: '',
  });
});

test.for([
  ['broken-xml', /parser error/],
  ['xml-bomb', /entity.*loop|amplification|EntityRef|Maximum/i],
] as const)('%s: xmllint refuses it', async ([world, words], context) => {
  needs(context, 'xmllint');
  const { code, stderr } = await run('xmllint', ['--nonet', '--noout', '--noent', '-'], await bytesOf(world));
  expect(code).not.toBe(0);
  expect(stderr).toMatch(words);
});

test('the settings hold what each kind of client looks for', async (context) => {
  needs(context, 'xmllint');
  const { body } = await settingsOf(lab, 'healthy-classic');
  const count = async (path: string) =>
    Number(await output('xmllint', ['--nonet', '--xpath', `count(${path})`, '-'], body));
  const named = (name: string) => `//*[local-name()="${name}"]`;
  expect(await count('/*/*/*[local-name()="Account"]/*[local-name()="Protocol"]')).toBe(5);
  expect(await count(`${named('Protocol')}[@Type="mapiHttp"]${named('ExternalUrl')}`)).toBe(2);
  expect(await count(`${named('OWAUrl')}[@AuthenticationMethod]`)).toBe(2);
  for (const name of ['TTL', 'CertPrincipalName', 'OABUrl', 'AlternativeMailbox', 'PublicFolderInformation', 'MdbDN'])
    expect(await count(named(name)), name).toBeGreaterThan(0);
});

test.for(['unknown-elements', 'healthy'])('%s: exchangelib finds the address for calendars', async (world, context) => {
  needs(context, 'exchangelib');
  const program = fileURLToPath(new URL('read-autodiscover.py', import.meta.url));
  const read = JSON.parse(await output('/usr/bin/python3', [program, 'pox'], await bytesOf(world)));
  const ews = `https://${mailHost(world)}/EWS/Exchange.asmx`;
  expect(read.user).toMatchObject({ DisplayName: 'Alice Example', AutoDiscoverSMTPAddress: `alice@${world}.lab.test` });
  expect(read.protocols).toEqual(expect.arrayContaining([expect.objectContaining({ Type: 'EXPR', EwsUrl: ews })]));
});

/** SRV records as dig writes them: priority, weight, port, target. */
async function srv(world: string): Promise<string[]> {
  const server = ['@127.0.0.1', '-p', String(lab.ports.dns), '+tries=1', '+timeout=3', '+short'];
  const answer = await output('dig', [...server, `_autodiscover._tcp.${world}.lab.test`, 'SRV']);
  return answer.trim().split('\n');
}

test('dig reads the SRV records, also a thousand of them', async (context) => {
  needs(context, 'dig');
  expect(await srv('srv-only')).toEqual(['0 0 443 mail.srv-only.lab.test.']);
  expect(await srv('srv-not-available')).toEqual(['0 0 443 .']);
  expect((await srv('srv-priorities')).sort()).toEqual([
    '10 1 443 pki.srv-priorities.lab.test.',
    '20 100 443 mail.srv-priorities.lab.test.',
  ]);
  expect(await srv('srv-thousand')).toHaveLength(1000);
});

/** Where curl ends up when it follows redirects from here, and with which status. */
async function followed(host: string, others: readonly string[]): Promise<Awaited<ReturnType<typeof run>>> {
  const resolver = resolverOf(lab);
  const { https } = lab.ports;
  const toAddress = async (name: string) => `${name}:443:${(await resolver.resolve4(name))[0]}:${https}`;
  const ways = await Promise.all([host, ...others].map(toAddress));
  const config = [
    ...ways.map((way) => `connect-to = "${way}"`),
    ...[`cacert = "${lab.roots}"`, 'location', 'max-redirs = 10', 'output = "/dev/null"', 'silent', 'show-error'],
    ...['write-out = "%{http_code} %{url_effective}"', 'max-time = 10', `url = "https://${host}${AUTODISCOVER_PATH}"`],
  ];
  return run('curl', ['--config', '-'], config.join('\n'));
}

test('curl follows a redirect to the mail server', async (context) => {
  needs(context, 'curl');
  const mail = 'mail.redirect-over-tls.lab.test';
  const { stdout } = await followed('redirect-over-tls.lab.test', [mail]);
  expect(stdout).toBe(`401 https://${mail}${AUTODISCOVER_PATH}`);
});

test('curl gives up where redirects have no end', async (context) => {
  needs(context, 'curl');
  const TOO_MANY_REDIRECTS = 47;
  expect((await followed(mailHost('redirect-endless'), [])).code).toBe(TOO_MANY_REDIRECTS);
});

test('exchangelib asks for user settings, and reads the answer', async (context) => {
  needs(context, 'exchangelib', 'xmllint');
  const { username, password, email } = lab.world('healthy');
  const python = (args: readonly string[], input = '') =>
    output('/usr/bin/python3', [fileURLToPath(new URL('user-settings.py', import.meta.url)), ...args], input);
  const headers = { 'Content-Type': 'text/xml; charset=utf-8' };
  const options = { method: 'POST', headers, auth: `${username}:${password}`, path: '/autodiscover/autodiscover.svc' };
  const answer = await text(await ask(lab, mailHost('healthy'), options, await python([email])));
  expect(await run('xmllint', ['--nonet', '--noout', '-'], answer)).toMatchObject({ code: 0, stderr: '' });
  const ews = `https://${mailHost('healthy')}/EWS/Exchange.asmx`;
  expect(JSON.parse(await python([], answer))).toMatchObject({
    redirect: null,
    found: { user_display_name: 'Alice Example', external_ews_url: ews, mapi_http_enabled: 'True' },
  });
});
