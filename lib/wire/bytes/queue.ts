/** Bytes that arrive in some pieces and leave in others. Appending costs the same, however small the pieces are. */
export class ByteQueue {
  #buffer = new Uint8Array(4_096);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  /** Appends a piece. */
  push(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#buffer.length) this.#makeRoom(piece.length);
    this.#buffer.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** The first bytes, which stay; valid until the next push. */
  peek(length: number): Uint8Array {
    return this.#buffer.subarray(this.#start, Math.min(this.#start + length, this.#end));
  }

  /** Removes the first bytes and returns a copy of them. */
  take(length: number): Uint8Array {
    const taken = this.peek(length).slice();
    this.#start += taken.length;
    return taken;
  }

  #makeRoom(more: number): void {
    const kept = this.#buffer.subarray(this.#start, this.#end);
    const size = Math.max(this.#buffer.length, 2 * (kept.length + more));
    const buffer = size === this.#buffer.length ? this.#buffer : new Uint8Array(size);
    // Within one buffer this is a move to its front; `set` copes with the overlap.
    buffer.set(kept);
    this.#buffer = buffer;
    this.#end = kept.length;
    this.#start = 0;
  }
}
