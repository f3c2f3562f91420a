/** Writes one run's events and evidence to the store, in the background and in order. */
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { RunEvent } from '#lib/result/events.ts';
import { reasonOf } from './failure.ts';
import type { Store, StoredEvidence } from './store.ts';

export class Keeper {
  readonly #store: Store;
  readonly #run: string;
  readonly #createdBy: string;
  readonly #onFailure: (reason: string) => void;
  /** Evidence that is not on disk yet. After a failure it stays here. */
  readonly evidence = new Map<string, StoredEvidence>();
  #events: RunEvent[] = [];
  #writing: Promise<void> | null = null;
  #created = false;
  #stopped = false;

  /**
   * @param createdBy hash of the owner's token; the run is created with its first event
   * @param onFailure called at most once; from then on nothing more is written
   */
  constructor(store: Store, run: string, createdBy: string, onFailure: (reason: string) => void) {
    this.#store = store;
    this.#run = run;
    this.#createdBy = createdBy;
    this.#onFailure = onFailure;
  }

  /** Whether everything so far is, or soon will be, on disk. */
  get keeps(): boolean {
    return !this.#stopped;
  }

  keep(event: RunEvent): void {
    if (this.#stopped) return;
    this.#events.push(event);
    this.#writing ??= this.#drain();
  }

  keepEvidence(evidence: StoredEvidence): void {
    this.evidence.set(evidence.id, evidence);
    if (!this.#stopped) this.#writing ??= this.#drain();
  }

  /** Settles when nothing is left to write. */
  async idle(): Promise<void> {
    await this.#writing;
  }

  /** Forgets what is not written: the run has been removed. */
  stop(): void {
    this.#stopped = true;
    this.#events = [];
  }

  /** What arrives in one turn of the loop is written together. */
  async #drain(): Promise<void> {
    await turnOfTheLoop();
    while (!this.#stopped && this.#events.length + this.evidence.size > 0) await this.#writeOrFail();
    this.#writing = null;
  }

  async #writeOrFail(): Promise<void> {
    try {
      await this.#write();
    } catch (error) {
      // A run that was removed meanwhile fails here too; nobody waits for that news.
      if (this.#stopped) return;
      this.stop();
      this.#onFailure(reasonOf(error));
    }
  }

  /** Evidence first: an event on disk never refers to evidence that is not. */
  async #write(): Promise<void> {
    const events = this.#events;
    this.#events = [];
    if (!this.#created) await this.#store.create(this.#run, this.#createdBy, events[0]?.at ?? Date.now());
    this.#created = true;
    for (const evidence of [...this.evidence.values()]) {
      await this.#store.putEvidence(this.#run, evidence);
      this.evidence.delete(evidence.id);
    }
    await this.#store.append(this.#run, events);
  }
}
