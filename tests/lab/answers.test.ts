import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import sax from 'sax';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ask, askForSettings, handshake, mailHost, settingsOf, settingsRequest } from './client.ts';
import { type Lab, startLab } from './lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any' });
});
afterAll(() => lab.stop());
beforeEach(() => {
  for (const { name } of lab.worlds) lab.resetCounts(name);
});

test('without a password Exchange asks for one, and offers three methods', async () => {
  const answer = await askForSettings(lab, 'healthy');
  expect(answer.statusCode).toBe(401);
  const methods = answer.headersDistinct['www-authenticate']?.sort();
  expect(methods).toEqual([`Basic realm="${mailHost('healthy')}"`, 'NTLM', 'Negotiate']);
  expect(answer.headers).toMatchObject({ 'x-feserver': 'LAB-EX01', 'x-powered-by': 'ASP.NET' });
});

test.each([
  ['healthy', ['EXHTTP', 'WEB', 'mapiHttp']],
  ['healthy-classic', ['EXCH', 'EXHTTP', 'EXPR', 'WEB', 'mapiHttp']],
  ['no-mapi-http', ['EXCH', 'EXHTTP', 'EXPR', 'WEB']],
])('%s names the protocols %j', async (world, protocols) => {
  const { status, body } = await settingsOf(lab, world);
  expect(status).toBe(200);
  expect(namedProtocols(body)).toEqual(protocols);
});

test('a client that does not speak MAPI over HTTP gets the older protocols', async () => {
  const { username, password, email } = lab.world('healthy');
  const headers = { 'Content-Type': 'text/xml' };
  const options = { method: 'POST', headers, auth: `${username}:${password}` };
  const body = await text(await ask(lab, mailHost('healthy'), options, settingsRequest(email)));
  expect(namedProtocols(body)).toEqual(['EXCH', 'EXPR', 'WEB']);
});

test.each([
  ['another element for the address', (request: string) => request.replaceAll('EMailAddress', 'Address'), '600'],
  ['a prefix', (request: string) => request.replaceAll('xmlns=', 'xmlns:a='), '600'],
  ['another request schema', (request: string) => request.replace('requestschema/2006', 'other'), '600'],
  ['no body', () => '', '600'],
  ['another response schema', (request: string) => request.replace('2006a', '2007a'), '601'],
  ['an unknown address', (request: string) => request.replace('alice@', 'bob@'), '500'],
])('a request with %s gets an error inside status 200', async (_what, change, code) => {
  const { username, password, email } = lab.world('healthy');
  const options = { method: 'POST', headers: { 'Content-Type': 'text/xml' }, auth: `${username}:${password}` };
  const answer = await ask(lab, mailHost('healthy'), options, change(settingsRequest(email)));
  expect(answer.statusCode).toBe(200);
  expect(await text(answer)).toContain(`<ErrorCode>${code}</ErrorCode>`);
});

test('refusals are counted apart before and after the first success', async () => {
  await askForSettings(lab, 'healthy');
  await askForSettings(lab, 'healthy', 'wrong');
  await settingsOf(lab, 'healthy');
  await askForSettings(lab, 'healthy', 'wrong');
  expect(lab.counts('healthy')).toEqual({
    requests: 4,
    refusalsBeforeProof: 1,
    deliberateRefusals: 1,
    reasons: ['wrong-password', 'wrong-password'],
    tokensRefused: 0,
    passwords: { [mailHost('healthy')]: 3 },
    ntlmResponses: {},
    tokens: {},
    passwordsInClear: 0,
  });
});

test('the password that people are told for the world with a wrong one is refused', async () => {
  const { status } = await settingsOf(lab, 'wrong-password');
  expect(status).toBe(401);
  expect(lab.counts('wrong-password').refusalsBeforeProof).toBe(1);
});

test('a hosting panel takes any password, and it shows in the counts', async () => {
  const panel = 'hosting-panel.lab.test';
  expect((await askForSettings(lab, 'hosting-panel', undefined, panel)).statusCode).toBe(401);
  expect(lab.counts('hosting-panel').passwords).toEqual({});
  expect((await askForSettings(lab, 'hosting-panel', 'any', panel)).statusCode).toBe(200);
  expect(lab.counts('hosting-panel').passwords).toEqual({ [panel]: 1 });
});

