/** The runs that are going on. They are read from memory and written through to the store; a run that has ended is read from there. */
import type { Emitted, RunEvent, RunHead } from '#lib/result/events.ts';
import { draft, type Finding, type FindingDraft } from '#lib/result/finding.ts';
import { endUnfinished } from '#lib/result/interrupt.ts';
import { ROOT } from '#lib/result/node.ts';
import { fold } from '#lib/result/reducer.ts';
import { Keeper } from './keeper.ts';
import { LiveRun } from './live-run.ts';
import type { Store, StoredEvidence } from './store.ts';

interface Entry {
  readonly run: LiveRun;
  readonly keeper: Keeper;
  /** The last event is on its way: nothing may come after it. */
  closing: boolean;
}

/** How many runs that could not be stored stay readable after their end. */
const REMEMBERED = 50;

export class LiveRuns {
  readonly #store: Store;
  readonly #entries = new Map<string, Entry>();
  /** Ended and not stored, oldest first. */
  #remembered: string[] = [];
  readonly #closing = new Set<Promise<void>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Runs that have not ended. */
  get running(): string[] {
    return [...this.#entries.values()].filter(({ closing }) => !closing).map(({ run }) => run.id);
  }

  /** Creates a run; settles when it is on disk. If the store refuses, the run exists in memory alone and says so. */
  async open(id: string, ownerHash: string, head: RunHead, at = Date.now()): Promise<void> {
    const run = new LiveRun(id, ownerHash);
    const keeper = new Keeper(this.#store, id, ownerHash, (reason) => this.#notKept(run, reason));
    this.#entries.set(id, { run, keeper, closing: false });
    this.append(id, { at, body: { kind: 'opened', head } });
    await keeper.idle();
  }

  /** Adds what a worker saw. The one writer of a run: it gives out `seq`. Late news of a run that has ended are dropped. */
  append(id: string, emitted: Emitted): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.closing) return;
    if (emitted.body.kind === 'closed') this.#close(entry, emitted);
    else this.#publish(entry, emitted);
  }

  putEvidence(id: string, evidence: StoredEvidence): void {
    this.#entries.get(id)?.keeper.keepEvidence(evidence);
  }

  /** Brings a run to its end from outside, with this finding at its root. */
  end(id: string, why: FindingDraft, at = Date.now()): void {
    const run = this.#entries.get(id)?.run;
    if (run !== undefined) for (const body of endUnfinished(fold(run.log), why)) this.append(id, { at, body });
  }

  /** The events after this `seq`, from memory or from the store. */
  async after(id: string, seq: number): Promise<RunEvent[]> {
    return this.#entries.get(id)?.run.after(seq) ?? this.#store.after(id, seq);
  }

  /** Settles at the run's next change; null where none will come. Take it before reading. */
  subscribe(id: string): Promise<void> | null {
    const run = this.#entries.get(id)?.run;
    return run === undefined || run.closed ? null : run.changed();
  }

  async evidence(id: string, evidence: string): Promise<StoredEvidence | null> {
    return this.#entries.get(id)?.keeper.evidence.get(evidence) ?? this.#store.evidence(id, evidence);
  }

  async ownerOf(id: string): Promise<string | null> {
    return this.#entries.get(id)?.run.ownerHash ?? this.#store.ownerOf(id);
  }

  /** Removes a run from memory and store, also while it goes on. */
  async remove(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    entry?.keeper.stop();
    entry?.run.wake();
    await this.#store.remove(id);
  }

  /** Settles when everything that can be written is written. */
  async settled(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ keeper }) => keeper.idle()));
    await Promise.all(this.#closing);
  }

  #publish({ run, keeper }: Entry, emitted: Emitted): void {
    const event = run.stamp(emitted);
    run.publish(event);
    keeper.keep(event);
  }

  #close(entry: Entry, emitted: Emitted): void {
    entry.closing = true;
    const closing = this.#finish(entry, emitted).finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  /** The end is shown only when it is on disk, or when it has been said that it never will be. */
  async #finish({ run, keeper }: Entry, emitted: Emitted): Promise<void> {
    await keeper.idle();
    keeper.keep(run.stamp(emitted));
    await keeper.idle();
    run.publish(run.stamp(emitted));
    if (keeper.keeps) this.#entries.delete(run.id);
    else this.#remember(run.id);
  }

  #notKept(run: LiveRun, reason: string): void {
    const { code, args } = draft('tool.not-kept', { reason });
    const finding: Finding = { id: `${ROOT}#${code}`, code, severity: 'warning', args };
    run.publish(run.stamp({ at: Date.now(), body: { kind: 'found', node: ROOT, finding } }));
  }

  #remember(id: string): void {
    this.#remembered.push(id);
    const forgotten = this.#remembered.splice(0, this.#remembered.length - REMEMBERED);
    for (const old of forgotten) this.#forget(old);
  }

  /** What of it did reach the disk is no result. If it cannot be removed either, the next start ends it as interrupted. */
  #forget(id: string): void {
    this.#entries.delete(id);
    this.#store.remove(id).catch(() => undefined);
  }
}
