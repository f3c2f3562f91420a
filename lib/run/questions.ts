/** Questions of a run to its owner: asked by an event, closed by an answer from outside, by the run itself, or by its end. */
import type { Answer } from '#lib/result/events.ts';
import type { Confided } from '#lib/result/question.ts';

/** People look something up before they answer; a run must not wait for one who has left. */
export const ANSWER_WITHIN_MS = 120_000;

/** A code that lives for longer is of no use in a run. */
const LONGEST_MS = 3_600_000;

/** A time out of somebody else's answer as one that can be waited for. */
export const withinBounds = (ms: number): number => Math.min(Math.max(0, ms), LONGEST_MS);

/** Neither is longer. Both are shown as they came, to a page and to a terminal: so nothing may be in them that moves a cursor. */
const LONGEST_TEXT = 500;
const tidy = (text: string): string => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '').slice(0, LONGEST_TEXT);

function tidied({ verificationUri, verificationUriComplete, userCode, expiresAt }: Confided): Confided {
  return {
    verificationUri: tidy(verificationUri),
    verificationUriComplete: verificationUriComplete === null ? null : tidy(verificationUriComplete),
    userCode: tidy(userCode),
    expiresAt,
  };
}

/** A question that waits for its answer. */
export interface OpenQuestion {
  readonly answer: Promise<Answer>;
  /** Closes it, where the run has found the answer by itself. After another answer this changes nothing. */
  settle(answer: Answer): void;
}

/** Takes what is for the owner alone; always before the event that tells of the question. */
export type Confide = (question: string, confided: Confided) => void;

export class Questions {
  readonly #confide: Confide;
  readonly #open = new Map<string, (answer: Answer) => void>();
  #asked = 0;

  constructor(confide: Confide = () => undefined) {
    this.#confide = confide;
  }

  /** The next question's id. `closed` is called once, by whatever closes it. */
  ask(closed: (answer: Answer) => void, confided?: Confided): string {
    const id = `q${++this.#asked}`;
    this.#open.set(id, closed);
    if (confided !== undefined) this.#confide(id, tidied(confided));
    return id;
  }

  /** Closes a question. A second answer, or one to a question that was never asked, changes nothing. */
  answer(id: string, answer: Answer): void {
    const closed = this.#open.get(id);
    this.#open.delete(id);
    closed?.(answer);
  }

  /** Closes all that are open: the run is over. */
  close(): void {
    for (const id of [...this.#open.keys()]) this.answer(id, 'none');
  }
}
