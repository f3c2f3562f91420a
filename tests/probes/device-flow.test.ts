/** The sign-in by device code at a service that answers by a script: what is sent, how often, and what a hostile one achieves. */
import { describe, expect, test } from 'vitest';
import { readAuthority } from '#lib/auth/bearer/authority.ts';
import { RunSecrets } from '#lib/auth/bearer/run-secrets.ts';
import { Secret } from '#lib/auth/secret.ts';
import { deviceCode } from '#lib/probes/device-code.ts';
import { type DeviceTokenInput, deviceToken } from '#lib/probes/device-token.ts';
import type { FlowInput } from '#lib/probes/judging/device-flow.ts';
import { openidConfiguration } from '#lib/probes/openid-configuration.ts';
import { vet } from '#lib/probes/vetted.ts';
import { door, failureOf, HOST, never, sessionWith, tlsServer } from '#tests/net/servers.ts';

/** One answer: bytes as they are, or JSON with a status; null cuts the connection off. */
type Said = string | { readonly status?: number; readonly json: unknown } | null;

interface Service {
  readonly port: number;
  /** The forms that came, in order. */
  readonly asked: Record<string, string>[];
}

/** Gives one answer after the other, each over a connection of its own; the last one for ever. */
async function service(...script: readonly Said[]): Promise<Service> {
  const asked: Record<string, string>[] = [];
  const { port } = await tlsServer((socket) => {
    let heard = '';
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.toString();
      const [head = '', form] = heard.split('\r\n\r\n', 2);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (form === undefined || form.length < length) return;
      const said = script[Math.min(asked.length, script.length - 1)] ?? null;
      asked.push(Object.fromEntries(new URLSearchParams(form)));
      if (said === null) socket.destroy();
      else socket.end(typeof said === 'string' ? said : written(said));
    });
  });
  return { port, asked };
}

function written({ status = 200, json }: { readonly status?: number; readonly json: unknown }): string {
  const body = JSON.stringify(json);
  return `HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

const refused = (error: unknown, more: object = {}): Said => ({ status: 400, json: { error, ...more } });
const PENDING = refused('authorization_pending');
const CODE = { device_code: 'device-code-of-the-service', user_code: 'WDJB-MJHT', expires_in: 900 };
const granted = { json: { access_token: 'token-of-the-service', token_type: 'Bearer' } };

async function flowTo({ port }: Service): Promise<FlowInput & { secrets: RunSecrets }> {
  const session = vet(await sessionWith(port), 'certificate-passed');
  const origin = `https://${HOST}:${port}`;
  return {
    ...{ host: HOST, port, clientId: 'throughline', mailHost: 'mail.test', authority: origin },
    service: { issuer: origin, deviceEndpoint: `${origin}/device`, tokenEndpoint: `${origin}/token?v=2` },
    hosts: [{ host: HOST, port, session, accept: () => false }],
    secrets: new RunSecrets('', null),
  };
}

async function askForCode(at: Service, scope: string | null = null) {
  const secrets = new RunSecrets('', null);
  const input = { ...(await flowTo(at)), secrets, scope, now: () => 1_000 };
  return { judged: deviceCode.judge(await deviceCode.observe(door({}, secrets.hide), input, never), input), secrets };
}

/** Waits in no time; the clock goes on by what was waited. */
async function askForToken(at: Service, more: Partial<DeviceTokenInput> = {}) {
  const waits: number[] = [];
  let clock = 0;
  const secrets = new RunSecrets('', null);
  const input: DeviceTokenInput = {
    ...(await flowTo(at)),
    secrets,
    code: {
      ...{ deviceCode: Secret.of(CODE.device_code), userCode: CODE.user_code, verificationUriComplete: null },
      ...{ verificationUri: 'https://sts.test', pageHost: 'sts.test' },
      ...{ expiresInMs: 60_000, expiresAt: 60_000, intervalMs: 5_000 },
    },
    declined: never,
    now: () => clock,
    wait: async (ms) => {
      waits.push(ms);
      clock += ms;
    },
    ...more,
  };
  const work = deviceToken.observe(door({}, secrets.hide), input, never);
  return { work, waits, secrets, judge: async () => deviceToken.judge(await work, input) };
}

