/**
 * The credential budget of a run: one wrong password costs one failed sign-in, and no stranger gets it.
 *
 * First form: the first endpoint that shows a mark of a mail system tries the credential alone; the others wait for its outcome.
 * Refused there, the credential is not used again in this run.
 */
export type ProofState = 'untested' | 'proving' | 'proven' | 'refused';

export type Permit =
  | { readonly granted: true; readonly settle: (outcome: 'proven' | 'refused' | 'unknown') => void }
  | { readonly granted: false; readonly reason: 'refused-elsewhere' | 'no-mark-of-a-mail-system' };

export class CredentialBudget {
  #state: ProofState = 'untested';
  #settled: Promise<void> = Promise.resolve();

  /**
   * Asks for the use of the credential at one endpoint. Waits while another endpoint is proving it.
   * @param marks what speaks for a mail system there; none means that the endpoint gets nothing
   */
  async permit(marks: readonly string[]): Promise<Permit> {
    if (marks.length === 0) return { granted: false, reason: 'no-mark-of-a-mail-system' };
    while (this.#state === 'proving') await this.#settled;
    if (this.#state === 'refused') return { granted: false, reason: 'refused-elsewhere' };
    if (this.#state === 'proven') return { granted: true, settle: () => undefined };
    return { granted: true, settle: this.#prove() };
  }

  #prove(): (outcome: 'proven' | 'refused' | 'unknown') => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#state = 'proving';
    this.#settled = promise;
    return (outcome) => {
      if (this.#state === 'proving') this.#state = outcome === 'unknown' ? 'untested' : outcome;
      resolve();
    };
  }
}
