/** RC4, which OpenSSL no longer has: a stream that goes on from call to call. For what NTLM encrypts alone. [MS-NLMP] 3.4.3, RFC 6229 */
export class Rc4 {
  readonly #box = Uint8Array.from({ length: 256 }, (_, index) => index);
  #i = 0;
  #j = 0;

  constructor(key: Uint8Array) {
    let j = 0;
    for (let i = 0; i < 256; i++) {
      j = (j + this.#at(i) + (key[i % key.length] ?? 0)) & 0xff;
      this.#swap(i, j);
    }
  }

  /** Encrypts and decrypts, which is the same. */
  apply(bytes: Uint8Array): Uint8Array {
    return bytes.map((byte) => {
      this.#i = (this.#i + 1) & 0xff;
      this.#j = (this.#j + this.#at(this.#i)) & 0xff;
      this.#swap(this.#i, this.#j);
      return byte ^ this.#at(this.#at(this.#i) + this.#at(this.#j));
    });
  }

  #at(index: number): number {
    return this.#box[index & 0xff] ?? 0;
  }

  #swap(one: number, other: number): void {
    [this.#box[one], this.#box[other]] = [this.#at(other), this.#at(one)];
  }
}