describe('a code', () => {
  test('is asked for by the client id and the scope', async () => {
    const at = await service({ json: { ...CODE, verification_uri: `https://${HOST}/device`, interval: 7 } });
    const { judged, secrets } = await askForCode(at, 'mail.read offline_access');
    expect(at.asked).toEqual([{ client_id: 'throughline', scope: 'mail.read offline_access' }]);
    expect(judged).toMatchObject({
      ok: true,
      value: { userCode: 'WDJB-MJHT', intervalMs: 7_000, expiresAt: 901_000, pageHost: HOST },
    });
    expect(secrets.hide(`${CODE.device_code} ${CODE.user_code}`)).toBe('[hidden] [hidden]');
    expect(JSON.stringify(judged.evidence)).not.toMatch(/WDJB|device-code-of/);
  });

  test('of a year, asked after a thousand times a second, is cut to what people need', async () => {
    const at = await service({
      json: { ...CODE, verification_uri: `https://${HOST}`, expires_in: 31_536_000, interval: 0.001 },
    });
    expect((await askForCode(at)).judged).toMatchObject({ value: { expiresInMs: 1_800_000, intervalMs: 1_000 } });
  });

  test.each<[string, Said, string]>([
    [
      'a web page',
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>',
      'its answer is not JSON',
    ],
    ['half of it', { json: { user_code: 'x' } }, 'its answer lacks what it must hold'],
    ['numbers for texts', { json: { ...CODE, device_code: 1 } }, 'its answer lacks what it must hold'],
    ['a list', { json: [] }, 'its answer lacks what it must hold'],
    [
      'a redirect',
      'HTTP/1.1 302 X\r\nLocation: https://evil.test/\r\nContent-Length: 0\r\n\r\n',
      'it answers with status 302',
    ],
    ['a status beyond all', 'HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n', 'it answers with status 999'],
    ['no content', 'HTTP/1.1 204 X\r\n\r\n', 'it answers with status 204'],
    ['an error without a name', refused(7), 'it answers with status 400'],
    ['an error in its own words', refused('invalid_scope', { error_description: 'no\r\nTrace' }), 'invalid_scope: no'],
    ['an error with an odd description', refused('invalid_scope', { error_description: { a: 1 } }), 'invalid_scope'],
    ['a challenge', 'HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n', 'status 401'],
  ])('%s is none', async (_what, said, words) => {
    const { judged } = await askForCode(await service(said));
    const reason = `the sign-in service ${HOST} gives the program throughline no token: ${words}`;
    expect(judged).toMatchObject({ ok: false, findings: [{ code: 'auth.modern-misconfigured', args: { reason } }] });
  });
});

describe('the page for a code', () => {
  const own = `https://${HOST}/device`;
  test.each<[string, string, string | undefined, string]>([
    ['of somebody else', 'https://microsoft.com/devicelogin', undefined, 'microsoft.com, which is not its own'],
    ['of a neighbour under the same ending', 'https://example.co.test/', undefined, 'example.co.test, which'],
    ['whose link leads elsewhere', own, 'https://evil.example.test/device?code=1', 'not fit for a person'],
    ['without encryption', `http://${HOST}/device`, undefined, 'not fit for a person'],
  ])('%s is not shown', async (_what, page, whole, words) => {
    const json = { ...CODE, verification_uri: page, ...(whole && { verification_uri_complete: whole }) };
    const { judged } = await askForCode(await service({ json }));
    const [finding] = judged.findings ?? [];
    expect([judged.ok, finding?.code]).toEqual([false, 'auth.modern-misconfigured']);
    expect(finding?.args.reason).toContain(words);
  });

  test.each([
    ['https://login.microsoftonline.com/common/v2.0', 'https://microsoft.com/devicelogin', true],
    ['https://accounts.google.test', 'https://www.google.test/device', true],
    ['https://login.contoso.co.uk', 'https://login.fabrikam.co.uk/device', false],
    ['https://login.contoso.co.uk', 'https://www.contoso.co.uk/device', true],
  ])('of the service %s may be %s: %s', async (issuer, page, isShown) => {
    const at = await service({ json: { ...CODE, verification_uri: page } });
    const flow = await flowTo(at);
    const input = { ...flow, scope: null, now: () => 0 };
    const seen = await deviceCode.observe(door({}, flow.secrets.hide), input, never);
    const judged = deviceCode.judge(seen, { ...input, service: { ...flow.service, issuer } });
    expect(judged.ok).toBe(isShown);
  });
});

