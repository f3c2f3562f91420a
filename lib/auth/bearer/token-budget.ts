/**
 * Tokens of a run: one code to type for each sign-in service, however many endpoints want a token; and one endpoint tries a token
 * before the others do. Refused there, it is not sent anywhere else.
 */
import type { Secret } from '../secret.ts';

export type TokenTurn =
  /** Nobody has asked this service yet: who gets this does, and says what came of it. */
  | { readonly first: true; readonly done: (token: Secret | null) => void }
  | { readonly first: false; readonly token: Promise<Secret | null> };

export type TokenPermit =
  | { readonly granted: true; readonly settle: (outcome: TokenOutcome) => void }
  | { readonly granted: false };

/** `unknown`: the token never got as far as somebody who reads it. */
export type TokenOutcome = 'accepted' | 'refused' | 'unknown';

/** Nobody's mail servers trust more than two: one of their own, and one in a cloud. */
const MOST_SERVICES = 3;

export class TokenBudget {
  readonly #tokens = new Map<string, Promise<Secret | null>>();
  #state: 'untried' | 'trying' | 'accepted' | 'refused' = 'untried';
  #tried: Promise<void> = Promise.resolve();

  /** Whose turn it is to ask this sign-in service for a token. None comes of services without end: somebody has to type each code. */
  turn(issuer: string): TokenTurn {
    const token = this.#tokens.get(issuer);
    if (token !== undefined) return { first: false, token };
    if (this.#tokens.size === MOST_SERVICES) return { first: false, token: Promise.resolve(null) };
    const { promise, resolve } = Promise.withResolvers<Secret | null>();
    this.#tokens.set(issuer, promise);
    return { first: true, done: resolve };
  }

  /** Asks for the use of the token at one endpoint. Waits while another endpoint is trying it. */
  async permit(): Promise<TokenPermit> {
    while (this.#state === 'trying') await this.#tried;
    if (this.#state === 'refused') return { granted: false };
    if (this.#state === 'accepted') return { granted: true, settle: () => undefined };
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#state = 'trying';
    this.#tried = promise;
    const settle = (outcome: TokenOutcome): void => {
      if (this.#state === 'trying') this.#state = outcome === 'unknown' ? 'untried' : outcome;
      resolve();
    };
    return { granted: true, settle };
  }
}
