/** One request over one connection: read within the limits, recorded whatever comes back, and never with the secret in it. */
import { createSecureContext, TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { basicAuthorization } from '#lib/auth/basic.ts';
import { scrubber } from '#lib/auth/scrub.ts';
import { Secret } from '#lib/auth/secret.ts';
import type { HttpRequest } from '#lib/net/http-message.ts';
import { limits } from '#lib/net/limits.ts';
import type { Evidence, ExchangeEvidence } from '#lib/result/evidence.ts';
import { make } from '#tests/judge/certificates.ts';
import { codeOf, door, failureOf, HOST, never, sessionWith, tcpServer, tlsServer } from './servers.ts';

const PASSWORD = 'Grüße: Lab&1';
const password = Secret.of(PASSWORD);

const request: HttpRequest = {
  method: 'POST',
  path: '/autodiscover/autodiscover.xml',
  headers: [
    ['Content-Type', 'text/xml'],
    ['Authorization', basicAuthorization('alice', password)],
  ],
  body: '<a/>',
};

/** Sends the request to a server that gives this answer as soon as it has heard all of it. */
async function ask(answer: string | Uint8Array | ((socket: TLSSocket) => void), heard: string[] = []) {
  const { port } = await tlsServer((socket) => {
    let head = '';
    socket.on('data', (bytes: Buffer) => {
      head += bytes.toString('latin1');
      if (!head.endsWith('<a/>')) return;
      heard.push(head);
      if (typeof answer === 'function') answer(socket);
      else socket.end(answer);
    });
  });
  const net = door({}, scrubber('alice', password));
  return net.request(await sessionWith(port, net), request, never);
}

const http = (head: string, body = ''): string => `HTTP/1.1 ${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

function exchangeOf(evidence: Evidence | undefined): ExchangeEvidence {
  if (evidence?.kind !== 'exchange') throw new Error('no evidence of an exchange');
  return evidence.body;
}

describe('an answer', () => {
  test('keeps its headers in order, in their spelling, repeated ones apart', async () => {
    const answer = await ask(
      http('401 No\r\nwww-AUTHENTICATE: Negotiate\r\nX-b: 1\r\nWWW-Authenticate: NTLM\r\nX-A: 2'),
    );
    expect(answer.status).toBe(401);
    expect(answer.headers).toEqual([
      ['www-AUTHENTICATE', 'Negotiate'],
      ['X-b', '1'],
      ['WWW-Authenticate', 'NTLM'],
      ['X-A', '2'],
      ['Content-Length', '0'],
    ]);
  });

  test('is recorded with what was asked, and with its times', async () => {
    const heard: string[] = [];
    const { evidence } = await ask(http('200 OK', 'hello'), heard);
    expect(heard[0]).toContain(`authorization: ${basicAuthorization('alice', password)}`.slice(15));
    expect(exchangeOf(evidence)).toMatchObject({
      method: 'POST',
      url: expect.stringMatching(/^https:\/\/mail\.example\.test:\d+\/autodiscover\/autodiscover\.xml$/),
      requestBody: '<a/>',
      status: 200,
      responseBody: 'hello',
      responseBytes: 5,
      truncated: false,
      timings: { firstByteMs: expect.any(Number), totalMs: expect.any(Number) },
    });
  });

  test('is read up to the limit, and not a byte further', async () => {
    const full = 'x'.repeat(limits.bodyBytes);
    const { body, evidence } = await ask(http('200 OK', full));
    expect(body).toHaveLength(limits.bodyBytes);
    expect(exchangeOf(evidence)).toMatchObject({ truncated: true, responseBytes: limits.bodyBytes });
    expect(exchangeOf(evidence).responseBody).toHaveLength(limits.evidenceBytes);
    const failure = await failureOf(ask(http('200 OK', `${full}x`)));
    expect(failure).toMatchObject({ code: 'too-large', details: { limit: { what: 'an answer', value: '4 MiB' } } });
    expect(exchangeOf(failure.evidence[0]).status).toBe(200);
  });

  test('with more headers than any server sends is refused', async () => {
    const answer = http(`200 OK\r\nX-Long: ${'x'.repeat(limits.headerBytes)}`);
    const failure = await failureOf(ask(answer));
    expect(failure).toMatchObject({ code: 'too-large', details: { limit: { what: 'headers', value: '64 KiB' } } });
  });

  test.each([
    ['nonsense', Uint8Array.from({ length: 64 }, (_, at) => (at * 73) & 0xff), 'not-http'],
    ['another protocol', '220 mail.example.test ESMTP\r\n', 'not-http'],
    ['nothing', '', 'closed-early'],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent-', 'closed-early'],
    ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', 'closed-early'],
    ['of two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok', 'not-http'],
    ['of status 000', 'HTTP/1.1 000 No\r\nContent-Length: 0\r\n\r\n', 'not-http'],
  ])('that is %s fails as such', async (_name, answer, code) => {
    const failure = await failureOf(ask(answer));
    expect([failure.code, failure.details.path]).toEqual([code, request.path]);
    expect(exchangeOf(failure.evidence[0]).requestBody).toBe('<a/>');
  });

  test('that TLS cannot read any more is the peer cutting off, and no fault of ours', async () => {
    const identity = make({ name: HOST, dns: [HOST] });
    const secureContext = createSecureContext({ cert: identity.pem, key: identity.key.privatePem });
    const port = await tcpServer((raw) => {
      const socket = new TLSSocket(raw, { isServer: true, secureContext }).on('error', () => undefined);
      // A record that nobody has encrypted, below the TLS of both.
      socket.once('data', () => raw.write(Uint8Array.of(23, 3, 3, 0, 20, ...Array(20).fill(1))));
    });
    const net = door();
    const failure = await failureOf(net.request(await sessionWith(port, net), request, never));
    expect(failure.code).toBe('reset');
  });

  test('that was cut off keeps what had come', async () => {
    const failure = await failureOf(ask('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'));
    expect(exchangeOf(failure.evidence[0])).toMatchObject({ status: 200, responseBody: 'half' });
  });

  test('is not asked for again over a connection that was closed', async () => {
    let connections = 0;
    const { port } = await tlsServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    const net = door();
    const [code] = await codeOf(net.request(await sessionWith(port, net), request, never));
    expect(['closed-early', 'reset', 'unknown']).toContain(code);
    expect(connections).toBe(1);
  });
});

describe('the record', () => {
  test('never shows credentials, cookies or tokens, but which there were', async () => {
    const { evidence } = await ask(http('200 OK\r\nSet-Cookie: X-BackEndCookie=abcdef; path=/\r\nX-Plain: stays'));
    const { requestHeaders, responseHeaders } = exchangeOf(evidence);
    expect(requestHeaders).toContainEqual([
      'Authorization',
      expect.stringMatching(/^Basic \[hidden, \d+ characters\]$/),
    ]);
    expect(responseHeaders).toContainEqual(['Set-Cookie', expect.stringMatching(/^X-BackEndCookie=\[hidden, /)]);
    expect(responseHeaders).toContainEqual(['X-Plain', 'stays']);
    expect(JSON.stringify(evidence)).not.toContain('abcdef');
  });

  const base64 = Buffer.from(`alice:${PASSWORD}`).toString('base64');

  test.each([
    ['plain', PASSWORD],
    ['in Base64', base64],
    ['in a URL', encodeURIComponent(PASSWORD)],
  ])('hides the password that a server sends back %s, in headers and in the body', async (_name, echo) => {
    const bytes = Buffer.from(`before ${echo} after`, 'utf8');
    const head = `HTTP/1.1 500 Oh\r\nX-Echo: ${echo}\r\nContent-Length: ${bytes.length}\r\n\r\n`;
    const { evidence, body } = await ask(Buffer.concat([Buffer.from(head, 'utf8'), bytes]));
    expect(exchangeOf(evidence).responseBody).toBe('before [hidden] after');
    expect(exchangeOf(evidence).responseHeaders).toContainEqual(['X-Echo', '[hidden]']);
    // The judge sees what came.
    expect(Buffer.from(body).toString('utf8')).toContain(echo);
  });

  test('of a form for a token is that of its bytes on the wire, without the secrets', async () => {
    const body = new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: 'GmRhmhcx',
      end: '<a/>',
    });
    const heard: string[] = [];
    const { port } = await tlsServer((socket) => {
      socket.on('data', (bytes: Buffer) => {
        heard.push(bytes.toString());
        if (heard.join('').endsWith('&end=%3Ca%2F%3E')) socket.end(http('200 OK', '{"access_token":"eyJ0eXAi"}'));
      });
    });
    const headers = [['Content-Type', 'application/x-www-form-urlencoded']] as const;
    const net = door();
    const form: HttpRequest = { method: 'POST', path: '/token', headers, body: String(body) };
    const answer = await net.request(await sessionWith(port, net), form, never);
    expect(heard.join('')).toContain('&device_code=GmRhmhcx&');
    expect(Buffer.from(answer.body).toString()).toContain('eyJ0eXAi');
    expect(exchangeOf(answer.evidence)).toMatchObject({
      requestHeaders: headers,
      requestBody: expect.stringMatching(/^grant_type=urn%3A.*&device_code=\[hidden, 8 characters\]&end=/),
      responseBody: '{"access_token":"[hidden, 8 characters]"}',
      connection: expect.stringMatching(/^port \d+$/),
    });
  });

  test('hides a password that lies across the place where the body is cut', async () => {
    const start = 'x'.repeat(limits.evidenceBytes - 3);
    const bytes = Buffer.from(`${start}${PASSWORD} and more`, 'utf8');
    const head = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\n\r\n`);
    const { responseBody } = exchangeOf((await ask(Buffer.concat([head, bytes]))).evidence);
    expect(responseBody.slice(-4)).toBe('x[hi');
  });
});
