/**
 * Sessions of MAPI over HTTP with a server that damages every answer: status, headers, packing, the signs of life, the body, and where it is cut into
 * pieces. Whatever comes is a value; every request is sent once, with one credential; and what is kept of it has an end.
 */

import { gzipSync } from 'node:zlib';
import { Secret } from '#lib/auth/secret.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import type { Talk } from '#lib/net/talk.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { foldersIn } from '#lib/probes/judging/folders.ts';
import { judgeLogon, logonRequests } from '#lib/probes/judging/logon.ts';
import type { Evidence, Header } from '#lib/result/evidence.ts';
import { MapiContext, type MapiReply } from '#lib/sessions/mapi-http/context.ts';
import { sendRops } from '#lib/sessions/mapi-http/execute.ts';
import { ping } from '#lib/sessions/mapi-http/ping.ts';
import { decodeConnectResponse } from '#lib/wire/mapi-http/mailbox.ts';
import { type Random, seededRandom } from '#tests/lab/random.ts';
import { executedWith, SENT } from '#tests/wire/mapi-http/examples.ts';
import { hex } from '#tests/wire/ntlm/published.ts';
import { PAYLOADS } from '#tests/wire/rop/payloads.ts';
import { demand } from './complaint.ts';
import { mutateBytes, one } from './mutate.ts';

const HOST = 'mail.example.test';
const evidence: Evidence = { kind: 'dns', body: { host: HOST, resolver: '', elapsedMs: 0, answers: [], errors: [] } };
const never = new AbortController().signal;
const way = { session: {} as TlsSession, accept: () => false };
const method = { scheme: 'Basic', user: 'alice', password: Secret.of('Kanarie-2f9c1b') } as const;
const endpoint = { host: HOST, path: '/mapi/emsmdb/', way, method, mailbox: 'a@b.test', application: 'Outlook/16.0' };
const names = { opened: 'Alice', expected: 'Bob' };
const client = { name: 'Outlook', version: '16.0' };
const asker = { host: HOST, mailbox: 'a@b.test', user: 'alice', dn: '/cn=u', client, names };

const bodies = [
  ...Object.values(SENT),
  ...Object.values(PAYLOADS).map(([digits]) => executedWith(hex(digits))),
  new Uint8Array(),
];
const heads = [
  'PROCESSING\r\nDONE\r\n\r\n',
  'PROCESSING\r\nPENDINGPENDING\r\nDONE\r\nX-ResponseCode: 0\r\n\r\n',
  '<html><p>No</p>',
];

/** Plays sessions until it is told to stop. */
export async function fuzzMapiSessions(seed: number, until: () => boolean): Promise<{ readonly rounds: number }> {
  const random = seededRandom(`sessions of mapi-http ${seed}`);
  let rounds = 0;
  do {
    await oneSession(random, rounds);
    rounds += 1;
  } while (!until());
  return { rounds };
}

async function oneSession(random: Random, round: number): Promise<void> {
  const sent: HttpRequest[] = [];
  const said: string[] = [];
  const answer = (request: HttpRequest): HttpAnswer => {
    sent.push(request);
    const { head, body } = damaged(random);
    said.push(`${JSON.stringify(head)} ${Buffer.from(body).toString('hex')}`);
    return heard(request, head, body, random);
  };
  const context = new MapiContext(talkingNet(answer), endpoint);
  try {
    const connected = await context.send({ type: 'Connect', decode: decodeConnectResponse }, never);
    const logon = await sendRops(context, logonRequests('/cn=u'), never);
    for (const reply of [connected, logon, await ping(context.onAnotherConnection(), never)]) demandValue(reply);
    if (logon.outcome.kind === 'answered' && logon.outcome.value.kind === 'answered') {
      judgeLogon(logon.outcome.value.rops, asker);
      foldersIn(logon.outcome.value.rops);
    }
    // Over the connection that was refused nothing is sent any more.
    const wanted = connected.answer.status === 401 ? 2 : 3;
    demand(sent.length === wanted, 'one request for each that was wanted');
    for (const { headers } of sent) {
      const credentials = headers.filter(([name]) => name === 'Authorization');
      demand(credentials.length === 1, 'one credential in each');
      demand(
        headers.every(([name, value]) => !/[\r\n]/.test(name + value)),
        'headers of one line',
      );
      demand(
        headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0) < 16_384,
        'headers of some size',
      );
    }
    demand(JSON.stringify(context.takeMessages()).length < 1_000_000, 'evidence of some size');
  } catch (error) {
    throw new Error(`round ${round}: ${said.join('\n').slice(0, 20_000)}`, { cause: error });
  }
}

