/**
 * A password or token. Printing, JSON and inspection give a placeholder, cloning yields nothing.
 * `reveal` is called in `lib/auth` alone; a test in `tests/project` counts its callers.
 */
const PLACEHOLDER = '[secret]';

/** Windows takes no longer passwords. */
const LONGEST = 256;

/** With hundreds of groups in it a token stays below; few web servers take a longer header. */
const LONGEST_TOKEN = 16 * 1024;

/** RFC 6750 2.1. A JWT is one of them. */
const TOKEN = /^[\w.~+/-]+=*$/;

export class Secret {
  readonly #value: string;

  private constructor(value: string) {
    this.#value = value;
  }

  /** Takes a secret in, as early as possible: where the form, standard input or the environment is read. */
  static of(value: string): Secret {
    return new Secret(value);
  }

  /** An access token as people paste it: with what stands before it in a header, with spaces and line ends around it. */
  static ofToken(text: string): Secret {
    return new Secret(text.trim().replace(/^Bearer\s+/i, ''));
  }

  /** As a password; what a form or a command line may refuse. */
  get isTooLong(): boolean {
    return this.#value.length > LONGEST;
  }

  /** The same for an access token. */
  get isTooLongToken(): boolean {
    return this.#value.length > LONGEST_TOKEN;
  }

  /** Whether it can be sent as an access token. */
  get looksLikeToken(): boolean {
    return TOKEN.test(this.#value);
  }

  /** Whether every server reads it in the same way: letters beyond ASCII are sent in UTF-8, and some take them for Latin-1. RFC 7617 2.1 */
  get isPlainText(): boolean {
    return /^[\x20-\x7e]*$/.test(this.#value);
  }

  /** Whether there is a character that no method can send: NUL, line breaks and the like. RFC 7617 2 */
  get hasControlCharacter(): boolean {
    return /\p{Cc}/u.test(this.#value);
  }

  /** Whether nothing was given; the one thing that anybody may know of it. */
  get isEmpty(): boolean {
    return this.#value === '';
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

/**
 * A PKCS #12 file and the pass phrase that opens it. It holds a private key, and a pass phrase is often weak or empty: so it is
 * guarded like the pass phrase itself.
 */
export class LockedFile {
  readonly #bytes: Uint8Array;
  readonly #passPhrase: Secret;

  private constructor(bytes: Uint8Array, passPhrase: Secret) {
    this.#bytes = bytes;
    this.#passPhrase = passPhrase;
  }

  /** Takes the file in as it was uploaded or read. Without a pass phrase the empty one is meant. */
  static of(bytes: Uint8Array, passPhrase: Secret | null): LockedFile {
    return new LockedFile(bytes, passPhrase ?? Secret.of(''));
  }

  get passPhrase(): Secret {
    return this.#passPhrase;
  }

  /** The file itself. For `lib/auth` only. */
  reveal(): Uint8Array {
    return this.#bytes;
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

/** What a run is given beside its request, and what nobody else may see. */
export interface Confidences {
  /** To sign in with. */
  readonly password: Secret | null;
  /** An access token that somebody got elsewhere, to sign in with. */
  readonly token: Secret | null;
  /** The certificate to be checked, or the one that the client shows. */
  readonly file: LockedFile | null;
}

export const NO_CONFIDENCES: Confidences = { password: null, token: null, file: null };
