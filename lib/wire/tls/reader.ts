/** Reads the fields of a TLS message in network byte order; whatever is missing or too much is told with its place. RFC 8446 3 */
import { WireError, type WireErrorCode } from '../error.ts';

export class Reader {
  readonly #bytes: Uint8Array;
  readonly #path: string;
  readonly #base: number;
  readonly #spec: string;
  #at = 0;

  /** @param base where these bytes begin in the outermost buffer */
  constructor(bytes: Uint8Array, path: string, base: number, spec: string) {
    this.#bytes = bytes;
    this.#path = path;
    this.#base = base;
    this.#spec = spec;
  }

  get isEmpty(): boolean {
    return this.#at === this.#bytes.length;
  }

  u8(field: string): number {
    return this.#number(1, field);
  }

  u16(field: string): number {
    return this.#number(2, field);
  }

  /** A copy of the next bytes. */
  take(length: number, field: string): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw this.fault('truncated', field, 'it ends too early', this.#bytes.length);
    const taken = this.#bytes.slice(this.#at, end);
    this.#at = end;
    return taken;
  }

  rest(field: string): Uint8Array {
    return this.take(this.#bytes.length - this.#at, field);
  }

  /** A reader of a vector whose length stands before it in so many bytes. RFC 8446 3.4 */
  vector(lengthBytes: 1 | 2 | 3, field: string): Reader {
    const length = this.#number(lengthBytes, `${field}.length`);
    const base = this.#base + this.#at;
    return new Reader(this.take(length, field), `${this.#path}.${field}`, base, this.#spec);
  }

  /** Nothing may be left. */
  end(): void {
    if (!this.isEmpty) throw this.fault('trailing', '', `${this.#bytes.length - this.#at} bytes too many`);
  }

  /** An error at this place. */
  fault(code: WireErrorCode, field: string, reason: string, at = this.#at): WireError {
    const path = field === '' ? this.#path : `${this.#path}.${field}`;
    return new WireError(code, { path, offset: this.#base + at, spec: this.#spec }, reason);
  }

  #number(size: 1 | 2 | 3, field: string): number {
    return this.take(size, field).reduce((value, byte) => value * 256 + byte, 0);
  }
}
