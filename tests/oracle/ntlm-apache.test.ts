/**
 * Our NTLM and SPNEGO at Apache with mod_auth_gssapi and gss-ntlmssp, over TLS: what a server that shares nothing with us accepts and
 * refuses. It knows nothing of Extended Protection.
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { NegotiateClient, type NegotiateOptions } from '#lib/auth/negotiate.ts';
import { channelBindingOf } from '#lib/auth/ntlm/channel-binding.ts';
import { Secret } from '#lib/auth/secret.ts';
import { decodeAuthenticate } from '#lib/wire/ntlm/authenticate.ts';
import { decodeChallenge } from '#lib/wire/ntlm/challenge.ts';
import { challengeFacts } from '#lib/wire/ntlm/facts.ts';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { decodePem } from '#lib/wire/x509/pem.ts';
import { describeSignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';
import { needs } from './foreign.ts';
import { GSSAPI_APACHE, type GssapiServer, HOST, PASSWORD, startGssapiApache } from './gssapi-apache.ts';

let server: GssapiServer;
beforeEach(async (context) => {
  needs(context, ...GSSAPI_APACHE);
  server = await startGssapiApache();
});

interface Answer {
  readonly status: number;
  /** The token of the scheme that was used, and the names of all that are offered. */
  readonly token: Uint8Array | null;
  readonly schemes: readonly string[];
}

/** One connection: NTLM belongs to it, not to the request. */
class Connection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1, ca: readFileSync(server.certificate.certificate) });
  readonly sockets = new Set<unknown>();

  constructor() {
    onTestFinished(() => this.#agent.destroy());
  }

  get(scheme: string, token: Uint8Array | null): Promise<Answer> {
    const headers = token === null ? {} : { authorization: `${scheme} ${Buffer.from(token).toString('base64')}` };
    const options = {
      host: '127.0.0.1',
      port: server.port,
      path: '/page',
      servername: HOST,
      agent: this.#agent,
      headers,
    };
    return new Promise((resolve, reject) => {
      const sent = request({ ...options, timeout: 10_000 }, (response) => {
        const lines = response.headersDistinct['www-authenticate'] ?? [];
        const own = lines.map((line) => line.split(' ')).find(([name, data]) => name === scheme && data !== undefined);
        const schemes = lines.map((line) => line.split(' ')[0] ?? '');
        const data = own?.[1] === undefined ? null : new Uint8Array(Buffer.from(own[1], 'base64'));
        response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, token: data, schemes }));
      });
      sent.on('socket', (socket) => this.sockets.add(socket));
      sent
        .on('timeout', () => sent.destroy(new Error('no answer in time')))
        .on('error', reject)
        .end();
    });
  }
}

const negotiate = (more: Partial<NegotiateOptions> = {}): NegotiateClient =>
  new NegotiateClient({
    ...{ user: 'alice', domain: 'ORACLE', password: Secret.of(PASSWORD), workstation: 'CLIENT' },
    ...{ target: `HTTP/${HOST}`, channelBinding: ownBinding(), wrapping: 'bare' },
    ...more,
  });

function ownBinding() {
  const pem = decodePem(readFileSync(server.certificate.certificate, 'utf8'));
  const der = pem[0]?.bytes ?? new Uint8Array();
  const bound = channelBindingOf(der, describeSignatureAlgorithm(decodeCertificate(der).signatureAlgorithm));
  if (!bound.defined) throw new Error(bound.algorithm);
  return bound.binding;
}

/** Signs in; `tamper` may change what is sent last. */
async function signIn(
  scheme: string,
  client: NegotiateClient,
  tamper: (token: Uint8Array) => Uint8Array = (token) => token,
): Promise<{ readonly connection: Connection; readonly challenge: Uint8Array; readonly last: Answer }> {
  const connection = new Connection();
  const first = await connection.get(scheme, client.begin());
  if (first.token === null) throw new Error(`no challenge with ${first.status}`);
  const step = client.next(first.token);
  if (step.kind !== 'send') throw new Error(JSON.stringify(step));
  return { connection, challenge: first.token, last: await connection.get(scheme, tamper(step.token)) };
}

test('it asks for Negotiate and NTLM', async () => {
  expect(await new Connection().get('NTLM', null)).toEqual({
    status: 401,
    token: null,
    schemes: ['Negotiate', 'NTLM'],
  });
});

describe.each([
  ['NTLM', 'bare'],
  ['Negotiate', 'bare'],
  ['Negotiate', 'spnego'],
] as const)('%s, %s', (scheme, wrapping) => {
  test('lets us in, and knows the connection from then on', async () => {
    const client = negotiate({ wrapping });
    const { connection, last } = await signIn(scheme, client);
    expect(last.status).toBe(200);
    if (last.token !== null) expect(client.next(last.token)).toEqual({ kind: 'done' });
    expect(wrapping === 'spnego' || last.token === null).toBe(true);
    expect((await connection.get(scheme, null)).status).toBe(200);
    expect(connection.sockets.size).toBe(1);
  });

  test.for<[what: string, more: Partial<NegotiateOptions>, status: number]>([
    ['no binding', { channelBinding: { kind: 'none' } }, 200],
    ['no domain', { domain: '' }, 200],
    ['another case of the user name', { user: 'ALICE' }, 200],
    ['a wrong password', { password: Secret.of(`${PASSWORD}x`) }, 401],
    ['a wrong user', { user: 'bob' }, 401],
  ])('%s: %s', async ([, more, status]) => {
    expect((await signIn(scheme, negotiate({ wrapping, ...more }))).last.status).toBe(status);
  });

  test('a MIC that was changed is refused', async () => {
    const tamper = (token: Uint8Array): Uint8Array => {
      const changed = token.slice();
      const at = Buffer.from(changed).indexOf('NTLMSSP') + 72;
      changed[at] = (changed[at] ?? 0) ^ 1;
      return changed;
    };
    expect((await signIn(scheme, negotiate({ wrapping }), tamper)).last.status).toBe(401);
  });
});

test('a MIC over the list of mechanisms that was changed is refused', async () => {
  const tamper = (token: Uint8Array): Uint8Array => {
    const changed = token.slice();
    // The checksum of its signature, which is the last thing in the token.
    changed[token.length - 5] = (changed[token.length - 5] ?? 0) ^ 1;
    return changed;
  };
  const { last } = await signIn('Negotiate', negotiate({ wrapping: 'spnego' }), tamper);
  expect(last.status).toBe(401);
});

test('its type 2 is read', async () => {
  const { challenge } = await signIn('NTLM', negotiate());
  const facts = challengeFacts(decodeChallenge(challenge), Date.now());
  expect(facts.flags).toEqual(expect.arrayContaining(['unicode', 'sign', 'extended-session-security', 'target-info']));
  expect(Math.abs(facts.ahead ?? Number.NaN)).toBeLessThan(60_000);
  expect(facts.netbiosComputer).not.toBeNull();
});

test('our type 3 has the MIC that it looks at', async () => {
  const client = negotiate();
  const first = await new Connection().get('NTLM', client.begin());
  const step = client.next(first.token ?? new Uint8Array());
  expect(step.kind === 'send' && decodeAuthenticate(step.token).mic).not.toBeNull();
});
