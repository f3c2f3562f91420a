/**
 * What the pages, actions and routes ask for: starting, watching, sharing, removing runs.
 * One for the whole process. It hangs on `globalThis`, because Next gives each kind of bundle its own copy of a module.
 */
import { join } from 'node:path';
import { type FieldError, headOf, type ParsedRequest, parseRequest, type TestRequest } from '#lib/analyzers/request.ts';
import type { Confidences } from '#lib/auth/secret.ts';
import { RUN_BUDGET_MS, type TestJob } from '#lib/engine/job.ts';
import { vantageOf } from '#lib/net/profile.ts';
import type { RunEvent } from '#lib/result/events.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import { WorkerPool } from '#lib/run/worker/pool.ts';
import type { RunSink } from '#lib/run/worker/protocol.ts';
import type { LinkInfo, OpenLink } from '#lib/store/links.ts';
import { LiveRuns } from '#lib/store/live.ts';
import type { Store, StoredEvidence } from '#lib/store/store.ts';
import { newRunId } from '#lib/store/token.ts';
import type { Config } from './config.ts';
import { type LabWorld, networkFor, readLab } from './lab.ts';
import { Viewers } from './result/viewers.ts';

const DAY_MS = 86_400_000;

/** A run's memory is bounded by its limits; this is room for all the runs of one worker. */
const WORKER_MB = 512;

/** Whoever sends forms without end must not fill the memory; nobody waits behind this many. */
const MOST_WAITING = 1_000;
/** Those that bring files of up to a megabyte along. */
const MOST_WAITING_FILES = 100;

/** A test as a form sends it, without what is confidential. */
export interface TestForm {
  readonly analyzer: string;
  readonly values: Readonly<Record<string, string>>;
  /** What is wrong with the files that came along. */
  readonly errors: readonly FieldError[];
}

export type Started = { ok: true; run: string } | { ok: false; errors: readonly FieldError[] };

export class Service {
  readonly config: Config;
  /** Streams that are open. */
  readonly viewers = new Viewers();
  readonly #store: Store;
  readonly #live: LiveRuns;
  readonly #pool: WorkerPool;
  #stopping = false;

  constructor(config: Config, store: Store) {
    const { workers, concurrent, root } = config;
    const entry = join(/* turbopackIgnore: true */ root, 'lib', 'engine', 'worker.ts');
    this.config = config;
    this.#store = store;
    this.#live = new LiveRuns(store);
    this.#pool = new WorkerPool({ entry, workers, concurrent, memoryMb: WORKER_MB, sink: this.#sink() });
  }

  /** Checks what a form holds and starts the run. */
  start(form: TestForm, confidences: Confidences, ownerHash: string): Promise<Started> {
    return this.begin(checkForm(form, confidences), confidences, ownerHash);
  }

  /** Starts the run that was asked for. What is confidential goes to the worker and is not kept here. */
  async begin(parsed: ParsedRequest, confidences: Confidences, ownerHash: string): Promise<Started> {
    const checked = this.#refusal(parsed, confidences) ?? parsed;
    if (!checked.ok) return checked;
    const { request: test } = checked;
    const network = networkFor(hostOf(test), this.lab(), this.config.network);
    const job: TestJob = { run: newRunId(), test, network, timeoutMs: RUN_BUDGET_MS };
    await this.#live.open(job.run, ownerHash, headOf(test, vantageOf(network), this.#pool.ahead));
    this.#pool.start(job, confidences);
    return { ok: true, run: job.run };
  }

  #refusal(parsed: ParsedRequest, { file }: Confidences): ParsedRequest | null {
    if (this.#stopping) return refused('The server is being stopped.');
    const hasFiles = file !== null || (parsed.ok && parsed.request.analyzer === 'certificate');
    const most = hasFiles ? MOST_WAITING_FILES : MOST_WAITING;
    return this.#pool.ahead > most ? refused('Too many tests are waiting. Try again in a few minutes.') : null;
  }

  cancel(run: string): void {
    this.#pool.cancel(run);
  }

  /** Removes a run and everything that belongs to it. */
  async remove(run: string): Promise<void> {
    this.#pool.cancel(run);
    await this.#live.remove(run);
    this.viewers.stop(run);
  }

