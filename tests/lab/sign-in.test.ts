/** What the worlds about signing in do, seen by Node's own client. That NTLM itself is right shows in ntlm.test.ts, and by foreign clients. */
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, handshake, mailHost, settingsOf, settingsRequest } from './client.ts';
import { type Lab, startLab } from './lab.ts';
import { clientToken, KERBEROS, NTLM } from './ntlm/spnego.ts';
import { openIdProvider, type ProviderBend } from './oauth/provider.ts';
import { readToken } from './oauth/token.ts';
import { createAuthority } from './pki/authority.ts';
import type { Place } from './place.ts';
import { seededRandom } from './random.ts';
import { createTally } from './tally.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any' });
});
afterAll(() => lab.stop());
beforeEach(() => {
  for (const { name } of lab.worlds) lab.resetCounts(name);
});

/** A type 1 as some clients send it: without a version, 32 bytes. */
const NEGOTIATE = Buffer.from('4e544c4d53535000010000009782086200000000000000000000000000000000', 'hex');
const PATH = '/autodiscover/autodiscover.xml';

/** The answer to one request on a connection that is then closed: status, then the values of WWW-Authenticate. */
async function head(world: string, authorization: string): Promise<string[]> {
  const tls = await handshake(lab, mailHost(world));
  tls.write(
    `GET ${PATH} HTTP/1.1\r\nHost: ${mailHost(world)}\r\nConnection: close\r\nAuthorization: ${authorization}\r\n\r\n`,
  );
  const [status = '', ...lines] = ((await text(tls)).split('\r\n\r\n')[0] ?? '').split('\r\n');
  const methods = lines.flatMap((line) => /^www-authenticate: (.*)$/is.exec(line)?.[1] ?? []);
  return [status.split(' ')[1] ?? '', ...methods.toSorted()];
}

const firstLeg = (world: string, scheme = 'NTLM', token: Uint8Array = NEGOTIATE) =>
  head(world, `${scheme} ${Buffer.from(token).toString('base64')}`);

describe('the first leg of NTLM', () => {
  test('a server of Windows tells what it is called', async () => {
    const [status, method = ''] = await firstLeg('healthy-ntlm');
    const challenge = Buffer.from(method.replace(/^NTLM /, ''), 'base64');
    expect([status, challenge.readUInt32LE(8), challenge.readUInt16LE(50)]).toEqual(['401', 2, 17763]);
    for (const name of ['LAB', 'LAB-EX01', 'corp.lab.test']) expect(challenge.toString('utf16le')).toContain(name);
    expect(lab.counts('healthy-ntlm')).toMatchObject({ reasons: [], ntlmResponses: {}, refusalsBeforeProof: 0 });
  });

  test.for([
    ['challenge-truncated', 45],
    ['challenge-large', 65_326],
    ['challenge-huge', 1024 * 1024],
  ] as const)('%s: %i bytes', async ([world, length]) => {
    const [, method = ''] = await firstLeg(world);
    expect(Buffer.from(method.replace(/^NTLM /, ''), 'base64')).toHaveLength(length);
  });

  test('attributes without end, and what is no base64', async () => {
    const [, endless = ''] = await firstLeg('challenge-endless');
    expect(
      Buffer.from(endless.replace(/^NTLM /, ''), 'base64')
        .subarray(-4)
        .toString('hex'),
    ).toBe('0100ffff');
    expect(await firstLeg('challenge-garbage')).toEqual(['401', expect.stringContaining('%')]);
  });

  test.for([
    ['kerberos-only', ['Negotiate']],
    ['kerberos-only-rejects', ['Negotiate oQcwBaADCgEC']],
    ['kerberos-only-insists', [expect.stringMatching(/^Negotiate oR/)]],
    ['proxy-strips-tokens', ['NTLM']],
    ['proxy-strips-methods', []],
  ] as const)('%s', async ([world, methods]) => {
    const scheme = world.startsWith('kerberos') ? 'Negotiate' : 'NTLM';
    expect((await firstLeg(world, scheme)).slice(1)).toEqual(methods);
  });

  test('a thousand methods, and the usual ones', async () => {
    expect(await head('thousand-methods', 'Bearer')).toHaveLength(1 + 3 + 1_000);
  });

  test('a method that is not offered is as good as none', async () => {
    expect(await firstLeg('healthy-ntlm', 'Negotiate')).toEqual(['401', 'NTLM']);
    expect(await firstLeg('basic-only')).toEqual(['401', `Basic realm="${mailHost('basic-only')}"`]);
  });

  test('wrapped up: NTLM is asked for, answered in the same kind, or unknown', async () => {
    const inFirst = await firstLeg('healthy-spnego', 'Negotiate', clientToken([NTLM], NEGOTIATE));
    expect(inFirst).toEqual(['401', expect.stringMatching(/^Negotiate oYH/)]);
    const ticket = Buffer.from('a ticket');
    const inSecond = await firstLeg('healthy-spnego', 'Negotiate', clientToken([KERBEROS, NTLM], ticket));
    expect(inSecond).toEqual(['401', 'Negotiate oRUwE6ADCgEBoQwGCisGAQQBgjcCAgo=']);
    const without = await firstLeg('healthy-spnego', 'Negotiate', clientToken([KERBEROS], ticket));
    expect(without).toEqual(['401', 'Negotiate oQcwBaADCgEC']);
    expect(await firstLeg('healthy-spnego', 'Negotiate')).toEqual(['401', 'Negotiate']);
  });

  test('an answer without a challenge is never looked at', async () => {
    const answer = Buffer.concat([Buffer.from('NTLMSSP\0\x03\0\0\0', 'latin1'), Buffer.alloc(100)]);
    expect(await firstLeg('healthy-ntlm', 'NTLM', answer)).toEqual(['401', 'NTLM']);
    expect(lab.counts('healthy-ntlm')).toMatchObject({
      reasons: [],
      ntlmResponses: { [mailHost('healthy-ntlm')]: 1 },
      passwords: {},
    });
  });
});

