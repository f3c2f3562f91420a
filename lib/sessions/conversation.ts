/** Messages of a binary protocol as they went by, with the tree of their fields: what becomes evidence. */
import type { FindSecrets } from '#lib/net/recorder.ts';
import type { Evidence, FieldSeen, MessageSeen } from '#lib/result/evidence.ts';
import type { FieldNote, Layer, Trace } from '#lib/wire/bytes/trace.ts';
import type { WireError } from '#lib/wire/error.ts';

/** More than a whole test has; a server that answers for ever is cut here. */
const MOST_MESSAGES = 200;
/** Of one message. The largest answers of a test have 10 KiB. */
const MOST_BYTES = 64 * 1024;
/** Of all together, with their fields, as they are written: larger evidence is not kept at all. */
const MOST_WRITTEN = 800_000;
/** The same before it is looked at: octets of messages and of what they hold unpacked. */
const MOST_OCTETS = 384 * 1024;
/** No spelling of a password is longer: looked for so far behind the end of what is kept, none of it is kept in half. */
const MARGIN = 8_000;

type Part = NonNullable<MessageSeen['hidden']>[number];

export interface Said {
  readonly name: string;
  readonly direction: MessageSeen['direction'];
  readonly bytes: Uint8Array;
  readonly trace?: Trace;
  /** Parts that nobody may see: they are kept as zeros. */
  readonly hidden?: readonly Part[];
  /** Why it could not be read. */
  readonly problem?: WireError;
}

export class Conversation {
  readonly #protocol: string;
  readonly #host: string;
  readonly #findSecrets: FindSecrets;
  readonly #messages: MessageSeen[] = [];
  #started: number | null = null;
  #octets = 0;
  #written = 0;
  #dropped = 0;

  /**
   * @param protocol as people call it: MAPI over HTTP
   * @param findSecrets a server may send back what it was given: it stands as zeros, too
   */
  constructor(protocol: string, host: string, findSecrets: FindSecrets) {
    this.#protocol = protocol;
    this.#host = host;
    this.#findSecrets = findSecrets;
  }

  /** Writes down a message. @param at when it was complete, by `performance.now` */
  note(said: Said, at: number = performance.now()): void {
    this.#started ??= at;
    this.#octets += octetsIn(said.bytes, said.trace?.fields ?? []);
    const message = this.#hasRoom ? this.#seen(said, Math.round((at - this.#started) * 10) / 10) : null;
    this.#written += message === null ? 0 : JSON.stringify(message).length;
    if (message === null || !this.#hasRoom) this.#dropped += 1;
    else this.#messages.push(message);
  }

  /** All since the last time that somebody asked; null where there is nothing. */
  take(): Evidence | null {
    if (this.#messages.length + this.#dropped === 0) return null;
    const [host, protocol, dropped] = [this.#host, this.#protocol, this.#dropped];
    const messages = this.#messages.splice(0);
    this.#dropped = 0;
    this.#octets = 0;
    this.#written = 0;
    return { kind: 'messages', body: { host, protocol, messages, dropped } };
  }

  get #hasRoom(): boolean {
    return this.#messages.length < MOST_MESSAGES && this.#octets <= MOST_OCTETS && this.#written <= MOST_WRITTEN;
  }

  #seen({ name, direction, bytes, trace, hidden: known = [], problem }: Said, atMs: number): MessageSeen {
    const notes = trace?.fields ?? [];
    const hidden = [...known, ...this.#secretsIn(bytes, notes)];
    return {
      ...{ name, direction, atMs, bytes: bytes.length },
      base64: keptOf(bytes, hidden),
      fields: notes.map((note) => this.#toField(note, hidden)),
      ...(hidden.length > 0 && { hidden }),
      ...(problem && { problem: placeOf(problem) }),
    };
  }

  #toField({ name, offset, length, value, children, layer }: FieldNote, hidden: readonly Part[]): FieldSeen {
    const isSecret = hidden.some((part) => part.offset < offset + length && offset < part.offset + part.length);
    return {
      ...{ name, offset, length, value: isSecret && value !== null ? '[hidden]' : value },
      children: children.map((child) => this.#toField(child, hidden)),
      ...(layer && { layer: this.#toLayer(layer) }),
    };
  }

  #toLayer({ name, bytes, fields }: Layer): NonNullable<FieldSeen['layer']> {
    const hidden = this.#secretsIn(bytes, fields);
    return { name, base64: keptOf(bytes, hidden), fields: fields.map((field) => this.#toField(field, hidden)) };
  }

  /** Where they stand as they are, and the whole of what holds one once it is unpacked. */
  #secretsIn(bytes: Uint8Array, notes: readonly FieldNote[]): Part[] {
    const found = this.#findSecrets(bytes.subarray(0, MOST_BYTES + MARGIN));
    const parts = found.map(([from, to]) => ({ offset: from, length: to - from }));
    return [...parts, ...notes.flatMap((note) => this.#packedIn(note))];
  }

  #packedIn({ offset, length, children, layer }: FieldNote): Part[] {
    const isSecret = layer !== undefined && this.#secretsIn(layer.bytes, layer.fields).length > 0;
    return [...(isSecret ? [{ offset, length }] : []), ...children.flatMap((child) => this.#packedIn(child))];
  }
}

/** How many there are of a message, as far as they are kept, and of what it holds unpacked. */
function octetsIn(bytes: Uint8Array, notes: readonly FieldNote[]): number {
  const inside = notes.map(({ layer, children }) =>
    octetsIn(layer?.bytes ?? NOTHING, [...(layer?.fields ?? []), ...children]),
  );
  return inside.reduce((sum, each) => sum + each, Math.min(bytes.length, MOST_BYTES));
}

const NOTHING = new Uint8Array();

/** What is kept of the octets, in Base64. */
function keptOf(bytes: Uint8Array, hidden: readonly Part[]): string {
  const kept = Buffer.from(bytes.subarray(0, MOST_BYTES));
  for (const { offset, length } of hidden)
    if (offset < kept.length) kept.fill(0, offset, Math.min(offset + length, kept.length));
  return kept.toString('base64');
}

const placeOf = ({ path, offset, reason, spec }: WireError): NonNullable<MessageSeen['problem']> => ({
  ...{ path, offset, reason, spec },
});