  /** The events after this `seq`. */
  after(run: string, seq: number): Promise<RunEvent[]> {
    return this.#live.after(run, seq);
  }

  /** All events so far. */
  events(run: string): Promise<RunEvent[]> {
    return this.after(run, 0);
  }

  /** Settles at the run's next event; null where none will come. Take it before reading. */
  changed(run: string): Promise<void> | null {
    return this.#live.subscribe(run);
  }

  evidence(run: string, id: string): Promise<StoredEvidence | null> {
    return this.#live.evidence(run, id);
  }

  /** The hash of the owner's token. */
  ownerOf(run: string): Promise<string | null> {
    return this.#live.ownerOf(run);
  }

  openLink(token: string): Promise<OpenLink | null> {
    return this.#store.links.open(token);
  }

  /** Makes a share link. @returns its token, which is shown once */
  async share(run: string): Promise<{ token: string; expiresAt: number }> {
    const expiresAt = Date.now() + this.config.linkDays * DAY_MS;
    return { token: await this.#store.links.make(run, 'none', expiresAt), expiresAt };
  }

  links(run: string): Promise<LinkInfo[]> {
    return this.#store.links.of(run);
  }

  /** Makes every link of the run worthless, also for those who are watching through one. */
  async revoke(run: string): Promise<void> {
    await this.#store.links.revoke(run);
    this.viewers.stop(run, 'viewer');
  }

  /** The lab's systems; null where no lab runs. */
  lab(): LabWorld[] | null {
    return this.config.labFile === null ? null : readLab(this.config.labFile);
  }

  async removeOld(): Promise<void> {
    await this.#store.removeOld(Date.now() - this.config.keepDays * DAY_MS);
  }

  /** Ends every run, tells those who watch, and closes the store. */
  async shutdown(): Promise<void> {
    this.#stopping = true;
    const why = interrupted('the server was stopped while it was running');
    for (const run of this.#live.running) this.#live.end(run, why);
    await Promise.all([this.#pool.close(), this.#live.settled()]);
    await this.viewers.gone();
    await this.#store.close();
  }

  #sink(): RunSink {
    return {
      emit: (run, emitted) => this.#live.append(run, emitted),
      evidence: (run, id, kind, body) => this.#live.putEvidence(run, { id, kind, body }),
      lost: (run, why) => this.#live.end(run, why),
      // For a run that has had its last event this changes nothing.
      ended: (run) => this.#live.end(run, interrupted('its worker ended it without a verdict')),
    };
  }
}

/** The host by which a lab's system is known. */
function hostOf(test: TestRequest): string {
  switch (test.analyzer) {
    case 'outlook':
      return test.domain;
    case 'tls':
      return test.host;
    case 'certificate':
      return test.hosts[0] ?? '';
  }
}

/** For what is wrong with no field, but with the moment. */
function refused(message: string): ParsedRequest {
  return { ok: false, errors: [{ field: '', message }] };
}

const TOO_LONG = 'The password is longer than the 256 characters that Windows allows.';

/** What the fields hold, and whether the password is there that this test needs. */
function checkForm({ analyzer, values, errors }: TestForm, { password }: Confidences): ParsedRequest {
  const parsed = parseRequest(analyzer, values);
  const message = password === null ? 'The password is missing.' : password.isTooLong ? TOO_LONG : null;
  const missing = analyzer === 'outlook' && message !== null ? [{ field: 'password', message }] : [];
  const all = [...(parsed.ok ? [] : parsed.errors), ...missing, ...errors];
  return all.length === 0 ? parsed : { ok: false, errors: all };
}

function interrupted(what: string): FindingDraft {
  return draft('tool.interrupted', { what });
}

const shared = globalThis as { throughlineService?: Service };

/** Makes this the one that `service` gives. */
export function install(one: Service): void {
  shared.throughlineService = one;
}

/** The service that was started with the server. */
export function service(): Service {
  if (shared.throughlineService !== undefined) return shared.throughlineService;
  throw new Error('Only a server that was started has runs: this page must not be rendered while building.');
}

/** Whether it has been started: a development server loads its modules more than once. */
export function installed(): boolean {
  return shared.throughlineService !== undefined;
}
