/** A server of MAPI over HTTP that says, octet for octet, what a test wants it to say. */
import type { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { SignInMethod } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import { MapiContext } from '#lib/sessions/mapi-http/context.ts';
import { door, HOST, sessionWith, tlsServer } from '#tests/net/servers.ts';

/** One request as it came. */
export interface Asked {
  /** The connections that carry requests, counted from 1. */
  readonly connection: number;
  readonly head: string;
  readonly socket: TLSSocket;
}

export interface AtWork {
  /** In their order. */
  readonly asked: Asked[];
  /** The start of a session. */
  begin(method?: SignInMethod | null): MapiContext;
}

/** The value of a header of a request. */
export const headerIn = (head: string, name: string): string | null =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? null;

/** @param answer hears every request once it is there whole */
export async function talkingTo(answer: (asked: Asked) => void): Promise<AtWork> {
  const asked: Asked[] = [];
  let connections = 0;
  const { port } = await tlsServer((socket) => {
    let connection = 0;
    let waiting = '';
    socket.on('data', (piece: Buffer) => {
      waiting += piece.toString('latin1');
      for (let end = endOf(waiting); end !== null && end <= waiting.length; end = endOf(waiting)) {
        if (connection === 0) connection = ++connections;
        const one = { connection, head: waiting.slice(0, waiting.indexOf('\r\n\r\n')), socket };
        waiting = waiting.slice(end);
        asked.push(one);
        answer(one);
      }
    });
  });
  const net = door();
  const session = await sessionWith(port, net);
  return { asked, begin: (method = null) => contextOver(net, session, method) };
}

function contextOver(net: Net, session: Awaited<ReturnType<typeof sessionWith>>, method: SignInMethod | null) {
  const way = { session, accept: () => false };
  const names = { host: HOST, mailbox: 'alice@example.test', application: 'Outlook/16.0.4266.1001' };
  const context = new MapiContext(net, { ...names, path: '/mapi/emsmdb/?MailboxId=1@example.test', way, method });
  onTestFinished(() => context.close());
  return context;
}

/** Where the first request ends; null while its head is not there. */
function endOf(text: string): number | null {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return null;
  return head + 4 + Number(headerIn(text.slice(0, head), 'Content-Length') ?? 0);
}

/** An answer as it goes over the wire, with its length. */
export function answerWith(body: Uint8Array | string, headers: readonly string[] = [], status = '200 OK'): Buffer {
  const bytes = Buffer.from(body);
  const lines = [`HTTP/1.1 ${status}`, 'Content-Type: application/mapi-http', ...headers];
  return Buffer.concat([Buffer.from(`${[...lines, `Content-Length: ${bytes.length}`].join('\r\n')}\r\n\r\n`), bytes]);
}

/** A body that came to its end. @param headers those behind DONE */
export const done = (body: Uint8Array = new Uint8Array(), headers: readonly string[] = []): Buffer =>
  Buffer.concat([Buffer.from(['PROCESSING', 'DONE', ...headers, '', ''].join('\r\n')), body]);