/** A door to a server that is only played. */
function talkingNet(answer: (request: HttpRequest) => HttpAnswer): Net {
  const talk = { isOpen: true, isLast: false, close: async () => undefined };
  const played = { ...talk, send: async (request: HttpRequest) => answer(request) } as Partial<Talk> as Talk;
  return { again: async () => way.session, talk: (): Talk => played, findSecrets: () => [] } as Partial<Net> as Net;
}

interface Head {
  readonly status: number;
  readonly headers: readonly Header[];
}

function damaged(random: Random): { readonly head: Head; readonly body: Uint8Array } {
  const often = <T>(usual: T, make: () => T): T => (random.below(4) === 0 ? make() : usual);
  const plain = Buffer.concat([Buffer.from(one(random, heads)), one(random, bodies)]);
  const torn = often<Uint8Array>(plain, () => mutateBytes(plain, random));
  const isPacked = random.below(4) === 0;
  const packed = isPacked ? gzipSync(torn, { level: 1 }) : torn;
  const headers: Header[] = [
    [
      'Content-Type',
      often('application/mapi-http', () => one(random, ['text/html', '', 'application/mapi-http; x=y'])),
    ],
    ...(isPacked ? ([['Content-Encoding', often('gzip', () => one(random, ['br', 'deflate', 'x']))]] as const) : []),
    ...often<Header[]>([], () => [
      ['X-ResponseCode', text(one(random, ['0', '10', '3', '99999999999', '-1']), random)],
    ]),
    ...often<Header[]>([], () => [
      ['Set-Cookie', text(`a${random.below(60)}=${'x'.repeat(random.below(5_000))}; path=/`, random)],
    ]),
    ...often<Header[]>([], () => [['Location', text('https://login.example.test/?x=y', random)]]),
  ];
  const status = often(200, () => one(random, [199, 204, 302, 401, 403, 404, 410, 500, 503]));
  return { head: { status, headers }, body: often<Uint8Array>(packed, () => mutateBytes(packed, random)) };
}

/** As the door gives headers on: without line ends. */
const text = (value: string, random: Random): string =>
  Buffer.from(mutateBytes(Buffer.from(value), random))
    .toString('latin1')
    .replaceAll(/[\r\n\0]/g, ' ');

/** In pieces of any size, as they would come over a connection, until somebody has enough. */
function heard(
  { method: verb, path, hear }: HttpRequest,
  { status, headers }: Head,
  body: Uint8Array,
  random: Random,
): HttpAnswer {
  let at = 0;
  while (at < body.length) {
    const piece = body.subarray(at, at + 1 + random.below(200));
    at += piece.length;
    if (hear?.(piece, status)) break;
  }
  const timings = { connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 };
  return { host: HOST, path, method: verb, status, headers, body: body.subarray(0, at), evidence, timings };
}

function demandValue({ outcome, packed }: MapiReply<unknown>): void {
  demand((packed?.length ?? 0) <= 40, 'a short word for how it is packed');
  if (outcome.kind === 'malformed') {
    const { offset, reason, path } = outcome.error;
    demand(offset >= 0 && reason.length <= 200 && path.length <= 200, 'a place and a short reason');
  }
  if (outcome.kind === 'code') demand(outcome.code > 0, 'a code that says no');
}
