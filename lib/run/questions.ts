/** Questions of a run to its owner: asked by an event, answered from outside, or not at all. */
import type { Answer } from '#lib/result/events.ts';

/** People look something up before they answer; a run must not wait for one who has left. */
export const ANSWER_WITHIN_MS = 120_000;

export class Questions {
  readonly #open = new Map<string, (answer: Answer) => void>();
  #asked = 0;

  /** The next question's id, and the promise of its answer. */
  ask(): { readonly id: string; readonly answer: Promise<Answer> } {
    const id = `q${++this.#asked}`;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#open.set(id, resolve);
    return { id, answer: promise };
  }

  /** The owner's answer. A second one, or one to a question that was never asked, changes nothing. */
  answer(id: string, answer: Answer): void {
    this.#open.get(id)?.(answer);
    this.#open.delete(id);
  }
}
