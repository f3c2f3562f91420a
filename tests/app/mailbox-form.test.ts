/** The forms of the tests of a mailbox, sent as a browser without JavaScript sends them: what is taken, refused, and brought back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '#lib/result/report.ts';
import { askingRoot } from '#tests/web/asking/confided.ts';
import { FormClient, type FormValues } from '#tests/web/form-client.ts';
import { startWeb, type Web } from '#tests/web/server.ts';

let web: Web;
let client: FormClient;
beforeAll(async () => {
  // Its runs do nothing: this is about the way to them.
  web = await startWeb({ env: { THROUGHLINE_ROOT: askingRoot } });
  client = new FormClient(web.url);
});
afterAll(() => web.dispose());

const EMAIL = 'nothing@contoso.example';
const TOKEN = 'eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.S2FuYXJpZQ';

/** The result of a test that was started with these values. */
async function result(test: string, values: FormValues): Promise<{ run: string; report: Report }> {
  const run = await client.start(test, { email: EMAIL, ...values });
  await client.stream(run);
  return { run, report: JSON.parse(await client.get(`${run}/report.json`)) };
}

describe.each(['outlook', 'autodiscover'])('%s', (analyzer) => {
  test('tells what is not as usual, and "Run again" brings it back', async () => {
    const given = {
      client: 'thunderbird',
      askMicrosoft: 'on',
      redirectTo: 'Mail.Hoster.Example, other.example',
      passwordToUnmarked: 'on',
      ignoreCertificateProblems: 'on',
      authority: 'https://login.contoso.example/x',
      signInWith: 'device-code',
    };
    const { run, report } = await result(analyzer, given);
    expect(report.analyzer).toBe(analyzer);
    expect(report.options).toEqual({
      client: 'thunderbird',
      askMicrosoft: 'yes',
      redirectTo: ['mail.hoster.example', 'other.example'],
      passwordToUnmarked: 'yes',
      ignoreCertificateProblems: 'yes',
      authority: 'https://login.contoso.example/x',
      signInWith: 'device-code',
    });
    const again = await client.get(`${run}/again`);
    expect(again).toContain(`name="analyzer" value="${analyzer}"`);
    expect(again).toMatch(/<option value="thunderbird" selected="">/);
    expect(again).toContain('value="mail.hoster.example, other.example"');
    expect(again).toContain('value="https://login.contoso.example/x"');
    expect(inputs(again, 'checked')).toEqual(
      expect.arrayContaining(['askMicrosoft', 'passwordToUnmarked', 'ignoreCertificateProblems', 'signInWith']),
    );
  });

  test('says nothing of what is as usual', async () => {
    const values = { client: 'outlook-365-classic', signInWith: 'password', password: 'secret', redirectTo: ' ' };
    expect((await result(analyzer, values)).report.options).toEqual({});
  });

  test('takes a token in place of a password, and brings it back nowhere', async () => {
    const { run, report } = await result(analyzer, { signInWith: 'token', token: ` Bearer ${TOKEN}\r\n` });
    expect(report.options).toEqual({ signInWith: 'token' });
    const again = await client.get(`${run}/again`);
    expect(again).toContain('but for the token');
    expect(again).not.toContain(TOKEN);
  });

  test.each<[sentence: string, values: FormValues]>([
    ['There is no client called', { client: 'outlook-95' }],
    ['Nobody can sign in with', { signInWith: 'magic' }],
    ['only its host belongs here', { redirectTo: 'https://mail.hoster.example/' }],
    ['begins with https://', { authority: 'login.contoso.example' }],
    ['The access token is missing.', { signInWith: 'token' }],
    ['The access token is longer than 16 KiB.', { signInWith: 'token', token: 'x'.repeat(16_385) }],
    ['This is no access token', { signInWith: 'token', token: `${TOKEN} x` }],
    ['another way to sign in is chosen', { token: TOKEN, password: 'secret' }],
    ['longer than the 256 characters', { password: 'p'.repeat(257) }],
    ['Comments in round brackets', { email: 'alice(x)@contoso.example' }],
  ])('is told what is wrong: %s', async (sentence, values) => {
    const page = await client.submit(analyzer, { email: EMAIL, password: 'secret', ...values });
    expect(page).toContain('The test has not been started.');
    expect(page).toContain(sentence);
    expect(page).not.toContain(TOKEN);
  });
});

test('what was typed in for RPC over HTTP is told, and comes back', async () => {
  const given = {
    server: 'mail.contoso.example',
    rpcServer: '7c1c3b2a-0d3c-4c6e-9a57-2d1f6a1b0c9d@contoso.example',
    principal: 'msstd:mail.contoso.example',
    rpcAuth: 'ntlm',
    endpointMapper: 'on',
    client: 'outlook-2003',
  };
  const { run, report } = await result('rpc-http', { ...given, password: 'secret' });
  expect(report.target).toMatchObject({ server: given.server, rpcServer: given.rpcServer });
  const { server: _, rpcServer: __, ...others } = given;
  expect(report.options).toEqual({ ...others, endpointMapper: 'yes' });
  const again = await client.get(`${run}/again`);
  expect(again).toContain('name="analyzer" value="rpc-http"');
  for (const value of [given.server, given.rpcServer, given.principal]) expect(again).toContain(`value="${value}"`);
  expect(inputs(again, 'checked')).toEqual(expect.arrayContaining(['rpcAuth', 'endpointMapper']));
});

test('what was typed in for MAPI over HTTP is told, and comes back', async () => {
  const server = 'https://mail.contoso.example/mapi/emsmdb/?MailboxId=7c1c3b2a@contoso.example';
  const given = { server, longWait: '300', hideFolders: 'on' };
  const { run, report } = await result('mapi-http', { ...given, password: 'secret' });
  expect(report.target).toMatchObject({ server });
  expect(report.options).toEqual({ longWait: '300', hideFolders: 'yes' });
  const again = await client.get(`${run}/again`);
  expect(again).toContain(`value="${server}"`);
  expect(again).toContain('value="300"');
});

test.each(['mapi-http', 'rpc-http'])('%s wants a password, and clients that speak it', async (analyzer) => {
  const page = await client.submit(analyzer, { email: EMAIL, client: 'thunderbird' });
  expect(page).toContain('The password is missing.');
  expect(page).toContain('Thunderbird does not speak');
  expect(page).not.toContain('<option value="thunderbird"');
});

test('Outlook wants a password, Autodiscover does without one', async () => {
  expect(await client.submit('outlook', { email: EMAIL })).toContain('The password is missing.');
  expect((await result('autodiscover', {})).report.analyzer).toBe('autodiscover');
});

test('clients that nobody can stand in for are not offered', async () => {
  const page = await client.get('/test/autodiscover');
  expect(page).toContain('value="outlook-2016"');
  expect(page).not.toContain('value="outlook-new"');
});

test('a link to a mistake leads to its field', async () => {
  const page = await client.submit('outlook', { email: EMAIL, signInWith: 'token', redirectTo: 'a..b' });
  const goals = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id).filter((id) => id?.startsWith('outlook-'));
  expect(goals).toEqual(['outlook-redirectTo', 'outlook-token']);
  for (const id of goals) expect(page).toContain(`id="${id}"`);
});

/** The names of the inputs with an attribute. */
function inputs(page: string, attribute: string): string[] {
  const tags = [...page.matchAll(/<input ([^>]*)>/g)].map(([, attributes = '']) => attributes);
  return tags.filter((tag) => tag.includes(` ${attribute}=`)).map((tag) => /name="([^"]+)"/.exec(tag)?.[1] ?? '');
}