test.each([
  ['http-403', 403, 403],
  ['http-404', 404, 404],
  ['http-405', 405, 405],
  ['http-redirect', 303, 303],
  ['http-503', 503, 503],
  ['http-throttled', 429, 429],
  ['login-page', 200, 200],
  ['http-500', 401, 500],
  ['no-method', 401, 401],
  ['bearer-only', 401, 401],
  ['ntlm-only', 401, 401],
  ['anonymous', 200, 200],
  ['certificate-changes', 401, 200],
  ['address-unknown', 401, 200],
  ['provider-error', 401, 200],
])('%s answers %i before sign-in and %i with the right password', async (world, before, after) => {
  expect((await askForSettings(lab, world)).statusCode).toBe(before);
  expect((await settingsOf(lab, world)).status).toBe(after);
});

test('what the bent answers hold', async () => {
  const challenge = async (world: string) => (await askForSettings(lab, world)).headersDistinct['www-authenticate'];
  expect(await challenge('no-method')).toBeUndefined();
  expect((await challenge('ntlm-only'))?.sort()).toEqual(['NTLM', 'Negotiate']);
  expect(await challenge('bearer-only')).toEqual([expect.stringMatching(/^Bearer /)]);
  expect((await settingsOf(lab, 'provider-error')).body).toContain('<ErrorCode>603</ErrorCode>');
  expect((await askForSettings(lab, 'panel-settings', undefined, 'panel-settings.lab.test')).statusCode).toBe(200);
  const { body } = await settingsOf(lab, 'broken-xml');
  expect(() => namedProtocols(body)).toThrow();
});

test('the hostile answers are as large as promised', async () => {
  const huge = await askForSettings(lab, 'huge-answer', lab.world('huge-answer').password);
  let bytes = 0;
  for await (const chunk of huge) bytes += chunk.length;
  expect(bytes).toBeGreaterThan(100 * 1024 * 1024);
  expect((await settingsOf(lab, 'deep-xml')).body.split('<Extension>')).toHaveLength(10_001);
  await expect(askForSettings(lab, 'many-headers')).rejects.toMatchObject({ code: 'HPE_HEADER_OVERFLOW' });
  await expect(askForSettings(lab, 'not-http')).rejects.toMatchObject({ code: expect.stringMatching(/^HPE_/) });
});

test('a request that is not answered leaves the connection open', async () => {
  const tls = await handshake(lab, mailHost('http-silent'));
  tls.write(`POST /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`);
  await settingsOf(lab, 'healthy');
  expect(tls.readableLength).toBe(0);
  expect(tls.readableEnded).toBe(false);
  tls.destroy();
});

test.each([
  ['no request line', 'hello\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400],
  ['a header without colon', 'GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n', 400],
  ['two lengths', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
  ['a length that is none', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n', 400],
  ['too long a body', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n', 413],
  ['too long a head', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}`, 431],
  ['a chunk that does not end', 'GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc', 400],
])('a request with %s is refused, and the connection closed', async (_what, request, status) => {
  const tls = await handshake(lab, mailHost('healthy'));
  tls.write(request);
  expect(await text(tls)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

test('several requests follow one another on a connection, one with a body in chunks', async () => {
  const tls = await handshake(lab, mailHost('healthy'));
  const chunked = 'POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n';
  tls.write(`RPC_IN_DATA /rpc HTTP/1.1\r\nHost: a\r\n\r\n${chunked}GET / HTTP/1.0\r\n\r\n`);
  const answers = await text(tls);
  expect(answers.match(/HTTP\/1\.1 404/g)).toHaveLength(3);
  expect(lab.counts('healthy').requests).toBe(3);
});

test('a client that goes away in the middle of an answer does no harm', async () => {
  const answer = await askForSettings(lab, 'huge-answer', lab.world('huge-answer').password);
  await once(answer, 'readable');
  answer.destroy();
  expect((await settingsOf(lab, 'healthy')).status).toBe(200);
});

// Reads with a parser that the lab does not use; it throws if the document is not well formed. Protocols within others do not count.
function namedProtocols(document: string): string[] {
  const names: string[] = [];
  const path: string[] = [];
  const parser = sax.parser(true, { trim: true });
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = ({ name, attributes }) => {
    path.push(name);
    if (path.slice(-2).join('/') === 'Account/Protocol' && typeof attributes.Type === 'string')
      names.push(attributes.Type);
  };
  parser.onclosetag = () => void path.pop();
  parser.ontext = (found) => {
    if (path.slice(-3).join('/') === 'Account/Protocol/Type') names.push(found);
  };
  parser.write(document).close();
  return names.sort();
}
