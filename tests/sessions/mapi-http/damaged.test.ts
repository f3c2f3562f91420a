/**
 * Answers cut off at every octet, and damaged whole, through a session: what comes of each is a value, or a failure of the network with its code;
 * and no request is sent a second time for it. `npm run fuzz` goes on where this ends.
 */
import { expect, test } from 'vitest';
import { Secret } from '#lib/auth/secret.ts';
import type { SignInMethod } from '#lib/auth/signed-request.ts';
import { NetFailure } from '#lib/net/failure.ts';
import { logonRequests } from '#lib/probes/judging/logon.ts';
import type { MapiContext, MapiReply } from '#lib/sessions/mapi-http/context.ts';
import { sendRops } from '#lib/sessions/mapi-http/execute.ts';
import { decodeConnectResponse, decodeNotificationWaitResponse } from '#lib/wire/mapi-http/mailbox.ts';
import { mutateBytes } from '#tests/fuzz/mutate.ts';
import { seededRandom } from '#tests/lab/random.ts';
import { never } from '#tests/net/servers.ts';
import { executedWith, SENT } from '#tests/wire/mapi-http/examples.ts';
import { hex } from '#tests/wire/ntlm/published.ts';
import { PRIVATE_LOGON, payload } from '#tests/wire/rop/payloads.ts';
import { answerWith, done, headerIn, talkingTo } from './scripted.ts';

const method: SignInMethod = { scheme: 'Basic', user: 'alice', password: Secret.of('Kanarie-2f9c1b') };
const connect = { type: 'Connect', decode: decodeConnectResponse } as const;
const wait = { type: 'NotificationWait', decode: decodeNotificationWaitResponse } as const;
const waited = hex('00000000 00000000 01000000 00000000');

type Send = (context: MapiContext) => Promise<MapiReply<unknown>>;

/** An honest answer to each request, and how it is asked for. */
const honest: readonly (readonly [name: string, body: Buffer, send: Send])[] = [
  [
    'Connect',
    done(SENT.connected, ['X-ResponseCode: 0', 'X-ElapsedTime: 12']),
    (context) => context.send(connect, never),
  ],
  ['Connect refused', done(SENT.refused), (context) => context.send(connect, never)],
  [
    'Execute',
    done(executedWith(hex(payload(PRIVATE_LOGON, '00000000')))),
    (context) => sendRops(context, logonRequests('/cn=u'), never),
  ],
  ['Execute refused', done(SENT.unread), (context) => sendRops(context, logonRequests('/cn=u'), never)],
  ['NotificationWait', done(waited), (context) => context.send(wait, never)],
];

test.each(honest)('%s, cut off at every octet', async (_name, body, send) => {
  let length = 0;
  const { asked, begin } = await talkingTo(({ socket }) => socket.write(answerWith(body.subarray(0, length))));
  const context = begin(method);
  const kinds: string[] = [];
  for (length = 0; length < body.length; length += 1) kinds.push((await send(context)).outcome.kind);
  expect(new Set(kinds)).toEqual(new Set(['malformed', 'unfinished']));
  expect((await send(context)).outcome.kind).toBe('answered');
  // Nothing of it was worth another connection, or another request.
  expect([context.connections, asked.length]).toEqual([1, body.length + 1]);
});

test.each(honest)('%s, cut off with its connection', async (_name, body, send) => {
  const whole = answerWith(body);
  let length = 0;
  const { asked, begin } = await talkingTo(({ socket }) => socket.end(whole.subarray(0, length)));
  // Every seventh octet of the head and the body: each costs a connection.
  for (length = 0; length < whole.length; length += 7) {
    const before = asked.length;
    const context = begin(method);
    const ended = await send(context).catch((failure: unknown) => failure);
    expect(ended).toBeInstanceOf(NetFailure);
    expect(asked.length - before).toBe(1);
    await context.close();
  }
});

const FOR_MS = 4_000;

test('whole answers, damaged at random', async () => {
  const random = seededRandom('sessions of MAPI over HTTP');
  let answer: Uint8Array = new Uint8Array();
  const { asked, begin } = await talkingTo(({ socket }) => {
    socket.end(answer);
  });
  const end = performance.now() + FOR_MS;
  const kinds = new Map<string, number>();
  while (performance.now() < end) {
    const [, body, send] = honest[random.below(honest.length)] ?? honest[0] ?? [];
    if (body === undefined || send === undefined) throw new Error('nothing to send');
    answer = mutateBytes(answerWith(body, ['Set-Cookie: a=b', 'X-ResponseCode: 0']), random);
    const before = asked.length;
    const context = begin(method);
    const ended = await send(context).catch((failure: unknown) => failure);
    if (ended instanceof Error && !(ended instanceof NetFailure))
      throw new Error(Buffer.from(answer).toString('hex'), { cause: ended });
    const kind = ended instanceof NetFailure ? ended.code : (ended as MapiReply<unknown>).outcome.kind;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    expect(asked.slice(before).map(({ head }) => headerIn(head, 'Authorization')?.split(' ')[0])).toEqual(['Basic']);
    await context.close();
  }
  expect([...kinds.keys()]).toEqual(expect.arrayContaining(['answered', 'malformed']));
});
