/** Round trips: what goes to a server and what comes back for it, and which of them had to wait for each other. */

/** One question and its answer, of whatever protocol, as the client saw it. Milliseconds of one clock. */
export interface Turn {
  readonly what: 'lookup' | 'connect' | 'exchange';
  readonly sent: number;
  readonly answered: number;
}

/** Round trips one after the other. */
export interface Chain {
  readonly count: number;
  /** In which one of them was waited for: the way there and back, and what the server took. */
  readonly waitedMs: number;
  /** Turns in their order, with the time that the client let pass before each. */
  readonly turns: readonly (Turn & { readonly afterMs: number })[];
}

/**
 * What a run had to wait for from its beginning to its end, found by walking back: before each question the answer that came last is taken
 * for what it was waiting for.
 */
export function chainOf(turns: readonly Turn[]): Chain {
  const byAnswer = turns.toSorted((a, b) => a.answered - b.answered);
  const chain: Turn[] = [];
  for (let at = byAnswer.length - 1, next = byAnswer[at]; next !== undefined; next = byAnswer[at]) {
    chain.unshift(next);
    const { sent } = next;
    while (at >= 0 && (byAnswer[at]?.answered ?? 0) > sent) at -= 1;
  }
  return {
    count: chain.length,
    waitedMs: chain.reduce((sum, { sent, answered }) => sum + answered - sent, 0),
    turns: chain.map((turn, at) => ({ ...turn, afterMs: turn.sent - (chain[at - 1]?.answered ?? turn.sent) })),
  };
}

interface Line {
  /** When the latest question went. */
  asked: number;
  /** The turn of the latest answer; null where it is still to come. */
  answer: { what: 'exchange'; sent: number; answered: number } | null;
}

/** What bytes of a server are: an answer to what was asked there, more of one, or an answer to what was asked over another connection. */
export type Heard = 'answer' | 'more' | 'answer-to-others';

/** Writes down turns as bytes go by on several connections. */
export class TurnLog {
  readonly #roundTripMs: number;
  readonly #lines = new Map<number, Line>();
  #turns: Turn[] = [];

  constructor(roundTripMs: number) {
    this.#roundTripMs = roundTripMs;
  }

  /** All so far; the next begin anew. */
  take(): readonly Turn[] {
    const taken = this.#turns;
    this.#turns = [];
    this.#lines.clear();
    return taken;
  }

  /** A question and its answer in one. */
  told(turn: Turn): void {
    this.#turns.push(turn);
  }

  /** Bytes of the client. */
  asked(line: number, now: number): void {
    this.#lines.set(line, { asked: now, answer: null });
  }

  /**
   * Bytes of the server. Where nothing was asked on this connection for a while, the question has gone over another one, as between the
   * two channels of RPC over HTTP: it is taken for the latest that can have been answered by now.
   */
  answered(line: number, now: number): Heard {
    const own = this.#lines.get(line);
    if (own === undefined) return 'more';
    const { answer } = own;
    if (answer !== null && now - answer.answered < this.#roundTripMs / 2) {
      answer.answered = now;
      return 'more';
    }
    const asked = answer === null ? own.asked : this.#latestBefore(now - this.#roundTripMs);
    own.answer = { what: 'exchange', sent: asked, answered: now };
    this.#turns.push(own.answer);
    return answer === null ? 'answer' : 'answer-to-others';
  }

  #latestBefore(end: number): number {
    return Math.max(...[...this.#lines.values()].map(({ asked }) => asked).filter((asked) => asked <= end));
  }
}
