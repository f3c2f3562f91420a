/** Spreads runs over worker processes; what exceeds the cap waits in line. A worker's death costs its own runs only. */
import type { Confidences } from '#lib/auth/secret.ts';
import type { Answer } from '#lib/result/events.ts';
import { draft } from '#lib/result/finding.ts';
import type { Job } from '../job.ts';
import type { RunSink } from './protocol.ts';
import { WorkerProcess } from './worker.ts';

export interface PoolOptions {
  /** Path of the worker's entry file. */
  readonly entry: string;
  readonly workers: number;
  /** Runs at the same time over all workers. */
  readonly concurrent: number;
  readonly memoryMb: number;
  readonly sink: RunSink;
}

interface Waiting {
  readonly job: Job;
  readonly confidences: Confidences;
}

/** A worker that dies this soon after its start was not killed by a run: starting it again at once would spin. */
const RESTART_PAUSE_MS = 1_000;

export class WorkerPool {
  readonly #options: PoolOptions;
  readonly #workers: WorkerProcess[] = [];
  readonly #queue: Waiting[] = [];
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    while (this.#workers.length < options.workers) this.#hire();
  }

  /** How many runs a new one would have to wait for. */
  get ahead(): number {
    const free = this.#options.concurrent - this.#running;
    return free > 0 && this.#queue.length === 0 ? 0 : this.#queue.length + 1;
  }

  /** Process ids of the workers. */
  get pids(): number[] {
    return this.#workers.flatMap((worker) => worker.pid ?? []);
  }

  start(job: Job, confidences: Confidences): void {
    this.#queue.push({ job, confidences });
    this.#advance();
  }

  /** Cancels a run. One that still waits is reported as lost, since nothing has begun that could report itself. */
  cancel(run: string): void {
    const waiting = this.#queue.findIndex(({ job }) => job.run === run);
    if (waiting >= 0) {
      this.#queue.splice(waiting, 1);
      this.#options.sink.lost(run, draft('tool.cancelled', {}));
      return;
    }
    this.#workers.find((worker) => worker.runs.has(run))?.cancel(run);
  }

  /** Hands the owner's answer to the run that asked; for a run that has ended it changes nothing. */
  answer(run: string, question: string, answer: Answer): void {
    this.#workers.find((worker) => worker.runs.has(run))?.answer(run, question, answer);
  }

  /** Ends all workers; runs under way are reported as lost. */
  async close(): Promise<void> {
    this.#closed = true;
    const why = draft('tool.interrupted', { what: 'the server stopped before it began' });
    for (const { job } of this.#queue.splice(0)) this.#options.sink.lost(job.run, why);
    await Promise.all(this.#workers.map((worker) => worker.stop()));
  }

  get #running(): number {
    return this.#workers.reduce((sum, worker) => sum + worker.runs.size, 0);
  }

  #advance(): void {
    while (this.#running < this.#options.concurrent) {
      const worker = this.#leastBusy();
      const next = worker && this.#queue.shift();
      if (next === undefined) return;
      worker?.start(next.job, next.confidences);
    }
  }

  #leastBusy(): WorkerProcess | undefined {
    return this.#workers.toSorted((a, b) => a.runs.size - b.runs.size)[0];
  }

  #hire(): void {
    const { entry, memoryMb, sink } = this.#options;
    const born = performance.now();
    const onExit = (gone: WorkerProcess): void => this.#replace(gone, performance.now() - born);
    this.#workers.push(new WorkerProcess({ entry, memoryMb, sink, onExit, onEnded: () => this.#advance() }));
  }

  #replace(gone: WorkerProcess, livedMs: number): void {
    this.#workers.splice(this.#workers.indexOf(gone), 1);
    if (this.#closed) return;
    const again = (): void => {
      if (this.#closed) return;
      this.#hire();
      this.#advance();
    };
    if (livedMs > RESTART_PAUSE_MS) again();
    else setTimeout(again, RESTART_PAUSE_MS).unref();
    // Its place is free for those who wait, if another worker is there.
    this.#advance();
  }
}