describe('passwords', () => {
  async function status(world: string, username: string, password = lab.world(world).password) {
    const options = { method: 'POST', headers: { 'Content-Type': 'text/xml' }, auth: `${username}:${password}` };
    return (await ask(lab, mailHost(world), options, settingsRequest(lab.world(world).email))).statusCode;
  }

  test.for([
    ['healthy', [200, 200, 200]],
    ['down-level-only', [401, 200, 401]],
    ['principal-only', [200, 401, 401]],
  ] as const)('%s: address, LAB\\alice, alice', async ([world, statuses]) => {
    const names = [lab.world(world).email, 'lab\\ALICE', 'alice'];
    expect(await Promise.all(names.map((name) => status(world, name)))).toEqual(statuses);
  });

  test('people are told the form that is the subject', () => {
    expect(lab.world('principal-only').username).toBe('LAB\\alice');
    expect(lab.world('down-level-only').username).toBe('alice@down-level-only.lab.test');
  });

  test('one server takes UTF-8 for Latin-1', async () => {
    const { email, password } = lab.world('password-latin1');
    const authorization = `Basic ${Buffer.from(`${email}:${password}`, 'latin1').toString('base64')}`;
    expect((await settingsOf(lab, 'password-latin1')).status).toBe(401);
    expect((await head('password-latin1', authorization))[0]).toBe('200');
    expect(lab.counts('password-latin1')).toMatchObject({ refusalsBeforeProof: 1, reasons: ['wrong-password'] });
  });

  test.for([
    ['policy-blocks-passwords', 401],
    ['policy-disables-protocol', 403],
  ] as const)('%s: the password is right, the answer %i', async ([world, expected]) => {
    expect((await settingsOf(lab, world)).status).toBe(expected);
    expect(lab.counts(world).reasons).toEqual([]);
  });

  test('taken at one place, refused at another', async () => {
    const { email, password } = lab.world('accepted-and-refused');
    const options = { path: '/EWS/Exchange.asmx', auth: `${email}:${password}` };
    expect((await settingsOf(lab, 'accepted-and-refused')).status).toBe(200);
    expect((await ask(lab, mailHost('accepted-and-refused'), options)).statusCode).toBe(401);
    expect(lab.counts('accepted-and-refused')).toMatchObject({ refusalsBeforeProof: 0, deliberateRefusals: 1 });
  });
});

