/** Asking resolvers: in turn, again, over TCP; and hearing only what they say. Each resolver here follows a script. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { QuestionLog } from '#lib/net/dns/question-log.ts';
import { type Server, serversOf } from '#lib/net/dns/servers.ts';
import { ask } from '#lib/net/dns/stub.ts';
import { type DnsRecord, type Query, rcodes, readQuery, writeGarbage, writeReply } from '#tests/lab/dns/packet.ts';
import { addressRecord } from '#tests/lab/dns/records.ts';
import { listen } from '#tests/lab/net/listen.ts';
import { never } from './servers.ts';

const QUESTION = { name: 'mail.example.test', type: 'A' } as const;

type Say = (bytes: Uint8Array) => void;
/** What a resolver does with its n-th query. */
type Script = (query: Query, say: Say, at: number) => void;

const answers: DnsRecord[] = [{ name: QUESTION.name, data: addressRecord('192.0.2.1') }];
const right = (query: Query): Uint8Array => writeReply(query, { rcode: 0, answers, authority: [] }, 65_535);
const status = (query: Query, rcode: number): Uint8Array =>
  writeReply(query, { rcode, answers: [], authority: [] }, 512);
const cut = (query: Query): Uint8Array => writeReply(query, { rcode: 0, answers, authority: [] }, 0);

async function resolver(script: Script, address = '127.0.0.1'): Promise<Server> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  let at = 0;
  socket.on('message', (message, from) => {
    const query = readQuery(message);
    if (query) script(query, (bytes) => socket.send(bytes, from.port, from.address), at++);
  });
  socket.bind(0, address);
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return { address, port: socket.address().port, name: `resolver ${socket.address().port}` };
}

/** Where nobody else listens: the port that UDP was given is free for TCP as well. */
const WITH_TCP = '127.0.0.53';

/** A TCP side for a resolver, on the same port. */
async function overTcp(server: Server, answer: (query: Query) => Uint8Array | null): Promise<void> {
  const tcp = createServer((socket) => {
    let waiting = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      waiting = Buffer.concat([waiting, bytes]);
      const query = readQuery(waiting.subarray(2));
      const reply = query && answer(query);
      if (reply === null) {
        socket.end();
        return;
      }
      // One byte after the other, and a few of the next message behind it.
      const framed = [reply.length >> 8, reply.length & 0xff, ...reply, 0, 9, 9];
      for (const byte of framed) socket.write(Uint8Array.of(byte));
    });
  });
  const { stop } = await listen(tcp, server.address, server.port);
  onTestFinished(() => void stop());
}

async function nobody(): Promise<Server> {
  const server = await resolver(() => undefined);
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return { ...server, port, name: 'nobody' };
}

/** A resolver that answers after somebody else has done so, from another port. */
async function forged(forger: Socket): Promise<Server> {
  const lie: DnsRecord[] = [{ name: QUESTION.name, data: addressRecord('192.0.2.66') }];
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  socket.on('message', (message, from) => {
    const query = readQuery(message);
    if (query === null) return;
    const bytes = writeReply(query, { rcode: 0, answers: lie, authority: [] }, 65_535);
    forger.send(bytes, from.port, from.address, () => socket.send(right(query), from.port, from.address));
  });
  return { address: '127.0.0.1', port: socket.address().port, name: 'forged' };
}

/** What comes of a question, and the rows of the log: who was asked, and what was heard. */
async function asked(servers: readonly Server[], signal = never) {
  const log = new QuestionLog();
  const said = await ask(QUESTION, servers, log.trace(QUESTION), signal);
  const rows = log
    .rows()
    .map(({ resolver: who, answer }) => `${servers.findIndex(({ name }) => who.startsWith(name))} ${answer}`);
  return { said, by: said && servers.indexOf(said.server), rows, log };
}

const RIGHT = { reply: { kind: 'answer', answer: { status: 'NOERROR', records: [{ address: '192.0.2.1' }] } } };

