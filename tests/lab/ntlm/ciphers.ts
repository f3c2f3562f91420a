/** MD4 and RC4, which NTLM is made of and OpenSSL has given up. */

import { u32 } from './message.ts';

/** RFC 1320 */
export function md4(data: Uint8Array): Buffer {
  const padded = Buffer.alloc((((data.length + 8) >> 6) + 1) * 64);
  padded.set(data);
  padded[data.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(data.length) * 8n, padded.length - 8);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < padded.length; at += 64) {
    const words = Array.from({ length: 16 }, (_, index) => padded.readUInt32LE(at + 4 * index));
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (const { mix, constant, order, turns } of ROUNDS) {
      order.forEach((word, step) => {
        const sum = (a + mix(b, c, d) + (words[word] ?? 0) + constant) | 0;
        [a, b, c, d] = [d, rotated(sum, turns[step % 4] ?? 0), b, c];
      });
    }
    [a, b, c, d].forEach((word, index) => {
      state[index] = ((state[index] ?? 0) + word) >>> 0;
    });
  }
  return Buffer.concat(state.map(u32));
}

interface Round {
  readonly mix: (x: number, y: number, z: number) => number;
  readonly constant: number;
  readonly order: readonly number[];
  readonly turns: readonly number[];
}

/** RFC 1320 3.4 */
const ROUNDS: readonly Round[] = [
  {
    mix: (x, y, z) => (x & y) | (~x & z),
    constant: 0,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    turns: [3, 7, 11, 19],
  },
  {
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
    constant: 0x5a827999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    turns: [3, 5, 9, 13],
  },
  {
    mix: (x, y, z) => x ^ y ^ z,
    constant: 0x6ed9eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    turns: [3, 9, 11, 15],
  },
];

const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** A stream of RC4 under a key: each call goes on where the last one stopped. */
export function rc4(key: Uint8Array): (data: Uint8Array) => Buffer {
  const box = Array.from({ length: 256 }, (_, index) => index);
  const swap = (one: number, other: number): void => {
    [box[one], box[other]] = [box[other] ?? 0, box[one] ?? 0];
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (box[i] ?? 0) + (key[i % key.length] ?? 0)) & 0xff;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  const next = (): number => {
    i = (i + 1) & 0xff;
    j = (j + (box[i] ?? 0)) & 0xff;
    swap(i, j);
    return box[((box[i] ?? 0) + (box[j] ?? 0)) & 0xff] ?? 0;
  };
  return (data) => Buffer.from(Array.from(data, (byte) => byte ^ next()));
}
