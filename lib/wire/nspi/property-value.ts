/** Values of properties, whatever protocol brings them. [MS-OXCDATA] 2.11.1 */

/**
 * One value. Integers are unsigned, as nearly all of them are identifiers, flags or counts; `currency`, `int64` and `time` are the 64 bits
 * (a time counts 100 ns since 1601); `app-time` counts days since 30 December 1899.
 */
export type PropertyValue =
  | { readonly type: 'int16' | 'int32' | 'float' | 'double' | 'app-time'; readonly value: number }
  | { readonly type: 'currency' | 'int64' | 'time'; readonly value: bigint }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'string8' | 'string' | 'guid'; readonly value: string }
  | { readonly type: 'binary'; readonly value: Uint8Array }
  | { readonly type: 'int16s' | 'int32s' | 'floats' | 'doubles' | 'app-times'; readonly values: readonly number[] }
  | { readonly type: 'currencies' | 'int64s' | 'times'; readonly values: readonly bigint[] }
  | { readonly type: 'guids'; readonly values: readonly string[] }
  /** An element may be missing, as a single value may. */
  | { readonly type: 'string8s' | 'strings'; readonly values: readonly (string | null)[] }
  | { readonly type: 'binaries'; readonly values: readonly (Uint8Array | null)[] }
  /** Why there is no value. [MS-OXCDATA] 2.4.2 */
  | { readonly type: 'error'; readonly code: number }
  /** No value and no reason: said not to be there, a null pointer, or of a type that takes no octets. */
  | { readonly type: 'absent' };

export const ABSENT: PropertyValue = { type: 'absent' };

/** The text of a string of either kind, else null. */
export const textOf = (value: PropertyValue): string | null =>
  value.type === 'string' || value.type === 'string8' ? value.value : null;

/** The texts of a multi-valued string of either kind, without those that are missing; else none. */
export const textsOf = (value: PropertyValue): readonly string[] =>
  value.type === 'strings' || value.type === 'string8s' ? value.values.filter((text) => text !== null) : [];

/** The number of an integer of 16 or 32 bits, else null. */
export const numberOf = (value: PropertyValue): number | null =>
  value.type === 'int16' || value.type === 'int32' ? value.value : null;

/** The octets of a binary, else null. */
export const octetsOf = (value: PropertyValue): Uint8Array | null => (value.type === 'binary' ? value.value : null);
