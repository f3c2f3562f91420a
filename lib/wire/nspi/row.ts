/** Rows of the address book: values with their properties. [MS-OXNSPI] 2.2.4 to 2.2.6, [MS-OXCMAPIHTTP] 2.2.1 */
import { tagId } from './property-tags.ts';
import { ABSENT, type PropertyValue } from './property-value.ts';

/** A value and its property. Where the server could not give it, the type of the tag may be `error`. */
export interface TaggedValue {
  readonly tag: number;
  readonly value: PropertyValue;
}

/** Values in the order in which they came. */
export type PropertyList = readonly TaggedValue[];

/** A table: what was asked for, and the rows, each with a value for every column in its order. */
export interface PropertyTable {
  /** Property tags. */
  readonly columns: readonly number[];
  readonly rows: readonly PropertyList[];
}

/** Looks a property up by its identifier, as its type may be another one. */
export function propertyOf(list: PropertyList, tag: number): PropertyValue {
  return list.find((each) => tagId(each.tag) === tagId(tag))?.value ?? ABSENT;
}
