/** HTTP whose bodies are conversations: both ways at once, cut anywhere, and everything that a server may do instead. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Duplex } from '#lib/net/duplex.ts';
import type { HttpRequest } from '#lib/net/http-message.ts';
import { ResponseReader, StreamFault } from '#lib/net/http-stream.ts';
import { limits } from '#lib/net/limits.ts';
import type { ExchangeEvidence } from '#lib/result/evidence.ts';
import { codeOf, door, failureOf, never, resolved, sessionWith, tcpServer, tlsServer } from './servers.ts';

const OUT: HttpRequest = {
  method: 'RPC_OUT_DATA',
  path: '/rpc/rpcproxy.dll?ex01:6001',
  headers: [['Content-Length', '76']],
  body: Buffer.from('first'),
  binary: true,
};

type Serve = Parameters<typeof tlsServer>[0];

async function duplexWith(serve: Serve, scrub?: (text: string) => string): Promise<Duplex> {
  const { port } = await tlsServer(serve);
  const net = door({}, scrub);
  const duplex = net.duplex(await sessionWith(port, net));
  onTestFinished(() => duplex.close());
  return duplex;
}

/** Answers the n-th piece that comes. */
const answering =
  (...answers: readonly string[]): Serve =>
  (socket) => {
    let at = 0;
    socket.on('data', () => void socket.write(answers[at++] ?? ''));
  };

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString());

describe('a stream', () => {
  test('goes both ways at once', async () => {
    const duplex = await duplexWith((socket) => {
      let heard = '';
      socket.on('data', (piece) => {
        heard += piece.toString();
        if (heard.endsWith('first')) socket.write('HTTP/1.1 200 Success\r\nContent-Length: 1073741824\r\n\r\none');
        if (heard.endsWith('second')) socket.write('two');
        if (heard.endsWith('third')) socket.write(heard.split('\r\n\r\n')[0] ?? '');
      });
    });
    const exchange = await duplex.begin({ ...OUT, headers: [['Content-Length', '1073741824']] }, never);
    expect(await exchange.head(1_000, never)).toMatchObject({ status: 200, reason: 'Success', closes: false });
    expect(text(await exchange.read(1_000, never))).toBe('one');
    await exchange.write(Buffer.from('second'), never);
    expect(text(await exchange.read(1_000, never))).toBe('two');
    await exchange.write(Buffer.from('third'), never);
    const head = text(await exchange.read(1_000, never)) ?? '';
    expect(head.split('\r\n')).toEqual([
      'RPC_OUT_DATA /rpc/rpcproxy.dll?ex01:6001 HTTP/1.1',
      expect.stringMatching(/^Host: mail\.example\.test:\d+$/),
      'Content-Length: 1073741824',
    ]);
    expect(exchange.evidence()).toMatchObject({
      body: { status: 200, reason: 'Success', requestBody: '[5 bytes]', responseBytes: 6 + head.length },
    });
  });

  test('in chunks comes without them', async () => {
    const head = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    const duplex = await duplexWith(
      answering(`${head}3;x=y\r\nabc\r\n`, 'A\r\n0123', '456789\r\n0\r\nTrailer: 1\r\n\r\n'),
    );
    const exchange = await duplex.begin(OUT, never);
    await exchange.head(1_000, never);
    expect(text(await exchange.read(1_000, never))).toBe('abc');
    await exchange.write(Buffer.from('x'), never);
    expect(text(await exchange.read(1_000, never))).toBe('0123');
    await exchange.write(Buffer.from('x'), never);
    expect(text(await exchange.read(1_000, never))).toBe('456789');
    expect(await exchange.read(1_000, never)).toBeNull();
  });

  test('waits for its reader', async () => {
    let written = 0;
    const duplex = await duplexWith((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const fill = (): void => {
        for (let goesOn = !socket.destroyed; goesOn; written += 65_536) goesOn = socket.write(Buffer.alloc(65_536));
      };
      socket.on('drain', fill);
      socket.once('data', fill);
    });
    const exchange = await duplex.begin(OUT, never);
    await exchange.head(1_000, never);
    await vi.waitFor(() => expect(written).toBeGreaterThan(limits.streamBytes));
    let read = 0;
    while (read < 20 * 1024 * 1024) read += (await exchange.read(5_000, never))?.length ?? Number.NaN;
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(200 * 1024 * 1024);
  });

  test('ends as the server says', async () => {
    const duplex = await duplexWith((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'));
    });
    const exchange = await duplex.begin(OUT, never);
    await exchange.head(1_000, never);
    expect(text(await exchange.read(1_000, never))).toBe('abc');
    expect(await codeOf(exchange.read(1_000, never))).toEqual(['closed-early', 'closed without an answer']);
  });
});

