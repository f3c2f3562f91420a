/** The first use of a sign-in at a place goes alone: one that is refused there is not tried a second time. */
import type { Proof } from '#lib/auth/budget.ts';

export class FirstUse {
  readonly #settle: (proof: Proof) => void;
  readonly #outcome = Promise.withResolvers<Proof>();
  #isTaken: boolean;
  #isSettled = false;

  /** @param isProven it has gone well there before, so that nobody has to wait */
  constructor(isProven: boolean, settle: (proof: Proof) => void = () => undefined) {
    this.#settle = settle;
    this.#isTaken = isProven;
    if (isProven) this.#outcome.resolve('proven');
  }

  /** What came of it. */
  get outcome(): Promise<Proof> {
    return this.#outcome.promise;
  }

  /** Settles with whether it may be used: at once for the first who asks, for all others when that one is done. */
  async take(): Promise<boolean> {
    if (this.#isTaken) return (await this.#outcome.promise) !== 'refused';
    this.#isTaken = true;
    return true;
  }

  /** What came of it; whatever is said later does not count. */
  settle(proof: Proof): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#settle(proof);
    this.#outcome.resolve(proof);
  }
}
