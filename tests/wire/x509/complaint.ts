/** What a decoder says against bytes. */
import { expect, test } from 'vitest';
import { WireError, type WireErrorCode } from '#lib/wire/error.ts';

/** The complaint about some bytes; anything but a WireError is a failure of the test. */
export function complaintOf(decode: () => unknown): WireError {
  try {
    decode();
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  throw new Error('nothing was wrong with it');
}

/** Expects a complaint with this code, in a place that ends like this. */
export function refuses(decode: () => unknown, code: WireErrorCode, path = ''): WireError {
  const error = complaintOf(decode);
  expect({ code: error.code, path: error.path.endsWith(path) ? path : error.path }).toEqual({ code, path });
  expect(error.reason.length).toBeLessThanOrEqual(200);
  expect(error.path.length).toBeLessThanOrEqual(200);
  expect(Number.isSafeInteger(error.offset) && error.offset >= 0).toBe(true);
  return error;
}

/** Declares two tests of a good vector: cut at every octet it is `truncated`, with one octet more it has something `trailing`. */
export function cutAndLengthened(name: string, bytes: Uint8Array, decode: (bytes: Uint8Array) => unknown): void {
  test(`${name}: cut at every octet`, () => {
    for (let length = 0; length < bytes.length; length++) {
      const { offset } = refuses(() => decode(bytes.subarray(0, length)), 'truncated');
      expect(offset).toBeLessThanOrEqual(length);
    }
  });
  test(`${name}: one octet more`, () => {
    const longer = Uint8Array.from([...bytes, 0]);
    expect(refuses(() => decode(longer), 'trailing').offset).toBe(bytes.length);
  });
}
