/** The streams that are open, so that they can be ended from outside: the link was revoked, the run removed, the server stopped. */

export interface Viewer {
  readonly run: string;
  readonly role: 'owner' | 'viewer';
  stop(): void;
}

/** A stream whose reader has gone to sleep must not keep the server from stopping. */
const PATIENCE_MS = 1_000;

/** What a stream has said reaches the sockets in this time. */
const LAST_WORDS_MS = 100;

export class Viewers {
  readonly #open = new Set<Viewer>();
  #empty = Promise.withResolvers<void>();

  get size(): number {
    return this.#open.size;
  }

  add(viewer: Viewer): void {
    this.#open.add(viewer);
  }

  delete(viewer: Viewer): void {
    this.#open.delete(viewer);
    if (this.#open.size > 0) return;
    this.#empty.resolve();
    this.#empty = Promise.withResolvers<void>();
  }

  /** Ends the streams of a run, or only those of one role. */
  stop(run: string, role?: Viewer['role']): void {
    const meant = [...this.#open].filter(
      (viewer) => viewer.run === run && (role === undefined || viewer.role === role),
    );
    for (const viewer of meant) viewer.stop();
  }

  /** Waits until all have said what they had to say, and ends those that do not. */
  async gone(): Promise<void> {
    if (this.#open.size > 0) await Promise.race([this.#empty.promise, pause(PATIENCE_MS)]);
    for (const viewer of [...this.#open]) viewer.stop();
    await pause(LAST_WORDS_MS);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