describe('tokens', () => {
  const login = (world: string): string => `login.${world}.lab.test`;

  async function json(answer: IncomingMessage): Promise<Record<string, string>> {
    return JSON.parse(await text(answer));
  }

  function post(world: string, path: string, form: Record<string, string>): Promise<IncomingMessage> {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return ask(lab, login(world), { method: 'POST', path, headers }, new URLSearchParams(form).toString());
  }

  /** The whole of RFC 8628, as fast as it goes. */
  async function tokenFrom(world: string): Promise<Record<string, string>> {
    const found = await json(await ask(lab, login(world), { path: '/common/.well-known/openid-configuration' }));
    expect(found.issuer).toBe(`https://${login(world)}/common`);
    const pathAt = (url = '') => new URL(url).pathname;
    const scope = `openid https://${mailHost(world)}/EWS.AccessAsUser.All`;
    const begun = await json(
      await post(world, pathAt(found.device_authorization_endpoint), { client_id: 'lab', scope }),
    );
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: 'lab',
      device_code: begun.device_code ?? '',
    };
    const early = await post(world, pathAt(found.token_endpoint), form);
    expect([early.statusCode, await json(early)]).toEqual([
      400,
      expect.objectContaining({ error: 'authorization_pending' }),
    ]);
    return json(await post(world, pathAt(found.token_endpoint), form));
  }

  async function withToken(world: string, token: string): Promise<IncomingMessage> {
    const headers = { 'Content-Type': 'text/xml', Authorization: `Bearer ${token}` };
    return ask(lab, mailHost(world), { method: 'POST', headers }, settingsRequest(lab.world(world).email));
  }

  test('a token that somebody got by a code opens the mailbox, and is counted apart from passwords', async () => {
    const { access_token: token = '', id_token: identity = '' } = await tokenFrom('healthy-device-code');
    expect(readToken(token)).toMatchObject({
      aud: `https://${mailHost('healthy-device-code')}/`,
      scp: 'EWS.AccessAsUser.All',
    });
    expect(readToken(identity)).toMatchObject({ aud: 'lab' });
    expect((await withToken('healthy-device-code', token)).statusCode).toBe(200);
    expect((await withToken('healthy-device-code', `${token.slice(0, -9)}AAAAAAAAA`)).statusCode).toBe(401);
    const tokens = { [mailHost('healthy-device-code')]: 2 };
    expect(lab.counts('healthy-device-code')).toMatchObject({ tokensRefused: 1, reasons: [], tokens, passwords: {} });
  });

  test.for([
    ['token-wrong-audience', 401, /^Bearer .*error="invalid_token"/, /^2000003;.*"invalid_resource"$/],
    ['token-without-scope', 403, /error="insufficient_scope", error_description="[^"]+", scope="/, undefined],
    ['token-unlicensed', 401, /^Bearer .*error="invalid_token"/, /^2000005;.*"invalid_user"$/],
  ] as const)('%s', async ([world, status, challenge, diagnostics]) => {
    const { access_token: token = '' } = await tokenFrom(world);
    const { statusCode, headers } = await withToken(world, token);
    expect(statusCode).toBe(status);
    expect(headers['www-authenticate']).toMatch(challenge);
    expect(headers['x-ms-diagnostics'] ?? '').toMatch(diagnostics ?? /^$/);
    expect(lab.counts(world)).toMatchObject({ tokensRefused: 1, refusalsBeforeProof: 0 });
  });

  test.for([
    ['bearer-only', 'https://login.bearer-only.lab.test/common/oauth2/authorize'],
    ['modern-insecure-authority', 'http://login.modern-insecure-authority.lab.test/common/oauth2/authorize'],
    ['modern-without-authority', null],
    ['healthy-modern', 'https://login.healthy-modern.lab.test/common/oauth2/authorize'],
  ] as const)('%s: asked with an empty token, it names %s', async ([world, authority]) => {
    const methods = (await head(world, 'Bearer')).filter((method) => method.startsWith('Bearer'));
    expect(methods).toHaveLength(1);
    expect(/authorization_uri="([^"]*)"/.exec(methods[0] ?? '')?.[1] ?? null).toBe(authority);
  });
});

describe('the sign-in service, bent', () => {
  const place: Place = {
    ...{ host: 'login.lab.test', address: '127.0.0.1', port: 443, domain: 'lab.test', otherDomain: 'other.lab.test' },
    mailbox: { email: 'alice@lab.test', username: 'alice@lab.test', password: 'unused' },
    authority: createAuthority(),
    tally: createTally(),
    nextRandom: () => seededRandom('login'),
  };

  function post(bend: ProviderBend, path: string, form: Record<string, string>): Record<string, string> {
    const request = {
      ...{ connection: { encrypted: true, certificate: null }, method: 'POST', target: path, version: '1.1' as const },
      headers: [['Content-Type', 'application/x-www-form-urlencoded'] as const],
      body: Buffer.from(new URLSearchParams(form).toString()),
      channel: null,
    };
    const answer = openIdProvider(bend)(request, place, place.nextRandom());
    if (typeof answer === 'symbol' || typeof answer.body !== 'string') throw new Error('no document');
    return JSON.parse(answer.body);
  }

  /** What a program is told, each time that it asks. */
  function told(bend: ProviderBend, times: number): (string | undefined)[] {
    const { device_code: code = '' } = post(bend, '/oauth2/devicecode', { client_id: 'lab' });
    const grant = 'urn:ietf:params:oauth:grant-type:device_code';
    const ask = () => post(bend, '/oauth2/token', { grant_type: grant, client_id: 'lab', device_code: code });
    return Array.from({ length: times }, () => {
      const { error, token_type } = ask();
      return error ?? token_type;
    });
  }

  test.for([
    [{}, ['authorization_pending', 'Bearer', 'invalid_grant']],
    [
      { person: { agreesAfter: 3 }, slowDownOnce: true },
      ['slow_down', 'authorization_pending', 'authorization_pending', 'Bearer'],
    ],
    [{ person: 'refuses' }, ['access_denied']],
    [{ person: 'never-comes' }, ['expired_token']],
  ] as const)('%j: %j', ([bend, answers]) => {
    expect(told(bend, answers.length)).toEqual(answers);
  });

  test('a request without a client is told so', () => {
    expect(post({}, '/oauth2/devicecode', {})).toMatchObject({ error: 'invalid_request' });
    expect(post({}, '/oauth2/token', { grant_type: 'password' })).toMatchObject({ error: 'unsupported_grant_type' });
  });
});
