/** Autodiscover in the lab, asked by Node's own client: every form of it, and every way that leads there. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AUTODISCOVER_PATH, ask, askForSettings, mailHost, resolverOf, settingsOf } from './client.ts';
import { clientNames, expectationOf } from './clients.ts';
import { type Lab, startLab } from './lab.ts';
import { allWorlds } from './worlds/index.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any' });
});
afterAll(() => lab.stop());

const json = (address: string, protocol: string) =>
  `/autodiscover/autodiscover.json/v1.0/${address}?Protocol=${protocol}`;

/** A request over plain HTTP, where clients look for a redirect. */
async function overPlain(world: string, path = AUTODISCOVER_PATH): Promise<IncomingMessage> {
  const [host = ''] = await resolverOf(lab).resolve4(mailHost(world));
  const outgoing = request({ host, port: lab.ports.http, path, headers: { Host: mailHost(world) } }).end();
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return answer.resume();
}

async function getJson(world: string, path: string): Promise<{ status: number | undefined; body: unknown }> {
  const answer = await ask(lab, mailHost(world), { path });
  return { status: answer.statusCode, body: JSON.parse(await text(answer)) };
}

/** The same as `settingsOf`, at any place and with any body. */
async function signedIn(world: string, path: string, type: string, body: string, host = mailHost(world)) {
  const { username, password } = lab.world(world);
  const options = { method: 'POST', path, headers: { 'Content-Type': type }, auth: `${username}:${password}` };
  const answer = await ask(lab, host, options, body);
  return { status: answer.statusCode, body: await text(answer) };
}

test.each([
  ['AutodiscoverV1', 'https://autodiscover.healthy.lab.test/autodiscover/autodiscover.xml'],
  ['activesync', 'https://autodiscover.healthy.lab.test/Microsoft-Server-ActiveSync'],
  ['EWS', 'https://autodiscover.healthy.lab.test/EWS/Exchange.asmx'],
])('JSON names the URL for %s, in both forms of the question and without a sign-in', async (protocol, Url) => {
  const address = 'alice%40healthy.lab.test';
  const byQuery = `/Autodiscover/Autodiscover.json?email=${address}&PROTOCOL=${protocol}`;
  for (const path of [json(address, protocol), byQuery])
    expect(await getJson('healthy', path)).toMatchObject({ status: 200, body: { Url } });
});

test.each([
  ['an unknown protocol', json('a@b.test', 'MapiHttp'), 'InvalidProtocol'],
  ['no protocol', '/autodiscover/autodiscover.json/v1.0/a@b.test', 'MandatoryParameterMissing'],
  ['no address', '/autodiscover/autodiscover.json?Protocol=Ews', 'MandatoryParameterMissing'],
])('JSON for %s is an error', async (_what, path, ErrorCode) => {
  expect(await getJson('healthy', path)).toMatchObject({ status: 400, body: { ErrorCode } });
});

test('a redirect in JSON counts along', async () => {
  const answer = await ask(lab, mailHost('json-redirect'), { path: `${json('a@b.test', 'Ews')}&RedirectCount=3` });
  const url = new URL(answer.headers.location ?? '');
  expect([answer.statusCode, url.host, url.searchParams.get('RedirectCount')]).toEqual([
    302,
    'mail.json-redirect.lab.test',
    '4',
  ]);
});

const USER_SETTINGS = (mailbox: string, ...settings: string[]) => `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wsa="http://www.w3.org/2005/08/addressing"
 xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover">
<soap:Header><a:RequestedServerVersion>Exchange2013_SP1</a:RequestedServerVersion>
<wsa:Action>http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings</wsa:Action>
<wsa:To>https://autodiscover.healthy.lab.test/autodiscover/autodiscover.svc</wsa:To></soap:Header>
<soap:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>${mailbox}</a:Mailbox></a:User></a:Users>
<a:RequestedSettings>${settings.map((name) => `<a:Setting>${name}</a:Setting>`).join('')}</a:RequestedSettings>
</a:Request></a:GetUserSettingsRequestMessage></soap:Body></soap:Envelope>`;

