/** One worker process: started without the environment of the web process, with a memory limit, replaced by the pool when it dies. */
import { type ChildProcess, fork } from 'node:child_process';
import { handOver } from '#lib/auth/handover.ts';
import type { Confidences } from '#lib/auth/secret.ts';
import type { Answer } from '#lib/result/events.ts';
import { draft } from '#lib/result/finding.ts';
import type { Job } from '../job.ts';
import type { FromWorker, RunSink, ToWorker } from './protocol.ts';

export interface WorkerOptions {
  readonly entry: string;
  readonly memoryMb: number;
  readonly sink: RunSink;
  /** Called once; the runs of this worker have been reported as lost by then. */
  readonly onExit: (worker: WorkerProcess) => void;
  readonly onEnded: () => void;
}

/** What a run may take beyond its own budget before its worker counts as hung. */
const GRACE_MS = 10_000;

export class WorkerProcess {
  readonly runs = new Set<string>();
  readonly #deadlines = new Map<string, NodeJS.Timeout>();
  readonly #options: WorkerOptions;
  readonly #child: ChildProcess;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#child = fork(options.entry, [], {
      env: minimalEnvironment(),
      execArgv: [`--max-old-space-size=${options.memoryMb}`, '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (message) => this.#receive(message as FromWorker));
    // A process that could not be started has no exit event.
    this.#child.on('error', () =>
      this.#child.pid === undefined ? this.#gone('it could not be started') : this.#child.kill(),
    );
    this.#child.once('exit', (code, signal) => this.#gone(signal ?? `exit code ${code}`));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  start(job: Job, confidences: Confidences): void {
    this.runs.add(job.run);
    this.#expect(job.run, job.timeoutMs + GRACE_MS);
    this.#send({ type: 'start', job, confidences: handOver(confidences) });
  }

  cancel(run: string): void {
    this.#expect(run, GRACE_MS);
    this.#send({ type: 'cancel', run });
  }

  answer(run: string, question: string, answer: Answer): void {
    this.#send({ type: 'answer', run, question, answer });
  }

  /** Ends the process; its runs are lost. */
  stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return Promise.resolve();
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.kill('SIGKILL');
    return gone;
  }

  #send(message: ToWorker): void {
    // A closed pipe means that the process is going; its exit event reports the run as lost.
    this.#child.send(message, () => undefined);
  }

  /**
   * Budgets and cancel live inside the worker; one that hangs in a computation keeps neither. Then the process has to go, with
   * everything in it.
   */
  #expect(run: string, withinMs: number): void {
    clearTimeout(this.#deadlines.get(run));
    this.#deadlines.set(run, setTimeout(() => this.#child.kill('SIGKILL'), withinMs).unref());
  }

  #forget(run: string): void {
    this.runs.delete(run);
    clearTimeout(this.#deadlines.get(run));
    this.#deadlines.delete(run);
  }

  #receive(message: FromWorker): void {
    const { sink } = this.#options;
    if (message.type !== 'ready' && !this.runs.has(message.run)) return;
    switch (message.type) {
      case 'ready':
        return;
      case 'event':
        sink.emit(message.run, message.emitted);
        return;
      case 'evidence':
        sink.evidence(message.run, message.id, message.kind, message.body);
        return;
      case 'confided':
        sink.confide(message.run, message.question, message.confided);
        return;
      case 'end':
        this.#forget(message.run);
        sink.ended(message.run);
        this.#options.onEnded();
    }
  }

  #gone(how: string): void {
    const lost = [...this.runs];
    for (const run of lost) this.#forget(run);
    const why = draft('tool.interrupted', { what: `its worker process ended (${how})` });
    for (const run of lost) this.#options.sink.lost(run, why);
    this.#options.onExit(this);
  }
}

/** Nothing that the web process knows: no configuration, no secrets, no proxies. */
function minimalEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', TZ: 'UTC' } as NodeJS.ProcessEnv;
}
