/**
 * What the pages, actions and routes ask for: starting, watching, sharing, removing runs.
 * One for the whole process. It hangs on `globalThis`, because Next gives each kind of bundle its own copy of a module.
 */
import { join } from 'node:path';
import { confidenceErrors } from '#lib/analyzers/confidences.ts';
import { type FieldError, headOf, type ParsedRequest, parseRequest, type TestRequest } from '#lib/analyzers/request.ts';
import type { Confidences } from '#lib/auth/secret.ts';
import { budgetOf, type TestJob } from '#lib/engine/job.ts';
import { vantageOf } from '#lib/net/profile.ts';
import type { Answer, Emitted, RunEvent } from '#lib/result/events.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import { fold } from '#lib/result/reducer.ts';
import { WorkerPool } from '#lib/run/worker/pool.ts';
import type { RunSink } from '#lib/run/worker/protocol.ts';
import type { LinkInfo, OpenLink } from '#lib/store/links.ts';
import { LiveRuns } from '#lib/store/live.ts';
import type { Store, StoredEvidence } from '#lib/store/store.ts';
import { newRunId } from '#lib/store/token.ts';
import { type ConfidedEntry, ConfidedToOwners } from './confided.ts';
import type { Config } from './config.ts';
import { type LabWorld, networkFor, oauthFor, readLab } from './lab.ts';
import { Viewers } from './result/viewers.ts';

const DAY_MS = 86_400_000;

/** A run's memory is bounded by its limits; this is room for all the runs of one worker. */
const WORKER_MB = 512;

/** Whoever sends forms without end must not fill the memory; nobody waits behind this many. */
const MOST_WAITING = 1_000;
/** Those that bring files of up to a megabyte along. */
const MOST_WAITING_FILES = 100;

/** An answer goes to a worker and comes back as an event: as good as at once, unless the worker is hung. */
const NOTED_WITHIN_MS = 1_000;

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
  readonly #confided = new ConfidedToOwners();
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
    const worlds = this.lab();
    const network = networkFor(hostOf(test), worlds, this.config.network);
    const oauth = oauthFor(hostOf(test), worlds, this.config.oauth);
    const job: TestJob = { run: newRunId(), test, network, oauth, timeoutMs: budgetOf(test) };
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

  /** Hands the owner's answer to the run, and waits until it is noted: a page that is made then shows the question no more. */
  async answer(run: string, question: string, answer: Answer): Promise<void> {
    this.#pool.answer(run, question, answer);
    await Promise.race([this.#noted(run, question), pause(NOTED_WITHIN_MS)]);
  }

  async #noted(run: string, question: string): Promise<void> {
    for (let change = this.changed(run); change !== null; change = this.changed(run)) {
      const { questions } = fold(await this.events(run));
      if (!questions.some(({ id }) => id === question)) return;
      await change;
    }
  }

  /** What the run's open questions hold that is for its owner alone. */
  confided(run: string): ConfidedEntry[] {
    return this.#confided.of(run);
  }

  /** Removes a run and everything that belongs to it. */
  async remove(run: string): Promise<void> {
    this.#pool.cancel(run);
    this.#confided.forget(run);
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
      emit: (run, emitted) => this.#append(run, emitted),
      evidence: (run, id, kind, body) => this.#live.putEvidence(run, { id, kind, body }),
      confide: (run, question, confided) => this.#confided.keep(run, question, confided),
      lost: (run, why) => this.#end(run, why),
      // For a run that has had its last event this changes nothing.
      ended: (run) => this.#end(run, interrupted('its worker ended it without a verdict')),
    };
  }

  #append(run: string, emitted: Emitted): void {
    if (emitted.body.kind === 'answered') this.#confided.forget(run, emitted.body.question);
    this.#live.append(run, emitted);
  }

  #end(run: string, why: FindingDraft): void {
    this.#confided.forget(run);
    this.#live.end(run, why);
  }
}

/** The host by which a lab's system is known. */
function hostOf(test: TestRequest): string {
  switch (test.analyzer) {
    case 'outlook':
    case 'autodiscover':
    case 'mapi-http':
    case 'rpc-http':
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

/** What the fields hold, and whether all is there that this test needs to sign in. */
function checkForm({ analyzer, values, errors }: TestForm, confidences: Confidences): ParsedRequest {
  const parsed = parseRequest(analyzer, values);
  const all = [...(parsed.ok ? [] : parsed.errors), ...confidenceErrors(analyzer, values, confidences), ...errors];
  return all.length === 0 ? parsed : { ok: false, errors: all };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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