describe('a resolver', () => {
  test('is asked once where it answers', async () => {
    const { said, rows, log } = await asked([await resolver((query, say) => say(right(query)))]);
    expect(said).toMatchObject(RIGHT);
    expect(rows).toEqual(['0 NOERROR']);
    expect(log.rows()).toMatchObject([{ ...QUESTION, records: 1, elapsedMs: expect.any(Number) }]);
  });

  test('is asked over IPv6 as well', async () => {
    expect((await asked([await resolver((query, say) => say(right(query)), '::1')])).said).toMatchObject(RIGHT);
  });

  test('is asked with an id of its own each time, and from another port', async () => {
    const ids: number[] = [];
    const server = await resolver((query, say) => {
      ids.push(query.id);
      say(right(query));
    });
    for (let round = 0; round < 5; round++) await asked([server]);
    expect(new Set(ids).size).toBeGreaterThan(3);
  });

  test('is heard through what others say', async () => {
    const server = await resolver((query, say) => {
      say(right({ ...query, id: query.id ^ 1 }));
      say(right({ ...query, name: 'other.example.test' }));
      say(Uint8Array.of(1));
      say(right(query));
    });
    expect((await asked([server])).said).toMatchObject(RIGHT);
  });

  test('that will not stop saying strange things is not listened to for long', async () => {
    const server = await resolver((query, say) => {
      for (let at = 0; at < 100; at++) say(right({ ...query, id: query.id ^ 1 }));
    });
    expect((await asked([server])).said).toMatchObject({ reply: { kind: 'bad' } });
  });

  test('is not believed from another port', async () => {
    const forger = createSocket('udp4');
    onTestFinished(() => void forger.close());
    const server = await forged(forger);
    expect((await asked([server])).said).toMatchObject({ reply: { answer: { records: [{ address: '192.0.2.1' }] } } });
  });

  test('that lost the question is asked again, without EDNS', async () => {
    const sizes: (number | null | undefined)[] = [];
    const server = await resolver((query, say, at) => {
      sizes.push(query.datagram);
      if (at > 0) say(right(query));
    });
    const { said, rows } = await asked([server]);
    expect(said).toMatchObject(RIGHT);
    expect(rows).toEqual(['0 no answer yet', '0 NOERROR']);
    expect(sizes).toEqual([1232, null]);
  });

  test('that is late is heard, though the question went out again', async () => {
    const late: (() => void)[] = [];
    const server = await resolver((query, say, at) => {
      if (at === 0) late.push(() => say(right(query)));
      else late[0]?.();
    });
    const { said, rows } = await asked([server]);
    expect(said).toMatchObject(RIGHT);
    expect(rows).toEqual(['0 NOERROR', '0 no answer yet']);
  });

  test.each([rcodes.formatError, rcodes.notImplemented])(
    'that does not know EDNS (%d) is asked without',
    async (rcode) => {
      const server = await resolver((query, say) => say(query.datagram == null ? right(query) : status(query, rcode)));
      expect((await asked([server])).said).toMatchObject(RIGHT);
    },
  );

  test.each<[string, Script, object]>([
    ['fails', (query, say) => say(status(query, 2)), { kind: 'answer', answer: { status: 'SERVFAIL' } }],
    ['never understands', (query, say) => say(status(query, 1)), { kind: 'answer', answer: { status: 'FORMERR' } }],
    ['talks nonsense', (query, say) => say(writeGarbage(query)), { kind: 'bad' }],
  ])('that %s is not asked again', async (_name, script, reply) => {
    let queries = 0;
    const server = await resolver((query, say, at) => {
      queries += 1;
      script(query, say, at);
    });
    expect((await asked([server])).said).toMatchObject({ reply });
    expect(queries).toBeLessThanOrEqual(2);
  });

  test('that is not there is told at once', async () => {
    const { said } = await asked([await nobody()]);
    expect(said).toMatchObject({ reply: { kind: 'unreachable', detail: 'ECONNREFUSED' } });
  });

  test('that says only strange things was not silent', async () => {
    const { signal, abort } = waiting();
    const server = await resolver((query, say) => {
      say(right({ ...query, id: query.id ^ 1 }));
      abort();
    });
    expect((await asked([server], signal)).said).toMatchObject({ reply: { kind: 'bad' } });
  });

  test('is waited for no longer once nobody wants to know', async () => {
    const { signal, abort } = waiting();
    const server = await resolver(abort);
    expect((await asked([server], signal)).said).toMatchObject({ reply: { kind: 'silent' } });
    expect((await asked([server], AbortSignal.abort())).said).toBeNull();
  });
});

