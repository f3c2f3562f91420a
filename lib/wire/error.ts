/** What is wrong with bytes from outside, and where: the one error that decoders throw. */

/**
 * - `truncated`: the bytes end before the value does
 * - `trailing`: there is more than the document allows
 * - `bad-value`: the bytes are there, but do not mean anything in this place
 * - `too-large`: it may be right, but no honest peer sends so much of it
 */
export type WireErrorCode = 'truncated' | 'trailing' | 'bad-value' | 'too-large';

export interface WirePlace {
  /** Fields from the outermost document inwards: `certificate.extensions[3].nameConstraints`. */
  readonly path: string;
  /** In the outermost buffer, counted in octets from 0. */
  readonly offset: number;
  /** Document and section that says how it should be: `RFC 5280 4.2.1.10`. */
  readonly spec: string;
}

export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code: WireErrorCode;
  readonly path: string;
  readonly offset: number;
  readonly spec: string;
  /** What is wrong, in a few words and without the place. Never more than 200 characters, and never the peer's own text. */
  readonly reason: string;

  constructor(code: WireErrorCode, { path, offset, spec }: WirePlace, reason: string) {
    super(`${path}, offset ${offset}: ${reason} (${spec})`);
    this.code = code;
    this.path = path;
    this.offset = offset;
    this.spec = spec;
    this.reason = reason;
  }
}
