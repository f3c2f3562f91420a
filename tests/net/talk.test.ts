/** Several requests over one connection: always the same one, one after the other, and what a server can do between two of them. */
import type { Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { HttpRequest } from '#lib/net/http-message.ts';
import { limits } from '#lib/net/limits.ts';
import type { Talk } from '#lib/net/talk.ts';
import type { Evidence, ExchangeEvidence } from '#lib/result/evidence.ts';
import { codeOf, door, failureOf, HOST, never, resolved, sessionWith, tcpServer, tlsServer } from './servers.ts';

const leg = (authorization: string): HttpRequest => ({
  method: 'GET',
  path: '/',
  headers: [['Authorization', authorization]],
  body: '',
});

const asking: HttpRequest = { method: 'GET', path: '/', headers: [], body: '' };

const http = (head: string, body = ''): string => `HTTP/1.1 ${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** What a server does with the n-th request of a connection. */
type Script = (socket: Socket, at: number, head: string) => void;

interface AtWork {
  readonly talk: Talk;
  /** Every request that came, with the number of the connection that it came over. */
  readonly heard: [connection: number, head: string][];
  /** The server's side of the first connection. */
  served(): Socket;
}

/** A talk with a server that follows a script. Requests here have no body, so each ends with an empty line. */
async function talking(script: Script): Promise<AtWork> {
  const heard: AtWork['heard'] = [];
  const sockets: Socket[] = [];
  const { port } = await tlsServer((socket) => {
    const connection = sockets.push(socket);
    let at = 0;
    let waiting = '';
    socket.on('data', (bytes: Buffer) => {
      waiting += bytes.toString('latin1');
      for (let end = waiting.indexOf('\r\n\r\n'); end >= 0; end = waiting.indexOf('\r\n\r\n')) {
        const head = waiting.slice(0, end);
        waiting = waiting.slice(end + 4);
        heard.push([connection, head]);
        script(socket, at++, head);
      }
    });
  });
  const net = door();
  const talk = net.talk(await sessionWith(port, net));
  onTestFinished(() => talk.close());
  return {
    talk,
    heard,
    served() {
      const [first] = sockets;
      if (first === undefined) throw new Error('nobody has connected');
      return first;
    },
  };
}

/** Waits for what the server does after its answer. */
const closed = (talk: Talk): Promise<void> => vi.waitFor(() => expect(talk.isOpen).toBe(false), { interval: 1 });

function exchangeOf(evidence: Evidence | undefined): ExchangeEvidence {
  if (evidence?.kind !== 'exchange') throw new Error('no evidence of an exchange');
  return evidence.body;
}

describe('requests of one talk', () => {
  test('go over the same connection, each with an answer and evidence of its own', async () => {
    const { talk, heard } = await talking((socket, at) => {
      socket.write(at === 0 ? http('401 No\r\nWWW-Authenticate: NTLM', 'denied') : http('200 OK', `number ${at}`));
    });
    const answers = [];
    for (const token of ['NTLM one', 'NTLM two', 'NTLM three']) answers.push(await talk.send(leg(token), never));
    expect(answers.map(({ status, body }) => [status, Buffer.from(body).toString()])).toEqual([
      [401, 'denied'],
      [200, 'number 1'],
      [200, 'number 2'],
    ]);
    expect(heard.map(([connection, head]) => [connection, /authorization: (.*)/i.exec(head)?.[1]])).toEqual([
      [1, 'NTLM one'],
      [1, 'NTLM two'],
      [1, 'NTLM three'],
    ]);
    const [first, ...later] = answers.map(({ evidence }) => exchangeOf(evidence));
    expect(talk.connection).toMatch(/^port \d+$/);
    for (const { connection } of [first, ...later].filter((one) => one !== undefined))
      expect(connection).toBe(talk.connection);
    // The connection is opened once, and the first exchange has paid for it.
    expect(first?.timings).toMatchObject({ connectMs: expect.any(Number), tlsMs: expect.any(Number) });
    for (const { timings } of later)
      expect(timings).toMatchObject({ connectMs: null, tlsMs: null, firstByteMs: expect.any(Number) });
    expect([talk.isOpen, talk.isLast]).toEqual([true, false]);
  });

  test('of another talk have another connection', async () => {
    const { port } = await tlsServer((socket) => socket.on('data', () => socket.write(http('200 OK'))));
    const net = door();
    const [one, other] = [net.talk(await sessionWith(port, net)), net.talk(await sessionWith(port, net))];
    expect(one.connection).not.toBe(other.connection);
    await Promise.all([one.close(), other.close()]);
  });

  test('may be of any method, and HEAD has no body', async () => {
    const { talk, heard } = await talking((socket, _at, head) => {
      socket.write(head.startsWith('HEAD') ? 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n' : http('200 OK', 'hello'));
    });
    const sizes = [];
    for (const method of ['HEAD', 'OPTIONS', 'POST', 'GET'] as const)
      sizes.push((await talk.send({ ...asking, method }, never)).body.length);
    expect(sizes).toEqual([0, 5, 5, 5]);
    expect(heard.map(([connection, head]) => `${connection} ${head.split(' ')[0]}`)).toEqual([
      '1 HEAD',
      '1 OPTIONS',
      '1 POST',
      '1 GET',
    ]);
  });

  test('wait for each other: a second one before the answer is a mistake of ours', async () => {
    const { talk } = await talking((socket) => socket.write(http('200 OK')));
    const first = talk.send(asking, never);
    await expect(talk.send(asking, never)).rejects.toThrow(TypeError);
    expect((await first).status).toBe(200);
    expect((await talk.send(asking, never)).status).toBe(200);
  });

  test('may be a while apart, whatever the server says about its patience', async () => {
    const { talk } = await talking((socket) => socket.write(http('200 OK\r\nKeep-Alive: timeout=0, max=1')));
    await talk.send(asking, never);
    expect([talk.isOpen, talk.isLast]).toEqual([true, false]);
    expect((await talk.send(asking, never)).status).toBe(200);
  });

  test('end with the door', async () => {
    const { port } = await tlsServer((socket) => socket.on('data', () => socket.write(http('200 OK'))));
    const net = door();
    const talk = net.talk(await sessionWith(port, net));
    await talk.send(asking, never);
    net.close();
    expect(talk.isOpen).toBe(false);
  });
});

describe('a server that closes', () => {
  test.each<[string, string]>([
    ['by saying so', http('401 No\r\nConnection: Close', 'denied')],
    ['by speaking HTTP/1.0', 'HTTP/1.0 401 No\r\nContent-Length: 6\r\n\r\ndenied'],
    ['where its answer ends', 'HTTP/1.1 401 No\r\n\r\ndenied'],
  ])('%s is heard to the end, and believed', async (_name, answer) => {
    const { talk, heard } = await talking((socket) => socket.end(answer));
    const { status, body } = await talk.send(asking, never);
    expect([status, body.length, talk.isLast, talk.isOpen]).toEqual([401, 6, true, false]);
    const failure = await failureOf(talk.send(asking, never));
    expect(failure).toMatchObject({
      code: 'closed-between-requests',
      details: { host: HOST, phase: 'between two requests', detail: 'as the answer before had said' },
    });
    expect(heard).toHaveLength(1);
  });

  test('by HTTP/1.0, but keeps the connection, keeps it', async () => {
    const kept = 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n';
    const { talk } = await talking((socket) => socket.write(kept));
    await talk.send(asking, never);
    expect([talk.isLast, (await talk.send(asking, never)).status]).toEqual([false, 200]);
  });

  test('between two requests without a word is told as such, and not dialled again', async () => {
    const { talk, heard, served } = await talking((socket) => socket.write(http('401 No')));
    await talk.send(asking, never);
    served().end();
    await closed(talk);
    const failure = await failureOf(talk.send(asking, never));
    expect([failure.code, failure.details.detail]).toEqual(['closed-between-requests', 'without a word']);
    expect(exchangeOf(failure.evidence[0])).toMatchObject({ status: null, connection: talk.connection });
    expect(heard).toHaveLength(1);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['politely', (socket) => socket.end()],
    ['by cutting the connection', (socket) => socket.destroy()],
  ])('in place of the second answer, %s, is told as such', async (_name, hangUp) => {
    const { talk, heard } = await talking((socket, at) => (at === 0 ? socket.write(http('401 No')) : hangUp(socket)));
    await talk.send(asking, never);
    expect(await codeOf(talk.send(asking, never))).toEqual(['closed-between-requests', 'in place of an answer']);
    expect(heard.map(([connection]) => connection)).toEqual([1, 1]);
  });

  test('in place of the first answer, or in the middle of the second, has just closed early', async () => {
    const first = await talking((socket) => socket.end());
    expect((await failureOf(first.talk.send(asking, never))).code).toBe('closed-early');
    const second = await talking((socket, at) =>
      at === 0 ? socket.write(http('401 No')) : socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'),
    );
    await second.talk.send(asking, never);
    const failure = await failureOf(second.talk.send(asking, never));
    expect([failure.code, exchangeOf(failure.evidence[0]).responseBody]).toEqual(['closed-early', 'half']);
  });
});

describe('a server that says too much', () => {
  test.each<[string, string]>([
    ['nonsense', '\x16\x03\x01 is no HTTP\r\n\r\n'],
    ['an answer that nobody asked for', http('200 OK', 'welcome')],
  ])('after its answer, %s, is not listened to any more', async (_name, more) => {
    const { talk } = await talking((socket) => socket.write(http('401 No', 'denied') + more));
    expect((await talk.send(asking, never)).body).toHaveLength(6);
    await closed(talk);
    expect((await failureOf(talk.send(asking, never))).code).toBe('not-http');
  });

  test('before its answer: one that tells to go on is no answer', async () => {
    const { talk } = await talking((socket) => socket.write(`HTTP/1.1 103 Early Hints\r\n\r\n${http('200 OK')}`));
    expect((await talk.send(asking, never)).status).toBe(200);
    const unasked = await talking((socket) => socket.write(`HTTP/1.1 100 Continue\r\n\r\n${http('200 OK')}`));
    expect(await codeOf(unasked.talk.send(asking, never))).toEqual(['not-http', 'an answer out of turn']);
  });

  test('before it has heard everything is heard all the same', async () => {
    const { port } = await tlsServer((socket) => socket.once('data', () => socket.write(http('401 No', 'denied'))));
    const net = door();
    const talk = net.talk(await sessionWith(port, net));
    onTestFinished(() => talk.close());
    const large: HttpRequest = { ...asking, method: 'POST', body: new Uint8Array(1024 * 1024) };
    expect((await talk.send(large, never)).status).toBe(401);
  });

  test('in the body of a refusal is stopped at the limit', async () => {
    const { talk } = await talking((socket) => {
      socket.write(`HTTP/1.1 401 No\r\nContent-Length: ${50 * 1024 * 1024}\r\n\r\n`);
      const more = (error?: Error | null): void => void (error ?? socket.write(Buffer.alloc(1024 * 1024), more));
      more();
    });
    const failure = await failureOf(talk.send(asking, never));
    expect(failure).toMatchObject({ code: 'too-large', details: { limit: { what: 'an answer', value: '4 MiB' } } });
    const { status, responseBytes } = exchangeOf(failure.evidence[0]);
    expect(status).toBe(401);
    expect(responseBytes).toBeLessThan(limits.bodyBytes + 1024 * 1024);
    expect(talk.isOpen).toBe(false);
  });

  test('in the body of a refusal, but not beyond the limit, is read, and the talk goes on', async () => {
    const { talk } = await talking((socket, at) =>
      socket.write(at === 0 ? http('401 No', 'x'.repeat(limits.bodyBytes)) : http('200 OK')),
    );
    expect((await talk.send(asking, never)).body).toHaveLength(limits.bodyBytes);
    expect((await talk.send(asking, never)).status).toBe(200);
  });
});

test('a connection that ends while its first request is being made is told as closed, and nobody dials again', async () => {
  const { port } = await tlsServer(() => undefined);
  const net = door();
  const session = await sessionWith(port, net);
  const talk = net.talk(session);
  onTestFinished(() => talk.close());
  const sent = codeOf(talk.send(asking, never));
  session.socket.destroy();
  expect((await sent)[0]).toBe('closed-early');
});

test('a talk that nobody wants any more ends at once', async () => {
  const cancel = new AbortController();
  const { talk } = await talking((socket, at) => (at === 0 ? socket.write(http('401 No')) : cancel.abort()));
  await talk.send(asking, cancel.signal);
  expect(await codeOf(talk.send(asking, cancel.signal))).toEqual(['unknown', 'cancelled']);
  expect(talk.isOpen).toBe(false);
});

describe('without encryption', () => {
  /** A server that knows whether it was ever told anything. */
  async function overheard() {
    const heard: Buffer[] = [];
    const port = await tcpServer((socket) => {
      socket.on('data', (bytes) => {
        heard.push(bytes);
        socket.write(http('302 Found\r\nLocation: https://mail.example.test/'));
      });
    });
    const net = door();
    const talk = net.talk(net.plain(await net.dial(resolved('127.0.0.1'), port, never)));
    onTestFinished(() => talk.close());
    return { talk, heard };
  }

  test('what is not secret can be asked', async () => {
    const { talk } = await overheard();
    const { status, evidence } = await talk.send(asking, never);
    expect([status, exchangeOf(evidence).url]).toEqual([
      302,
      expect.stringMatching(/^http:\/\/mail\.example\.test:\d+\/$/),
    ]);
    expect(exchangeOf(evidence).timings).toMatchObject({ connectMs: expect.any(Number), tlsMs: null });
  });

  test.each<[string, Partial<HttpRequest>]>([
    ['a credential', { headers: [['authorization', 'Basic YWxpY2U6c2VjcmV0']] }],
    ['a credential for a proxy', { headers: [['Proxy-Authorization', 'NTLM TlRMTVNTUAAB']] }],
    ['a cookie', { headers: [['Cookie', 'session=1']] }],
    ['a password in a form', { method: 'POST', body: 'username=alice&password=secret' }],
    ['a code in JSON', { method: 'POST', body: '{ "device_code": "abcdef" }' }],
  ])('%s is never sent, nor shown by the mistake', async (_name, more) => {
    const { talk, heard } = await overheard();
    const sent = await talk.send({ ...asking, ...more }, never).catch((error: unknown) => error);
    expect(sent).toBeInstanceOf(TypeError);
    expect(String(sent)).not.toMatch(/YWxp|TlRM|session=|secret=|abcdef/);
    expect(heard).toEqual([]);
  });

  test('it makes no difference who says that it is encrypted', async () => {
    const port = await tcpServer(() => undefined);
    const net = door();
    const dialed = await net.dial(resolved('127.0.0.1'), port, never);
    const lie = { dialed, socket: dialed.socket, tlsMs: 1 };
    await expect(net.request(lie, leg('Basic YWxpY2U6c2VjcmV0'), never)).rejects.toThrow(TypeError);
  });
});
