/** A session of MAPI over HTTP over its connections: its cookies, what becomes of it when one ends, and what it hears while an answer comes. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Secret } from '#lib/auth/secret.ts';
import type { SignInMethod } from '#lib/auth/signed-request.ts';
import { ping } from '#lib/sessions/mapi-http/ping.ts';
import { decodeConnectResponse } from '#lib/wire/mapi-http/mailbox.ts';
import { codeOf, never } from '#tests/net/servers.ts';
import { SENT } from '#tests/wire/mapi-http/examples.ts';
import { answerWith, done, headerIn, talkingTo } from './scripted.ts';

const connect = { type: 'Connect', decode: decodeConnectResponse } as const;
const answered = answerWith(done());

describe('cookies', () => {
  test('come back on every request, each in its newest form, whatever the connection', async () => {
    const set = [
      ['Set-Cookie: MapiContext=AbC=; path=/mapi; secure; HttpOnly', 'set-cookie: MapiSequence=1-x; path=/mapi'],
      ['Set-Cookie: MapiSequence=2-y', 'Set-Cookie: =nameless', 'Set-Cookie: nonsense'],
      [],
    ];
    const { asked, begin } = await talkingTo(({ socket }) => socket.write(answerWith(done(), set[asked.length - 1])));
    const context = begin();
    await ping(context, never);
    await ping(context, never);
    const other = context.onAnotherConnection();
    await ping(other, never);
    await other.close();
    expect(asked.map(({ connection, head }) => [connection, headerIn(head, 'Cookie')])).toEqual([
      [1, null],
      [1, 'MapiContext=AbC=; MapiSequence=1-x'],
      [2, 'MapiContext=AbC=; MapiSequence=2-y'],
    ]);
    expect(context.cookies.names).toEqual(['MapiContext', 'MapiSequence']);
  });

  test('have an end', async () => {
    const many = Array.from({ length: 100 }, (_, at) => `Set-Cookie: c${at}=${'x'.repeat(at === 99 ? 5_000 : 5)}`);
    const { begin } = await talkingTo(({ socket }) => socket.write(answerWith(done(), many)));
    const context = begin();
    await ping(context, never);
    expect(context.cookies.names).toHaveLength(40);
  });
});

test('one counter for all requests of a session, and one number for each', async () => {
  const { asked, begin } = await talkingTo(({ socket }) => socket.write(answered));
  const context = begin();
  await ping(context, never);
  const other = context.onAnotherConnection();
  await ping(other, never);
  await ping(context, never);
  const ids = asked.map(({ head }) => headerIn(head, 'X-RequestId')?.split(':'));
  expect(new Set(ids.map((id) => id?.[0])).size).toBe(1);
  expect(ids.map((id) => id?.[1])).toEqual(['1', '2', '3']);
  expect(new Set(asked.map(({ head }) => headerIn(head, 'X-ClientInfo'))).size).toBe(1);
});

describe('a connection that ends', () => {
  test('between two requests is replaced, with what the session knows', async () => {
    const { asked, begin } = await talkingTo(({ socket, connection }) => {
      socket.write(answerWith(done(), [`Set-Cookie: from=${connection}`]));
      if (connection === 1) socket.end();
    });
    const context = begin();
    await ping(context, never);
    expect(await ping(context, never)).toMatchObject({ outcome: { kind: 'answered' } });
    expect([context.connections, asked.map(({ connection }) => connection)]).toEqual([2, [1, 2]]);
    expect(headerIn(asked[1]?.head ?? '', 'Cookie')).toBe('from=1');
  });

  test('as was announced is replaced without a try', async () => {
    const last = answerWith(done(), ['Connection: close']);
    const { asked, begin } = await talkingTo(({ socket }) => socket.end(last));
    const context = begin();
    await ping(context, never);
    await ping(context, never);
    expect(asked.map(({ connection }) => connection)).toEqual([1, 2]);
  });

  test('in place of an answer is replaced once, and no more', async () => {
    const { asked, begin } = await talkingTo(({ socket }) => {
      if (asked.length === 1) socket.write(answered);
      else socket.end();
    });
    const context = begin();
    await ping(context, never);
    expect((await codeOf(ping(context, never)))[0]).toBe('closed-early');
    expect(asked.map(({ connection }) => connection)).toEqual([1, 1, 2]);
  });

  test('before its first answer is not replaced: the request may have been carried out', async () => {
    const { asked, begin } = await talkingTo(({ socket }) => socket.end());
    expect((await codeOf(ping(begin(), never)))[0]).toBe('closed-early');
    expect(asked).toHaveLength(1);
  });
});

test('signs of life are heard while they come, and what was heard is enough', async () => {
  const [begun, pending] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { begin } = await talkingTo(async ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/mapi-http\r\nContent-Length: 9999\r\n\r\nPROC');
    socket.write('ESSING\r\n');
    await begun.promise;
    socket.write('PENDINGPEND');
    socket.write('ING\r\n');
    await pending.promise;
    socket.write('DONE\r\n\r\nthe beginning');
  });
  const reply = await begin().send(
    {
      type: 'NotificationWait',
      decode: () => null,
      until: (stream) => {
        if (stream.hasBegun) begun.resolve();
        if (stream.pendingCount === 2) pending.resolve();
        return stream.end().kind === 'complete';
      },
    },
    never,
  );
  expect(reply).toMatchObject({ outcome: { kind: 'answered' }, stream: { kind: 'complete' } });
  const times = reply.stream?.kind === 'complete' ? [reply.stream.processingAtMs, ...reply.stream.pendingAtMs] : [];
  expect(times).toHaveLength(3);
  expect(times).toEqual(times.toSorted((one, other) => Number(one) - Number(other)));
});

describe('what the answer means', () => {
  const sent = async (answer: Uint8Array) => {
    const { begin } = await talkingTo(({ socket }) => socket.write(answer));
    const context = begin();
    return { ...(await context.send(connect, never)), messages: context.takeMessages() };
  };
  const displayName = { kind: 'answered', value: { kind: 'answered', displayName: 'Alice Example' } };

  test('the code behind DONE goes before the one in the head', async () => {
    const late = await sent(answerWith(done(Buffer.from('<p>No</p>'), ['X-ResponseCode: 10']), ['X-ResponseCode: 0']));
    expect(late.outcome).toEqual({ kind: 'code', code: 10, page: new Uint8Array(Buffer.from('<p>No</p>')) });
    const early = await sent(answerWith(done(SENT.connected, ['X-ResponseCode: 0']), ['X-ResponseCode: 10']));
    expect(early.outcome).toMatchObject(displayName);
  });

  test.each<[name: string, answer: Buffer, kind: string]>([
    ['the code in the head, and a page', answerWith('<p>No</p>', ['X-ResponseCode: 7']), 'code'],
    ['another status, whatever it says', answerWith(done(SENT.connected), [], '500 Oh'), 'http'],
    [
      'a page of somebody else',
      Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>'),
      'http',
    ],
    ['the name of the protocol alone', answerWith('nonsense'), 'malformed'],
    ['nothing', answerWith(''), 'malformed'],
    ['half an answer', answerWith('PROCESSING\r\nPEND'), 'unfinished'],
    ['an answer without its fields', answerWith(done(SENT.connected.subarray(0, 20))), 'malformed'],
    [
      'an answer with more than its fields',
      answerWith(done(Buffer.concat([SENT.connected, Buffer.of(0)]))),
      'malformed',
    ],
  ])('%s', async (_name, answer, kind) => {
    expect((await sent(answer)).outcome.kind).toBe(kind);
  });

  test('packed answers are read, and it is said that they were', async () => {
    const packed = answerWith(gzipSync(done(SENT.connected)), ['Content-Encoding: GZIP']);
    expect(await sent(packed)).toMatchObject({ outcome: displayName, packed: 'gzip' });
    const torn = answerWith(gzipSync(done(SENT.connected)).subarray(0, 40), ['Content-Encoding: gzip']);
    expect((await sent(torn)).outcome).toMatchObject({
      kind: 'malformed',
      error: { reason: 'what is packed cannot be unpacked' },
    });
    const strange = answerWith(done(SENT.connected), ['Content-Encoding: zstd']);
    expect((await sent(strange)).outcome.kind).toBe('malformed');
  });

  test('both messages are kept with their fields, and with the place where one cannot be read', async () => {
    const { messages } = await sent(answerWith(done(SENT.connected.subarray(0, 20))));
    expect(messages).toMatchObject({
      kind: 'messages',
      body: {
        messages: [
          { name: 'Connect request', direction: 'sent', bytes: 0 },
          {
            name: 'Connect response',
            direction: 'received',
            bytes: 20,
            problem: { path: expect.any(String), offset: 20 },
          },
        ],
      },
    });
  });
});

describe('passwords', () => {
  const password = Secret.of('Kanarie-2f9c1b');
  const method: SignInMethod = { scheme: 'Basic', user: 'alice', password };

  test('a refusal costs one of them, and nobody tries again', async () => {
    const { asked, begin } = await talkingTo(({ socket }) =>
      socket.write('HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n'),
    );
    const context = begin(method);
    for (let times = 0; times < 3; times += 1) expect((await ping(context, never)).answer.status).toBe(401);
    expect(asked.map(({ head }) => headerIn(head, 'Authorization')?.split(' ')[0])).toEqual(['Basic']);
  });

  test('a redirect is followed by nobody', async () => {
    const { asked, begin } = await talkingTo(({ socket }) =>
      socket.write('HTTP/1.1 307 There\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n'),
    );
    expect((await ping(begin(method), never)).outcome.kind).toBe('http');
    expect(asked).toHaveLength(1);
  });
});