describe('requests one after the other', () => {
  test('each have their answer and evidence, and hide what is secret', async () => {
    const no = 'HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM TlRMTVNTUAACAAAAAAAAAAAA\r\nContent-Length: 2\r\n\r\nno';
    const duplex = await duplexWith(
      answering(no, 'HTTP/1.1 503 RPC Error: 6ba\r\nConnection: close\r\nContent-Length: 9\r\n\r\nhunter222'),
      (said) => said.replaceAll('hunter222', '[hidden]'),
    );
    const asked = { ...OUT, headers: [['Authorization', 'NTLM TlRMTVNTUAABAAAA']] as const };
    const first = await duplex.send(asked, never);
    expect([first.status, text(first.body), duplex.isLast]).toEqual([401, 'no', false]);
    expect(JSON.stringify(first.evidence)).not.toMatch(/TlRMTVNTUA/);
    const second = await duplex.send(asked, never);
    expect(second).toMatchObject({ status: 503, reason: 'RPC Error: 6ba' });
    expect((second.evidence.body as ExchangeEvidence).responseBody).toBe('[hidden]');
    expect(duplex.isLast).toBe(true);
  });

  test('are told apart from a connection that was closed between them', async () => {
    const duplex = await duplexWith((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n'));
    });
    await duplex.send(OUT, never);
    await vi.waitFor(() => expect(duplex.isOpen).toBe(false), { interval: 1 });
    expect(await codeOf(duplex.send(OUT, never))).toEqual(['closed-between-requests', 'without a word']);
  });

  test('are never sent before the answer to another one', async () => {
    const duplex = await duplexWith(() => undefined);
    await duplex.begin(OUT, never);
    await expect(duplex.begin(OUT, never)).rejects.toThrow(TypeError);
  });
});

describe('what a server does instead', () => {
  test.each([
    ['speaks something else', 'SSH-2.0-OpenSSH_9.2\r\n', 'not-http'],
    ['sends a status that is none', 'HTTP/1.1 000 Odd\r\n\r\n', 'not-http'],
    ['changes the protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', 'not-http'],
    ['sends a header without a name', 'HTTP/1.1 200 OK\r\n: odd\r\n\r\n', 'not-http'],
    ['sends a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', 'not-http'],
    ['sends a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 'not-http'],
    ['sends headers without end', `HTTP/1.1 200 OK\r\n${`X: ${'y'.repeat(1_000)}\r\n`.repeat(70)}`, 'too-large'],
    ['sends interim answers without end', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100), 'closed-early'],
  ])('%s', async (_what, said, code) => {
    const duplex = await duplexWith((socket) => void socket.once('data', () => socket.end(said)));
    expect((await codeOf(duplex.send(OUT, never)))[0]).toBe(code);
  });

  test('nothing: it is told how long was waited, and the wait can be cut short', async () => {
    const duplex = await duplexWith(() => undefined);
    const exchange = await duplex.begin(OUT, never);
    expect((await codeOf(exchange.head(10, never)))[0]).toBe('http-timeout');
    expect(await codeOf(exchange.head(null, AbortSignal.abort()))).toEqual(['unknown', 'cancelled']);
    const late = new AbortController();
    const waiting = codeOf(exchange.head(null, late.signal));
    late.abort();
    expect(await waiting).toEqual(['unknown', 'cancelled']);
  });

  test('a reset keeps what was seen', async () => {
    const duplex = await duplexWith((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab', () => socket.destroy()));
    });
    const failure = await failureOf(duplex.send(OUT, never));
    expect(failure.code).toMatch(/^(closed-early|reset)$/);
    expect(failure.evidence).toMatchObject([{ body: { status: 200 } }]);
  });

  test('an answer before it was asked belongs to nobody', async () => {
    const duplex = await duplexWith((socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    await new Promise((resolve) => setImmediate(resolve));
    const sent = duplex.send(OUT, never).then(
      ({ status }) => status,
      (failure) => failure.code,
    );
    // It may still be on its way when the request is sent; then nobody can tell.
    expect([200, 'not-http']).toContain(await sent);
  });
});

test('nothing secret goes without encryption', async () => {
  const port = await tcpServer(() => undefined);
  const net = door();
  const duplex = net.duplex(net.plain(await net.dial(resolved('127.0.0.1'), port, never)));
  await expect(duplex.begin({ ...OUT, headers: [['Authorization', 'Basic x']] }, never)).rejects.toThrow(TypeError);
  duplex.close();
});

test.each([
  ['a path', { ...OUT, path: '/a b' }],
  ['a header', { ...OUT, headers: [['X', 'a\r\nY: b']] as const }],
])('%s cannot begin another header', async (_what, request) => {
  const duplex = await duplexWith(() => undefined);
  await expect(duplex.begin(request, never)).rejects.toThrow(TypeError);
});

describe('the reader of an answer', () => {
  const whole = Buffer.from(
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 503 RPC Error: 6ba\nServer: a\r\n b\r\nTransfer-Encoding: chunked\r\n\r\n' +
      '5\r\nhello\r\n0\r\n\r\nmore',
  );

  test.each([1, 2, 3, 5, 7, 64, 1_000])('takes pieces of %d', (size) => {
    const reader = new ResponseReader();
    for (let at = 0; at < whole.length; at += size) reader.push(whole.subarray(at, at + size));
    let body = '';
    for (let piece = reader.take(); piece !== null; piece = reader.take()) body += text(piece);
    expect([body, reader.isDone, reader.hasMore]).toEqual(['hello', true, true]);
    expect(reader.head).toEqual({
      ...{ status: 503, reason: 'RPC Error: 6ba', closes: true },
      headers: [
        ['Server', 'a b'],
        ['Transfer-Encoding', 'chunked'],
      ],
    });
  });

  test('is not held up by pieces of one octet', () => {
    const reader = new ResponseReader();
    const started = performance.now();
    const octet = Buffer.from('x');
    expect(() => {
      reader.push(Buffer.from('HTTP/1.1 200 OK\r\nX: '));
      for (let at = 0; at <= limits.headerBytes; at++) reader.push(octet);
    }).toThrow(StreamFault);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('knows an end without a length', () => {
    const reader = new ResponseReader();
    reader.push(Buffer.from('HTTP/1.1 200 OK\r\n\r\nabc'));
    expect(reader.isDone).toBe(false);
    reader.end();
    expect([text(reader.take()), reader.isDone]).toEqual(['abc', true]);
  });
});
