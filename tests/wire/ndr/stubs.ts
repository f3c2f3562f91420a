/** What holds for the decoder of every call: it names the place where bytes are missing or too many, and throws nothing else. */
import { expect } from 'vitest';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { WireError, type WireErrorCode } from '#lib/wire/error.ts';
import { mutateBytes } from '#tests/fuzz/mutate.ts';
import { seededRandom } from '#tests/lab/random.ts';
import { digits } from '#tests/wire/ntlm/published.ts';

/** Where DCE/RPC's header ends and the stub of a request or response begins, in a PDU without an object. */
const STUB = 24;
const MUTANTS = 400;

export const stubOf = (pdu: Uint8Array): Uint8Array => pdu.subarray(STUB);

export function errorOf(read: () => unknown): WireError {
  try {
    read();
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  throw new Error('nothing was wrong with it');
}

export const complaintOf = (read: () => unknown): string => {
  const { code, path, offset } = errorOf(read);
  return `${code} ${path} ${offset}`;
};

type Decode = (stub: Uint8Array, trace?: Trace) => unknown;

/** Cuts the stub everywhere, lengthens it, and damages it. */
export function expectStrict(stub: Uint8Array, decode: Decode): void {
  const codes = new Set<WireErrorCode>();
  for (let end = 0; end < stub.length; end += 1) {
    const error = errorOf(() => decode(stub.subarray(0, end)));
    codes.add(error.code);
    expect(error.path).toMatch(/^(nspi|rfr|emsmdb|epm)\.\w+\.(request|response)\b/);
    expect(error.offset).toBeLessThanOrEqual(end);
  }
  expect([...codes]).toEqual(stub.length === 0 ? [] : ['truncated']);
  expect(errorOf(() => decode(Uint8Array.of(...stub, 0))).code).toBe('trailing');
  const random = seededRandom(digits(stub));
  for (let round = 0; round < MUTANTS; round += 1) {
    try {
      decode(mutateBytes(stub, random), new Trace());
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
    }
  }
}

/** The trace leaves no octet out, and each one has one place. */
export function expectWholeTrace(stub: Uint8Array, decode: Decode): void {
  const trace = new Trace();
  decode(stub, trace);
  const leaves = (fields: Trace['fields']): (readonly [number, number])[] =>
    fields.flatMap(({ children, value, offset, length }) =>
      children.length > 0 ? leaves(children) : value === null ? [] : [[offset, length] as const],
    );
  let at = 0;
  for (const [offset, length] of leaves(trace.fields)) {
    expect(offset).toBe(at);
    at += length;
  }
  expect(at).toBe(stub.length);
}
