/** What runs confide to their owners: in memory alone, and no longer than the question is open. */
import type { Confided } from '#lib/result/question.ts';

/** A question's id, and what belongs to it. */
export type ConfidedEntry = readonly [question: string, confided: Confided];

export class ConfidedToOwners {
  readonly #runs = new Map<string, Map<string, Confided>>();

  keep(run: string, question: string, confided: Confided): void {
    const questions = this.#runs.get(run) ?? new Map<string, Confided>();
    this.#runs.set(run, questions.set(question, confided));
  }

  of(run: string): ConfidedEntry[] {
    return [...(this.#runs.get(run) ?? [])];
  }

  /** Forgets one question, or all of a run. */
  forget(run: string, question?: string): void {
    if (question !== undefined) this.#runs.get(run)?.delete(question);
    if (question === undefined || this.#runs.get(run)?.size === 0) this.#runs.delete(run);
  }
}
