/** A run as server-sent events: everything after the cursor, then each event as it happens, then `end`. */
import type { RunEvent } from '#lib/result/events.ts';
import { rendered } from '#lib/result/rendered.ts';
import type { Access } from '../access.ts';
import type { ConfidedEntry } from '../confided.ts';
import type { Viewer, Viewers } from './viewers.ts';

/** Where a stream comes from: the service, as far as a stream needs it. */
export interface Source {
  readonly viewers: Viewers;
  changed(run: string): Promise<void> | null;
  after(run: string, seq: number): Promise<RunEvent[]>;
  confided(run: string): ConfidedEntry[];
}

/** Proxies close a connection that is silent for a minute; many do it sooner. */
const HEARTBEAT_MS = 15_000;

/** Sent first, so that headers do not wait for the first event: how soon a lost connection is tried again. */
const GREETING = 'retry: 1000\n\n';
const HEARTBEAT = ': still here\n\n';
const END = 'event: end\ndata: {}\n\n';

const encoder = new TextEncoder();

/** A live event is the same object for every viewer; its text is made once. */
const texts = new WeakMap<RunEvent, string>();

export class RunStream implements Viewer {
  readonly run: string;
  readonly role: Viewer['role'];
  readonly body: ReadableStream<Uint8Array>;
  readonly #source: Source;
  readonly #expiresAt: number;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  #heartbeat: NodeJS.Timeout | undefined;
  #seq: number;
  /** Questions whose confided part has been sent. */
  readonly #told = new Set<string>();

  constructor(source: Source, access: Access, after: number) {
    this.run = access.run;
    this.role = access.role;
    this.#source = source;
    this.#expiresAt = access.expiresAt ?? Number.POSITIVE_INFINITY;
    this.#seq = after;
    const stream = {
      start: (controller: ReadableStreamDefaultController<Uint8Array>) => this.#open(controller),
      pull: () => this.#pull().catch((error: unknown) => this.#fail(error)),
      cancel: () => this.#gone(),
    };
    // Nothing is read ahead of the viewer: a slow one costs no memory.
    this.body = new ReadableStream(stream, { highWaterMark: 0 });
  }

  /** Ends the stream from outside. */
  stop(): void {
    this.#controller?.close();
    this.#gone();
  }

  #open(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller;
    this.#source.viewers.add(this);
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
    this.#send(GREETING);
  }

  /** Sends what there is, or waits for it. The promise is taken before reading, so that nothing is missed. */
  async #pull(): Promise<void> {
    while (this.#controller !== null) {
      const change = this.#source.changed(this.run);
      const events = await this.#source.after(this.run, this.#seq);
      if (this.#expired()) return this.stop();
      const confided = this.#confided();
      if (events.length > 0 || confided !== '') return this.#sendEvents(confided, events);
      if (change === null) return this.#end();
      await change;
    }
  }

  #sendEvents(confided: string, events: readonly RunEvent[]): void {
    this.#seq = events.at(-1)?.seq ?? this.#seq;
    this.#send(confided + events.map(textOf).join(''));
  }

  /** What is for the owner alone, and has not been sent to this one. It has no number: it is no event, and is kept nowhere. */
  #confided(): string {
    if (this.role !== 'owner') return '';
    const fresh = this.#source.confided(this.run).filter(([question]) => !this.#told.has(question));
    for (const [question] of fresh) this.#told.add(question);
    return fresh.map((entry) => `event: confided\ndata: ${JSON.stringify(entry)}\n\n`).join('');
  }

  #end(): void {
    this.#send(END);
    this.stop();
  }

  #beat(): void {
    if (this.#expired()) this.stop();
    else this.#send(HEARTBEAT);
  }

  #expired(): boolean {
    return Date.now() >= this.#expiresAt;
  }

  #send(text: string): void {
    this.#controller?.enqueue(encoder.encode(text));
  }

  /** The store cannot be read: the viewer's browser tries again by itself. */
  #fail(error: unknown): never {
    this.#gone();
    throw error;
  }

  #gone(): void {
    this.#controller = null;
    clearInterval(this.#heartbeat);
    this.#source.viewers.delete(this);
  }
}

function textOf(event: RunEvent): string {
  const text = texts.get(event) ?? `id: ${event.seq}\ndata: ${JSON.stringify(rendered(event))}\n\n`;
  texts.set(event, text);
  return text;
}
