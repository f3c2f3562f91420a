/** Compresses as DIRECT2 wants it, and slowly: what the decoder is tried against. [MS-XCA] 2.3 */

export function compress(plain: Uint8Array): Uint8Array {
  const out = new Output();
  for (let at = 0; at < plain.length; ) {
    const match = longestMatch(plain, at);
    if (match === null) out.literal(plain[at] ?? 0);
    else out.match(match.distance, match.length);
    at += match?.length ?? 1;
  }
  return out.done();
}

const WINDOW = 8_192;

function longestMatch(plain: Uint8Array, at: number): { distance: number; length: number } | null {
  let best = { distance: 0, length: 2 };
  for (let distance = 1; distance <= Math.min(at, WINDOW); distance++) {
    let length = 0;
    while (at + length < plain.length && plain[at + length] === plain[at + length - distance]) length++;
    if (length > best.length) best = { distance, length };
  }
  return best.length < 3 ? null : best;
}

class Output {
  readonly #octets: number[] = [];
  #flagsAt = 0;
  #flags: number[] = [];
  #halfAt: number | null = null;

  constructor() {
    this.#newFlags();
  }

  literal(octet: number): void {
    this.#octets.push(octet);
    this.#flag(0);
  }

  match(distance: number, length: number): void {
    const code = length - 3;
    this.#u16((distance - 1) * 8 + Math.min(code, 7));
    if (code >= 7) this.#nibble(Math.min(code - 7, 15));
    if (code >= 22) this.#octets.push(Math.min(code - 22, 255));
    if (code >= 22 + 255) this.#u16(code);
    this.#flag(1);
  }

  done(): Uint8Array {
    while (this.#flags.length < 32) this.#flags.push(1);
    this.#writeFlags();
    return Uint8Array.from(this.#octets);
  }

  #u16(value: number): void {
    this.#octets.push(value & 0xff, value >> 8);
  }

  #nibble(value: number): void {
    if (this.#halfAt === null) {
      this.#halfAt = this.#octets.length;
      this.#octets.push(value);
      return;
    }
    this.#octets[this.#halfAt] = (this.#octets[this.#halfAt] ?? 0) | (value << 4);
    this.#halfAt = null;
  }

  #flag(flag: number): void {
    this.#flags.push(flag);
    if (this.#flags.length < 32) return;
    this.#writeFlags();
    this.#newFlags();
  }

  #newFlags(): void {
    this.#flags = [];
    this.#flagsAt = this.#octets.length;
    this.#octets.push(0, 0, 0, 0);
  }

  /** The first element has the highest bit. */
  #writeFlags(): void {
    const mask = Number.parseInt(this.#flags.join(''), 2);
    for (let octet = 0; octet < 4; octet++) this.#octets[this.#flagsAt + octet] = Math.floor(mask / 256 ** octet) % 256;
  }
}
