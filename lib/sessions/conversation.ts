/** Messages of a binary protocol as they went by, with the tree of their fields: what becomes evidence. */
import type { Evidence, FieldSeen, MessageSeen } from '#lib/result/evidence.ts';
import type { FieldNote, Trace } from '#lib/wire/bytes/trace.ts';
import type { WireError } from '#lib/wire/error.ts';

/** More than a whole test has; a server that answers for ever is cut here. */
const MOST_MESSAGES = 200;
/** Of one message. The largest answers of a test have 10 KiB. */
const MOST_BYTES = 64 * 1024;
/** Of all together, with their fields, as they are written: larger evidence is not kept at all. */
const MOST_WRITTEN = 800_000;

export interface Said {
  readonly name: string;
  readonly direction: MessageSeen['direction'];
  readonly bytes: Uint8Array;
  readonly trace?: Trace;
  /** Parts that nobody may see: they are kept as zeros. */
  readonly hidden?: readonly { readonly offset: number; readonly length: number }[];
  /** Why it could not be read. */
  readonly problem?: WireError;
}

export class Conversation {
  readonly #protocol: string;
  readonly #host: string;
  readonly #messages: MessageSeen[] = [];
  #started: number | null = null;
  #written = 0;
  #dropped = 0;

  /** @param protocol as people call it: MAPI over HTTP */
  constructor(protocol: string, host: string) {
    this.#protocol = protocol;
    this.#host = host;
  }

  /** Writes down a message. @param at when it was complete, by `performance.now` */
  note(said: Said, at: number = performance.now()): void {
    this.#started ??= at;
    const message = seen(said, Math.round((at - this.#started) * 10) / 10);
    this.#written += JSON.stringify(message).length;
    if (this.#messages.length === MOST_MESSAGES || this.#written > MOST_WRITTEN) this.#dropped += 1;
    else this.#messages.push(message);
  }

  /** All since the last time that somebody asked; null where there is nothing. */
  take(): Evidence | null {
    if (this.#messages.length === 0) return null;
    const [host, protocol, dropped] = [this.#host, this.#protocol, this.#dropped];
    const messages = this.#messages.splice(0);
    this.#dropped = 0;
    this.#written = 0;
    return { kind: 'messages', body: { host, protocol, messages, dropped } };
  }
}

function seen({ name, direction, bytes, trace, hidden = [], problem }: Said, atMs: number): MessageSeen {
  return {
    ...{ name, direction, atMs, bytes: bytes.length },
    base64: Buffer.from(blanked(bytes.subarray(0, MOST_BYTES), hidden)).toString('base64'),
    fields: (trace?.fields ?? []).map(toField),
    ...(hidden.length > 0 && { hidden: [...hidden] }),
    ...(problem && { problem: placeOf(problem) }),
  };
}

function blanked(bytes: Uint8Array, hidden: NonNullable<Said['hidden']>): Uint8Array {
  const copy = bytes.slice();
  for (const { offset, length } of hidden) copy.fill(0, offset, offset + length);
  return copy;
}

function toField({ name, offset, length, value, children, layer }: FieldNote): FieldSeen {
  return {
    ...{ name, offset, length, value },
    children: children.map(toField),
    ...(layer && {
      layer: {
        name: layer.name,
        base64: Buffer.from(layer.bytes.subarray(0, MOST_BYTES)).toString('base64'),
        fields: layer.fields.map(toField),
      },
    }),
  };
}

const placeOf = ({ path, offset, reason, spec }: WireError): NonNullable<MessageSeen['problem']> => ({
  ...{ path, offset, reason, spec },
});