const SVC = '/autodiscover/autodiscover.svc';

test('SOAP gives the settings that were asked for, and says of which it has not heard', async () => {
  const wanted = USER_SETTINGS('alice@healthy.lab.test', 'ExternalEwsUrl', 'UserDN', 'NoSuchSetting');
  const { status, body } = await signedIn('healthy', SVC, 'text/xml; charset=utf-8', wanted);
  expect(status).toBe(200);
  const names = [...body.matchAll(/<Name>(\w+)<\/Name>/g)].map(([, name]) => name);
  expect(names).toEqual(['ExternalEwsUrl', 'UserDN']);
  expect(body).toMatch(/InvalidSetting[\s\S]*<SettingName>NoSuchSetting</);
});

test.each([
  ['somebody else', USER_SETTINGS('bob@healthy.lab.test', 'UserDN'), 200, /<ErrorCode>InvalidUser</],
  [
    'no headers',
    USER_SETTINGS('alice@healthy.lab.test').replace(/<soap:Header>[\s\S]*<\/soap:Header>/, ''),
    500,
    /Fault/,
  ],
  ['something else', '<a/>', 500, /Fault/],
])('SOAP for %s is an error', async (_what, asked, status, words) => {
  const answer = await signedIn('healthy', SVC, 'text/xml', asked);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatch(words);
});

test('a phone is told where ActiveSync is', async () => {
  const schema = 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync';
  const asked = `<Autodiscover xmlns="${schema}/requestschema/2006"><Request><EMailAddress>alice@healthy.lab.test</EMailAddress><AcceptableResponseSchema>${schema}/responseschema/2006</AcceptableResponseSchema></Request></Autodiscover>`;
  const { body } = await signedIn('healthy', AUTODISCOVER_PATH, 'text/xml', asked);
  expect(body).toContain('<Url>https://autodiscover.healthy.lab.test/Microsoft-Server-ActiveSync</Url>');
});

test.each([
  '/EWS/Exchange.asmx',
  '/mapi/emsmdb/',
  '/mapi/nspi/',
  '/rpc/rpcproxy.dll',
  '/OAB/x/',
  '/Microsoft-Server-ActiveSync',
  SVC,
])('%s asks for a sign-in', async (path) => {
  const answer = await ask(lab, mailHost('healthy'), { path });
  expect(answer.statusCode).toBe(401);
  expect(answer.headersDistinct['www-authenticate']).toContain('NTLM');
});

test('the web client asks by a form', async () => {
  const answer = await ask(lab, mailHost('healthy'), { path: '/owa/' });
  expect([answer.statusCode, answer.headers.location]).toEqual([302, expect.stringContaining('/owa/auth/logon.aspx?')]);
});

test.each([
  ['redirect-only', 302, 'https://mail.redirect-only.lab.test/autodiscover/autodiscover.xml'],
  ['redirect-to-http', 302, 'http://mail.redirect-to-http.lab.test/autodiscover/autodiscover.xml'],
  ['redirect-without-place', 302, undefined],
  ['redirect-malformed', 308, 'https://mail.redirect-malformed.lab.test:443443/autodiscover.xml'],
  ['healthy-cloud', 302, 'https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml'],
  ['no-redirect', 404, undefined],
])('port 80 of %s answers %i', async (world, status, location) => {
  const answer = await overPlain(world);
  expect([answer.statusCode, answer.headers.location]).toEqual([status, location]);
});

test('redirects without an end never name the same place twice', async () => {
  const seen = new Set<string>();
  let path = AUTODISCOVER_PATH;
  for (let hop = 0; hop < 20; hop++) {
    const answer = await ask(lab, mailHost('redirect-endless'), { method: 'POST', path });
    const url = new URL(answer.resume().headers.location ?? '');
    path = `${url.pathname}${url.search}`;
    seen.add(path);
  }
  expect(seen.size).toBe(20);
});

