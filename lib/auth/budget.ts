/**
 * The credential budget of a run: one wrong password costs one failed sign-in, and no stranger gets it.
 *
 * The first proof goes to the endpoint that looks most like a mail system; all others wait for its outcome. Refused before it has proven
 * right anywhere, the credential is not used again in this run. Once proven, another sign-in authority (a directory of its own) may still
 * say no; then that one is not asked again.
 */
import { setTimeout as pause } from 'node:timers/promises';

export type Proof = 'proven' | 'refused' | 'unknown';

export type Permit =
  /** `isProven`: who decides there has taken it before. */
  | { readonly granted: true; readonly isProven: boolean; readonly settle: (outcome: Proof) => void }
  | { readonly granted: false; readonly reason: 'refused-elsewhere' | 'no-mark-of-a-mail-system' };

/** An endpoint that asks for the use of the credential. */
export interface Candidate {
  /** Who decides about the password: the target of NTLM, else the realm and the host. */
  readonly authority: string;
  /** What speaks for a mail system there; none means that it is a stranger. */
  readonly marks: readonly string[];
}

/** Settles after a while; rejects at once when it is given up. */
type Wait = (ms: number, signal?: AbortSignal) => Promise<unknown>;

export interface BudgetOptions {
  /** The person ticked that a host without any mark gets the password, too, once it has proven right. */
  readonly toUnmarked?: boolean;
  /** Waits a while; for tests. */
  readonly wait?: Wait;
}

interface Contest {
  readonly decided: Promise<Candidate>;
  readonly candidates: Candidate[];
  /** Nobody else is going to ask. */
  readonly complete: () => void;
}

/**
 * From the first endpoint that asks, while others are on the way: they are about as far, unless they are dead, and nobody waits for the
 * dead.
 */
const CONTEST_MS = 300;
/** Directories lock accounts after five or more. */
const MOST_VARIANTS = 3;
/** A stranger waits for the proof of others no longer than for a slow server. */
const PROOF_WITHIN_MS = 20_000;

export class CredentialBudget {
  readonly #toUnmarked: boolean;
  readonly #wait: Wait;
  /** Of the credential as a whole. */
  #state: 'untested' | 'proving' | Exclude<Proof, 'unknown'> = 'untested';
  readonly #authorities = new Map<string, Proof>();
  /** Those that are asked for the first time just now. */
  readonly #asked = new Map<string, Promise<void>>();
  #contest: Contest | null = null;
  /** Those that may ask before long. */
  #onTheWay = 0;
  #settled = Promise.withResolvers<void>();
  /** Whether it is right. */
  readonly #known = Promise.withResolvers<void>();
  #varied = 0;

  constructor({ toUnmarked = false, wait = (ms, signal) => pause(ms, undefined, { signal }) }: BudgetOptions = {}) {
    this.#toUnmarked = toUnmarked;
    this.#wait = wait;
  }

  /**
   * Announces somebody who may come to ask: a contest is over as soon as all of them have asked.
   * @returns what tells that this one is through, whether it asked or not
   */
  approach(): () => void {
    this.#onTheWay += 1;
    return () => {
      this.#onTheWay -= 1;
      this.#look();
    };
  }

  /** Asks for the use of the credential at one endpoint. Waits while another endpoint is proving it. */
  async permit(candidate: Candidate): Promise<Permit> {
    if (candidate.marks.length === 0 && !(await this.#mayTakeStranger())) return no('no-mark-of-a-mail-system');
    for (;;) {
      if (this.#state === 'refused' || this.#authorities.get(candidate.authority) === 'refused')
        return no('refused-elsewhere');
      const asked = this.#asked.get(candidate.authority);
      if (this.#state === 'proving') await this.#settled.promise;
      else if (asked !== undefined) await asked;
      else if (this.#state === 'proven') return this.#use(candidate);
      else if ((await this.#compete(candidate)) === candidate && this.#state === 'untested')
        return this.#prove(candidate);
      else await this.#turn();
    }
  }

  /**
   * Takes as many sign-ins as may be refused on purpose: a credential that has proven right bears a few in a run.
   * @returns what gives back those that were not refused; until it is told how many were, all count. Null where fewer are left
   */
  takeVariants(most: number): ((refused: number) => void) | null {
    if (this.#state !== 'proven' || this.#varied + most > MOST_VARIANTS) return null;
    this.#varied += most;
    return (refused) => {
      this.#varied -= most - refused;
    };
  }

  async #mayTakeStranger(): Promise<boolean> {
    if (!this.#toUnmarked) return false;
    const enough = new AbortController();
    // A timer that is given up must not keep a process alive whose run is over.
    const waited = this.#wait(PROOF_WITHIN_MS, enough.signal).catch(() => undefined);
    await Promise.race([this.#known.promise, waited]);
    enough.abort();
    return this.#state === 'proven';
  }

  /** Who of all that ask within a while looks most like a mail system. */
  #compete(candidate: Candidate): Promise<Candidate> {
    const contest = this.#contest ?? this.#open();
    contest.candidates.push(candidate);
    this.#look();
    return contest.decided;
  }

  #look(): void {
    if (this.#contest !== null && this.#contest.candidates.length >= this.#onTheWay) this.#contest.complete();
  }

  #open(): Contest {
    const candidates: Candidate[] = [];
    const enough = new AbortController();
    const everybody = Promise.withResolvers<void>();
    const waited = this.#wait(CONTEST_MS, enough.signal).catch(() => undefined);
    const decided = Promise.race([everybody.promise, waited]).then(() => {
      enough.abort();
      this.#contest = null;
      return candidates.reduce((best, other) => (other.marks.length > best.marks.length ? other : best));
    });
    this.#contest = { decided, candidates, complete: everybody.resolve };
    return this.#contest;
  }

  /** Until the winner of the contest has begun, in the next turn of the loop, and has come to an end. */
  async #turn(): Promise<void> {
    await Promise.resolve();
    if (this.#state === 'proving') await this.#settled.promise;
  }

  #prove(candidate: Candidate): Permit {
    this.#state = 'proving';
    this.#settled = Promise.withResolvers<void>();
    return { granted: true, isProven: false, settle: (outcome) => this.#settle(candidate, outcome) };
  }

  #settle({ authority }: Candidate, outcome: Proof): void {
    if (this.#state !== 'proving') return;
    this.#state = outcome === 'unknown' ? 'untested' : outcome;
    this.#authorities.set(authority, outcome);
    if (outcome !== 'unknown') this.#known.resolve();
    this.#settled.resolve();
  }

  /** A proven credential: what another authority says of it concerns that one alone. It is asked once before it is asked again. */
  #use({ authority }: Candidate): Permit {
    const first = Promise.withResolvers<void>();
    const isProven = this.#authorities.get(authority) === 'proven';
    if (!isProven) this.#asked.set(authority, first.promise);
    const settle = (outcome: Proof): void => {
      this.#authorities.set(authority, outcome);
      this.#asked.delete(authority);
      first.resolve();
    };
    return { granted: true, isProven, settle };
  }
}

const no = (reason: (Permit & { granted: false })['reason']): Permit => ({ granted: false, reason });
