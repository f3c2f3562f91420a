/** The thread behind `distance.ts`: delays what goes by, and writes down the round trips. */
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { listen } from '#tests/lab/net/listen.ts';
import type { Order, Said } from './distance.ts';
import { TurnLog } from './turns.ts';

const LOOPBACK = '127.0.0.1';
/** What a server may take beyond the way before its silence counts as no answer. */
const SILENCE_MS = 100;
/** The last words of a handshake: nobody waits for what the server says to them. RFC 8446 D.4, 4.4.4 */
const CHANGE_CIPHER_SPEC = 0x14;
const FINISHED_BYTES = 100;

const { resolver, roundTripMs, isOneAtATime } = workerData as Order;
const now = (): number => performance.now();
const log = new TurnLog(roundTripMs);

/** Half of the way. */
function later(act: () => void): void {
  if (roundTripMs === 0) act();
  else setTimeout(act, roundTripMs / 2);
}

/** Lets questions go one at a time: the next one only when the one before is answered, or nothing comes. */
class Gate {
  readonly #waiting: { readonly line: number; readonly go: () => void }[] = [];
  #line: number | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** Calls `go` when it is this question's turn. */
  enter(line: number, go: () => void): void {
    if (isOneAtATime) this.#waiting.push({ line, go });
    else go();
    if (this.#line === null) this.#next();
  }

  /** @param line whose question is answered; null where that cannot be told from the connection */
  leave(line: number | null): void {
    if (this.#line !== null && (line ?? this.#line) === this.#line) this.#next();
  }

  /** What the client said over one connection in one breath goes together. */
  #next(): void {
    clearTimeout(this.#timer);
    const [first] = this.#waiting;
    this.#line = first?.line ?? null;
    if (first === undefined) return;
    this.#timer = setTimeout(() => this.#next(), roundTripMs + SILENCE_MS);
    const same = this.#waiting.filter(({ line }) => line === first.line);
    this.#waiting.splice(0, this.#waiting.length, ...this.#waiting.filter(({ line }) => line !== first.line));
    for (const { go } of same) go();
  }
}

const gate = new Gate();
let lines = 0;

/** A datagram there, a datagram back. */
function relayLookups(server: Datagrams): void {
  server.on('message', (query, from) => {
    lines += 1;
    const line = lines;
    const sent = now();
    gate.enter(line, () => {
      const onward = createSocket('udp4').on('error', () => {});
      onward.once('message', (answer) => {
        onward.close();
        later(() => {
          log.told({ what: 'lookup', sent, answered: now() });
          gate.leave(line);
          server.send(answer, from.port, from.address);
        });
      });
      later(() => onward.send(query, resolver.port, resolver.address));
    });
  });
}

/** Stands for the distance as an outbound proxy: its answer to CONNECT takes a round trip, as connecting does. */
function relayConnection(client: Socket): void {
  lines += 1;
  const line = lines;
  client.on('error', () => {});
  client.once('data', (head) => {
    const [, host = '', port = ''] = /^CONNECT ([\d.]+):(\d+) /.exec(head.toString('latin1')) ?? [];
    const sent = now();
    client.pause();
    gate.enter(line, () => {
      const server = connect({ host, port: Number(port) });
      server.once('error', () => client.destroy());
      server.once('connect', () => {
        later(() =>
          later(() => {
            log.told({ what: 'connect', sent, answered: now() });
            gate.leave(line);
            client.write('HTTP/1.1 200 OK\r\n\r\n');
            relayBytes(line, client, server);
          }),
        );
      });
    });
  });
}

function relayBytes(line: number, client: Socket, server: Socket): void {
  client.on('data', (bytes) => {
    if (isLastOfHandshake(bytes)) return later(() => server.write(bytes));
    log.asked(line, now());
    gate.enter(line, () => later(() => server.write(bytes)));
  });
  server.on('data', (bytes) =>
    later(() => {
      const heard = log.answered(line, now());
      if (heard !== 'more') gate.leave(heard === 'answer' ? line : null);
      client.write(bytes);
    }),
  );
  for (const [one, other] of [
    [client, server],
    [server, client],
  ] as const) {
    one.once('end', () => later(() => other.end()));
    one.once('close', () => later(() => other.destroy()));
  }
  client.resume();
}

const isLastOfHandshake = (bytes: Buffer): boolean => bytes[0] === CHANGE_CIPHER_SPEC && bytes.length <= FINISHED_BYTES;

const lookups = createSocket('udp4');
relayLookups(lookups);
lookups.bind({ port: 0, address: LOOPBACK });
await once(lookups, 'listening');
const proxy = await listen(createServer({ noDelay: true }, relayConnection), LOOPBACK, 0);
const say = (said: Said): void => parentPort?.postMessage(said);
parentPort?.on('message', (order: 'take' | 'stop') => {
  if (order === 'take') return say({ turns: log.take() });
  lookups.close();
  void proxy.stop().then(() => parentPort?.close());
});
say({ lookups: lookups.address().port, proxy: proxy.port });