/** A signal, and what ends the waiting a moment after: by then the messages that are on their way have come. */
function waiting(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => void setImmediate(() => setImmediate(() => controller.abort())) };
}

describe('an answer that does not fit', () => {
  test('comes over TCP, in whatever pieces', async () => {
    const server = await resolver((query, say) => say(cut(query)), WITH_TCP);
    await overTcp(server, right);
    const { said, rows, log } = await asked([server]);
    expect(said).toMatchObject(RIGHT);
    expect(rows).toEqual(['0 TRUNCATED', '0 NOERROR']);
    expect(log.rows()[1]?.resolver).toBe(`${server.name} over TCP`);
  });

  test.each<[string, ((query: Query) => Uint8Array | null) | null, object]>([
    ['but nobody listens there', null, { kind: 'unreachable', detail: 'ECONNREFUSED' }],
    ['but the connection is closed', () => null, { kind: 'unreachable', detail: 'closed the connection' }],
    ['but is cut off there as well', cut, { kind: 'bad' }],
    ['but is nonsense there', writeGarbage, { kind: 'bad' }],
    ['but is about something else there', (query) => right({ ...query, id: query.id ^ 1 }), { kind: 'bad' }],
  ])('comes over TCP, %s', async (_name, answer, reply) => {
    const server = await resolver((query, say) => say(cut(query)), WITH_TCP);
    if (answer) await overTcp(server, answer);
    expect((await asked([server])).said).toMatchObject({ reply });
  });
});

describe('of several resolvers', () => {
  const well: Script = (query, say) => say(right(query));
  const failing: Script = (query, say) => say(status(query, 2));
  const denying: Script = (query, say) => say(status(query, 3));

  test('the first one is asked, and no other', async () => {
    const servers = [await resolver(well), await resolver(failing)];
    expect((await asked(servers)).rows).toEqual(['0 NOERROR']);
  });

  test.each<[string, Script]>([
    ['fails', failing],
    ['refuses', (query, say) => say(status(query, 5))],
    ['talks nonsense', (query, say) => say(writeGarbage(query))],
    ['is silent', () => undefined],
  ])('the next one is asked where one %s', async (_name, script) => {
    const { by, said } = await asked([await resolver(script), await resolver(well)]);
    expect(by).toBe(1);
    expect(said).toMatchObject(RIGHT);
  });

  test('the next one is asked where one is not there', async () => {
    expect((await asked([await nobody(), await resolver(well)])).by).toBe(1);
  });

  test('one that knows that there is no such name has answered', async () => {
    const { by, rows } = await asked([await resolver(denying), await resolver(well)]);
    expect([by, rows]).toEqual([0, ['0 NXDOMAIN']]);
  });

  test('one that says something is quoted before those that are not there', async () => {
    const { by } = await asked([await nobody(), await resolver(failing), await nobody()]);
    expect(by).toBe(1);
  });
});

test.each([
  [['192.0.2.53'], [['192.0.2.53', 53, '192.0.2.53:53']]],
  [['192.0.2.53:5353'], [['192.0.2.53', 5353, '192.0.2.53:5353']]],
  [['2001:db8::53'], [['2001:db8::53', 53, '[2001:db8::53]:53']]],
  [['[2001:db8::53]:5353'], [['2001:db8::53', 5353, '[2001:db8::53]:5353']]],
  [['fe80::1%eth0'], [['fe80::1%eth0', 53, '[fe80::1%eth0]:53']]],
  [['[fe80::1%eth0]:5353'], [['fe80::1%eth0', 5353, '[fe80::1%eth0]:5353']]],
  [['resolver.example.test'], []],
])('%j is %j', (texts, expected) => {
  expect(serversOf(texts).map(({ address, port, name }) => [address, port, name])).toEqual(expected);
});

test('where none is named, the resolvers of the system are asked', () => {
  expect(serversOf([]).length).toBeGreaterThan(0);
});
