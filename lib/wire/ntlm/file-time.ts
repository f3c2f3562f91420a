/** Points in time as Windows counts them: 100 ns since 1601, in 64 bits. [MS-DTYP] 2.3.3 */

/** From 1601 to 1970, in milliseconds. */
const EPOCH = 11_644_473_600_000;

/** @param at milliseconds since 1970 */
export function encodeFileTime(at: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Math.round(at) + EPOCH) * 10_000n, true);
  return bytes;
}

/** Milliseconds since 1970, rounded down. A Date takes any: 64 bits end in the year 60056. */
export const decodeFileTime = (bytes: Uint8Array): number =>
  fromFileTime(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));

/** The same of the 64 bits. */
export const fromFileTime = (ticks: bigint): number => Number(ticks / 10_000n) - EPOCH;
