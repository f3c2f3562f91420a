/** One run that is going on: its whole log in memory, and a wake-up for whoever reads it. */
import type { Emitted, RunEvent } from '#lib/result/events.ts';

export class LiveRun {
  readonly id: string;
  readonly ownerHash: string;
  readonly #log: RunEvent[] = [];
  #wake = Promise.withResolvers<void>();

  constructor(id: string, ownerHash: string) {
    this.id = id;
    this.ownerHash = ownerHash;
  }

  get log(): readonly RunEvent[] {
    return this.#log;
  }

  get closed(): boolean {
    return this.#log.at(-1)?.kind === 'closed';
  }

  /** The event that this would be if it were published now. */
  stamp({ at, body }: Emitted): RunEvent {
    return { v: 1, seq: this.#log.length + 1, at, ...body };
  }

  publish(event: RunEvent): void {
    this.#log.push(event);
    this.wake();
  }

  /** `seq` counts from 1 without gaps, so it is the index of the next one. */
  after(seq: number): RunEvent[] {
    return this.#log.slice(seq);
  }

  /** Settles at the next change. Take it before reading, else a change in between is missed. */
  changed(): Promise<void> {
    return this.#wake.promise;
  }

  wake(): void {
    const { resolve } = this.#wake;
    this.#wake = Promise.withResolvers<void>();
    resolve();
  }
}