describe('a token', () => {
  test('is asked for until it is there, as often as the service wants', async () => {
    const at = await service(PENDING, refused('slow_down'), PENDING, granted);
    const { judge, waits, secrets } = await askForToken(at);
    expect(await judge()).toMatchObject({ ok: true, title: { key: 'device-token.passed' } });
    expect(waits).toEqual([5_000, 5_000, 10_000, 10_000]);
    expect(at.asked[0]).toEqual({
      client_id: 'throughline',
      device_code: CODE.device_code,
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    });
    expect(secrets.hide('token-of-the-service')).toBe('[hidden]');
  });

  test('is hidden in whatever way it is repeated, also where the answer is of no use', async () => {
    const at = await service({ json: { access_token: 'token-of-the-service', refresh_token: 'to-go-on-with-later' } });
    const { judge, secrets } = await askForToken(at);
    expect(await judge()).toMatchObject({ ok: false, findings: [{ code: 'auth.modern-misconfigured' }] });
    const repeated = Buffer.from('token-of-the-service').toString('base64');
    expect(secrets.hide(`${repeated} to-go-on-with-later`)).toBe('[hidden] [hidden]');
  });

  test('shows its first and its last exchange, and neither code nor token', async () => {
    const { judge } = await askForToken(await service(PENDING, PENDING, PENDING, granted));
    const { evidence = [] } = await judge();
    expect(evidence).toHaveLength(2);
    expect(JSON.stringify(evidence)).not.toMatch(/device-code-of|token-of/);
  });

  test.each<[string, Said]>([
    ['busy', 'HTTP/1.1 503 X\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n'],
    ['asked too often', 'HTTP/1.1 429 X\r\nContent-Length: 0\r\n\r\n'],
    ['cut off', null],
  ])('is asked for again, later, where the service is %s', async (_what, said) => {
    const { judge, waits } = await askForToken(await service(said, said, granted));
    expect(await judge()).toMatchObject({ ok: true });
    expect(waits).toEqual([5_000, 10_000, 15_000]);
  });

  test('is given up where every connection breaks', async () => {
    const { work, waits } = await askForToken(await service(null));
    expect((await failureOf(work)).code).toMatch(/^(reset|closed-early)$/);
    expect(waits).toHaveLength(3);
  });

  test('is given up when the code has expired, and not asked for once more', async () => {
    const at = await service(PENDING);
    const { judge } = await askForToken(at);
    expect(await judge()).toMatchObject({ ok: false, findings: [{ code: 'tool.not-tested' }] });
    expect(at.asked).toHaveLength(11);
  });

  test('is given up when the owner says no, without a further question', async () => {
    const no = new AbortController();
    const at = await service(PENDING);
    const { judge } = await askForToken(at, {
      declined: no.signal,
      wait: async () => at.asked.length === 2 && no.abort(),
    });
    const reason = 'there was nobody to sign in with the code';
    expect(await judge()).toMatchObject({ ok: false, findings: [{ code: 'tool.not-tested', args: { reason } }] });
    expect(at.asked).toHaveLength(2);
  });

  test.each<[string, Said, string]>([
    ['of another type', { json: { access_token: 'x', token_type: 'mac' } }, 'its answer cannot be used'],
    ['that wants a proof', { json: { access_token: 'x', token_type: 'DPoP' } }, 'its token is not a Bearer token'],
    ['that is a number', { json: { access_token: 1, token_type: 'Bearer' } }, 'its answer lacks what it must hold'],
    ['with an ID token of somebody else', { json: { ...granted.json, id_token: 'x.y.z' } }, 'its answer'],
  ])('%s is none', async (_what, said, words) => {
    const judged = await (await askForToken(await service(said))).judge();
    expect(judged).toMatchObject({ ok: false, findings: [{ code: 'auth.modern-misconfigured' }] });
    expect(judged.findings?.[0]?.args.reason).toContain(words);
  });

  test('of a MiB is a limit', async () => {
    const huge = { json: { access_token: 'a'.repeat(1024 * 1024), token_type: 'Bearer' } };
    expect((await failureOf((await askForToken(await service(huge))).work)).code).toBe('too-large');
  });
});

test('nothing goes to a host that nobody has judged', async () => {
  const at = await service(granted);
  const { service: known, ...flow } = await flowTo(at);
  const elsewhere = { ...known, deviceEndpoint: 'https://other.test/device' };
  const input = { ...flow, service: elsewhere, scope: null, now: () => 0 };
  await expect(deviceCode.observe(door(), input, never)).rejects.toThrow('was not judged');
  expect(at.asked).toEqual([]);
});

test('a description of ten MiB is a limit', async () => {
  const { port } = await service(`HTTP/1.1 200 OK\r\n\r\n{"issuer":"${'a'.repeat(10 * 1024 * 1024)}"}`);
  const read = readAuthority(`https://${HOST}:${port}`);
  if (!read.ok) throw new Error(read.reason);
  const session = vet(await sessionWith(port), 'certificate-passed');
  const input = { host: HOST, port, session, authority: read.authority, mailHost: 'mail.test' };
  expect((await failureOf(openidConfiguration.observe(door(), input, never))).code).toBe('too-large');
});
