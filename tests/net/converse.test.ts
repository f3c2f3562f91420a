/** A conversation in hand-made bytes: every end that it can have has its own name. */
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { limits } from '#lib/net/limits.ts';
import { door, never, resolved, tcpServer } from './servers.ts';

const words = Buffer.from('hello');

async function talkTo(talk: (socket: Socket) => void, hear = (_piece: Uint8Array): boolean => false, signal = never) {
  const net = door();
  const dialed = await net.dial(resolved('127.0.0.1'), await tcpServer(talk), never);
  return { ending: await net.converse(dialed, words, hear, signal), socket: dialed.socket };
}

const answering = (act: (socket: Socket, said: string) => void) => (socket: Socket) => {
  socket.on('data', (said) => act(socket, said.toString()));
};

test('ends when the listener has heard enough', async () => {
  const heard: string[] = [];
  const { ending, socket } = await talkTo(
    answering((peer, said) => peer.write(`${said}, you`)),
    (piece) => heard.push(Buffer.from(piece).toString()) > 0,
  );
  expect([ending, heard, socket.destroyed]).toEqual(['enough', ['hello, you'], true]);
});

test.each([
  ['closed', answering((socket) => socket.end())],
  ['reset', answering((socket) => socket.resetAndDestroy())],
] as const)('tells that it was %s', async (ending, talk) => {
  expect((await talkTo(talk)).ending).toBe(ending);
});

test('hears what came before the end', async () => {
  const heard: number[] = [];
  const { ending } = await talkTo(
    answering((socket) => socket.end('bye')),
    (piece) => heard.push(piece.length) > 9,
  );
  expect([ending, heard]).toEqual(['closed', [3]]);
});

test('has a limit', async () => {
  let heard = 0;
  const endless = answering((socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(Buffer.alloc(65_536)));
    };
    socket.on('drain', more);
    more();
  });
  const { ending } = await talkTo(endless, (piece) => {
    heard += piece.length;
    return false;
  });
  expect(ending).toBe('too-much');
  expect(heard).toBeLessThan(2 * limits.conversationBytes);
});

test('ends when the run is stopped, also before it begins', async () => {
  const stop = new AbortController();
  const hearing = talkTo(
    answering(() => stop.abort()),
    () => false,
    stop.signal,
  );
  expect((await hearing).ending).toBe('cancelled');
  expect(
    (
      await talkTo(
        () => undefined,
        () => false,
        stop.signal,
      )
    ).ending,
  ).toBe('cancelled');
});

test('throws what the listener throws, and leaves nothing open', async () => {
  const net = door();
  const port = await tcpServer(answering((socket) => socket.write('x')));
  const dialed = await net.dial(resolved('127.0.0.1'), port, never);
  const fault = new Error('no such thing');
  const hearing = net.converse(
    dialed,
    words,
    () => {
      throw fault;
    },
    never,
  );
  await expect(hearing).rejects.toBe(fault);
  expect(dialed.socket.destroyed).toBe(true);
});

test('over a connection that is gone is none', async () => {
  const net = door();
  const dialed = await net.dial(resolved('127.0.0.1'), await tcpServer((socket) => socket.destroy()), never);
  await expect
    .poll(() => dialed.socket.destroyed || dialed.socket.readableEnded || !dialed.socket.writable)
    .toBeDefined();
  dialed.socket.destroy();
  expect(await net.converse(dialed, words, () => false, never)).toBe('reset');
});
