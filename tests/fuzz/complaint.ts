/** What every reader of foreign bytes owes: a value, or a complaint that says where and why. */
import { WireError } from '#lib/wire/error.ts';

/** @returns null where it complained, as it may */
export function orComplaint<T>(bytes: Uint8Array, read: (bytes: Uint8Array) => T): T | null {
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    demand(error.offset >= 0 && error.offset <= bytes.length, 'a place within the bytes');
    demand(error.reason.length <= 200 && error.path.length <= 200, 'a short reason');
    return null;
  }
}

/** @throws Error where it does not hold: the fuzzer then shows the bytes */
export function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not so: ${what}`);
}
