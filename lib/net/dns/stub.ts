/**
 * One question to several resolvers, as the stub resolvers of operating systems do it: in turn, again after a while, the next one at
 * once where one cannot answer. A late answer counts as long as anybody waits.
 */
import { errorCode } from '../failure.ts';
import { limits } from '../limits.ts';
import { isFailure, type Question } from './message.ts';
import type { Server } from './servers.ts';
import { askServer, type Reply, type Trace } from './transport.ts';

export interface Said {
  readonly reply: Reply;
  readonly server: Server;
}

/**
 * The first reply that decides, or the one that says most about why there is none; null where nobody said anything.
 * @param signal ends the waiting
 */
export async function ask(
  question: Question,
  servers: readonly Server[],
  trace: Trace,
  signal: AbortSignal,
): Promise<Said | null> {
  const over = new AbortController();
  const ends = AbortSignal.any([signal, over.signal]);
  const inbox = new Inbox();
  const failed = new Map<Server, Said>();
  try {
    for (const [server, round] of turns(servers)) {
      if (failed.has(server) || signal.aborted) continue;
      // From the second time on without EDNS: there are devices that swallow what they do not know.
      inbox.expect(server, askServer(server, question, round === 0, trace, ends));
      const until = performance.now() + (limits.dnsWaitsMs[round] ?? 0);
      while (!failed.has(server)) {
        const said = await inbox.next(until);
        if (said === null) break;
        if (decides(said.reply)) return said;
        failed.set(said.server, said);
      }
    }
    return [...failed.values()].toSorted((a, b) => weight(a.reply) - weight(b.reply))[0] ?? null;
  } finally {
    over.abort();
  }
}

/** All of them in the first round, all in the second, … */
function turns(servers: readonly Server[]): [server: Server, round: number][] {
  return limits.dnsWaitsMs.flatMap((_, round) => servers.map((server): [Server, number] => [server, round]));
}

function decides(reply: Reply): boolean {
  return reply.kind === 'answer' && !isFailure(reply.answer.status);
}

/** A resolver that says something weighs more than one that is not there. */
function weight({ kind }: Reply): number {
  return ['answer', 'bad', 'unreachable', 'silent'].indexOf(kind);
}

/** Replies in the order in which they come. */
class Inbox {
  readonly #said: Said[] = [];
  #wake: () => void = () => undefined;

  expect(server: Server, reply: Promise<Reply>): void {
    const put = (came: Reply): void => {
      this.#said.push({ reply: came, server });
      this.#wake();
    };
    reply.then(put, (error: unknown) => put({ kind: 'unreachable', detail: errorCode(error) }));
  }

  /** The next one, or null at that time (of the monotonic clock). */
  async next(until: number): Promise<Said | null> {
    if (this.#said.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, until - performance.now());
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.#said.shift() ?? null;
  }
}
