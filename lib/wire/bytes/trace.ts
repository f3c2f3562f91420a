/** Where each field of a message stands and what it says, written down while it is read or written: the tree beside the hex. */

/** One field, or a group of them; places are octets from the start of `bytes` of the layer that it stands in. */
export interface FieldNote {
  readonly name: string;
  readonly offset: number;
  length: number;
  /** In words, for fields that are no group: `0x000003EB ecUnknownUser`, `"Alice"`; null for groups. */
  value: string | null;
  readonly children: FieldNote[];
  /** What these octets hold once they are unpacked, with places of its own. */
  layer?: Layer;
}

/** Octets that are not on the wire as they stand here: decompressed, or with the XOR taken off. */
export interface Layer {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly fields: readonly FieldNote[];
}

/** More fields of one message than anybody reads; a hostile one would have millions. */
const MOST_FIELDS = 4_000;
/** Longest value in characters. */
const LONGEST_VALUE = 300;

export class Trace {
  readonly fields: FieldNote[] = [];
  #open: FieldNote[][] = [this.fields];
  /** Of all layers together. */
  #seen = { count: 0 };

  /** Whether fields were left out because there were too many. */
  get isCut(): boolean {
    return this.#seen.count > MOST_FIELDS;
  }

  /** For the fields of a layer, which count as those of the message do. */
  inner(): Trace {
    const trace = new Trace();
    trace.#seen = this.#seen;
    return trace;
  }

  /** Writes down a field; null where there are too many already. */
  field(name: string, offset: number, length: number, value: string | null): FieldNote | null {
    this.#seen.count += 1;
    if (this.isCut) return null;
    const note: FieldNote = { name, offset, length, value: value === null ? null : shortened(value), children: [] };
    this.#open.at(-1)?.push(note);
    return note;
  }

  /** Until `leave`, what comes is part of this group. */
  enter(name: string, offset: number): FieldNote | null {
    const note = this.field(name, offset, 0, null);
    this.#open.push(note?.children ?? []);
    return note;
  }

  /** @param end where the group ends */
  leave(note: FieldNote | null, end: number): void {
    this.#open.pop();
    if (note !== null) note.length = end - note.offset;
  }
}

const shortened = (value: string): string =>
  value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE - 1)}…` : value;

/** How a field without words of its own is shown. */
export const shown = {
  /** 0x0000000A (10) */
  number: (value: number | bigint, octets: number): string =>
    `0x${value
      .toString(16)
      .toUpperCase()
      .padStart(octets * 2, '0')}${value > 9 ? ` (${value})` : ''}`,
  text: (value: string): string => JSON.stringify(value),
  /** The first octets, and how many there are. */
  octets: (value: Uint8Array): string => {
    const start = Array.from(value.subarray(0, 16), (octet) => octet.toString(16).padStart(2, '0')).join('');
    return value.length > 16 ? `${start}… (${value.length} bytes)` : start;
  },
} as const;
