/** MD4, which OpenSSL no longer has. For the hash of a password in NTLM alone; it is broken for everything else. RFC 1320 */

/** Three rounds of sixteen steps: order of the words, shifts, constant. RFC 1320 3.4 */
const ROUNDS = [
  { order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], shifts: [3, 7, 11, 19], constant: 0 },
  { order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15], shifts: [3, 5, 9, 13], constant: 0x5a827999 },
  { order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15], shifts: [3, 9, 11, 15], constant: 0x6ed9eba1 },
] as const;

const BLOCK = 64;

/** 16 bytes. What was made of the message on the way is zeroed. */
export function md4(message: Uint8Array): Uint8Array {
  const padded = pad(message);
  const view = new DataView(padded.buffer);
  const words = new Uint32Array(16);
  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < padded.length; at += BLOCK) {
    for (let index = 0; index < 16; index++) words[index] = view.getUint32(at + index * 4, true);
    state = add(state, compress(state, words));
  }
  padded.fill(0);
  words.fill(0);
  const digest = new Uint8Array(16);
  const out = new DataView(digest.buffer);
  for (const [index, word] of state.entries()) out.setUint32(index * 4, word, true);
  return digest;
}

type State = readonly [number, number, number, number];

/** A bit, zeros, and the length in bits. RFC 1320 3.1, 3.2 */
function pad(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / BLOCK) * BLOCK);
  padded.set(message);
  padded[message.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(message.length) * 8n, true);
  return padded;
}

function compress(state: State, words: Uint32Array): State {
  let [a, b, c, d] = state;
  ROUNDS.forEach(({ order, shifts, constant }, round) => {
    order.forEach((word, step) => {
      const sum = (a + mix(round, b, c, d) + (words[word] ?? 0) + constant) | 0;
      const shift = shifts[step % 4] ?? 0;
      [a, b, c, d] = [d, (sum << shift) | (sum >>> (32 - shift)), b, c];
    });
  });
  return [a, b, c, d];
}

/** Choice, majority, parity. */
function mix(round: number, x: number, y: number, z: number): number {
  if (round === 0) return (x & y) | (~x & z);
  return round === 1 ? (x & y) | (x & z) | (y & z) : x ^ y ^ z;
}

const add = (one: State, other: State): State => [
  (one[0] + other[0]) >>> 0,
  (one[1] + other[1]) >>> 0,
  (one[2] + other[2]) >>> 0,
  (one[3] + other[3]) >>> 0,
];