test('a mailbox that has moved is known at its new address, and takes the same password', async () => {
  expect((await settingsOf(lab, 'mailbox-moved')).body).toContain('alice@mailbox-moved-other.lab.test</RedirectAddr>');
  const { username, password } = lab.world('mailbox-moved');
  const host = 'autodiscover.mailbox-moved-other.lab.test';
  const answer = await askForSettings(lab, 'mailbox-moved', password, host);
  expect([username, answer.statusCode]).toEqual(['alice@mailbox-moved.lab.test', 200]);
  expect(lab.counts('mailbox-moved').refusalsBeforeProof).toBe(0);
});

test('other hosts of a world have certificates of their own', async () => {
  const answer = await ask(lab, 'mail.redirect-two-steps-other.lab.test', {});
  expect(answer.statusCode).toBe(401);
});

test('the stand-in for Microsoft 365 is reached by an option alone, and asks for tokens of its own authority', async () => {
  const { network } = lab.world('cloud-first');
  const [, address = ''] = network.find((each) => each.startsWith('outlook.office365.com='))?.split('=') ?? [];
  expect(address).toMatch(/^127\.\d+\.\d+\.9$/);
  const socket = connect({
    host: address,
    port: lab.ports.https,
    servername: 'outlook.office365.com',
    ca: readFileSync(lab.roots),
  });
  await once(socket, 'secureConnect');
  socket.write('GET /EWS/Exchange.asmx HTTP/1.1\r\nHost: outlook.office365.com\r\nConnection: close\r\n\r\n');
  const challenges = (await text(socket)).match(/^www-authenticate: .*$/gim) ?? [];
  expect(challenges).toEqual([
    expect.stringMatching(/: Bearer .*authorization_uri="https:\/\/login\.windows\.net\/common\/oauth2\/authorize"/),
  ]);
  await expect(resolverOf(lab).resolve4('outlook.office365.com')).rejects.toMatchObject({ code: 'EREFUSED' });
});

test('an alias leads out of the lab, where the world says what is there', async () => {
  const resolver = resolverOf(lab);
  expect(await resolver.resolveCname(mailHost('healthy-cloud'))).toEqual(['autodiscover.outlook.com']);
  expect(await resolver.resolve4(mailHost('healthy-cloud'))).toHaveLength(1);
});

test('a thousand SRV records come over TCP, each with its own name', async () => {
  const records = await resolverOf(lab, 5_000).resolveSrv('_autodiscover._tcp.srv-thousand.lab.test');
  expect(new Set(records.map(({ name }) => name)).size).toBe(1000);
  const [one] = await resolverOf(lab).resolveSrv('_autodiscover._tcp.srv-only.lab.test');
  expect(one).toMatchObject({ name: 'mail.srv-only.lab.test', port: 443, priority: 0, weight: 0 });
});

test('no two worlds say what is at the same name outside the lab', () => {
  const names = allWorlds.flatMap((world) => Object.keys(world.records?.('x.lab.test', () => '127.0.0.1') ?? {}));
  const outside = names.filter((name) => name.endsWith('.'));
  expect(new Set(outside).size).toBe(outside.length);
});

test('what is expected of clients is said of all of them, or of some', () => {
  const table = { others: { outcome: 'connects' }, thunderbird: { outcome: 'blocked' } } as const;
  expect(
    clientNames.map((name) => expectationOf(table, name)?.outcome).filter((outcome) => outcome === 'blocked'),
  ).toEqual(['blocked']);
  expect(expectationOf({}, 'ios-mail')).toBeUndefined();
});

test('what a test has to be told stands in its options', () => {
  expect(lab.world('redirect-two-steps').options.slice(-2)).toEqual([
    '--redirect-to',
    'mail.redirect-two-steps-other.lab.test',
  ]);
  expect(lab.world('cloud-first').options).toContain('--ask-microsoft');
  expect(lab.world('redirect-not-confirmed').options).not.toContain('--redirect-to');
});
