/**
 * A password or token. Printing, JSON and inspection give a placeholder, cloning yields nothing.
 * `reveal` is called in `lib/auth` alone; a test in `tests/project` counts its callers.
 */
const PLACEHOLDER = '[secret]';

/** Windows takes no longer passwords. */
const LONGEST = 256;

export class Secret {
  readonly #value: string;

  private constructor(value: string) {
    this.#value = value;
  }

  /** Takes a secret in, as early as possible: where the form, standard input or the environment is read. */
  static of(value: string): Secret {
    return new Secret(value);
  }

  /** In characters; what a form or a command line may refuse. */
  get isTooLong(): boolean {
    return this.#value.length > LONGEST;
  }

  /** The value itself. For `lib/auth` only. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return PLACEHOLDER;
  }

  toJSON(): string {
    return PLACEHOLDER;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return PLACEHOLDER;
  }
}
