/** What a hostile server costs: the memory of a worker that is used the way the web server uses it, run after run. */
import { fileURLToPath } from 'node:url';
import { noOAuth } from '#lib/analyzers/oauth.ts';
import { parseRequest } from '#lib/analyzers/request.ts';
import { NO_CONFIDENCES, Secret } from '#lib/auth/secret.ts';
import { RUN_BUDGET_MS, type TestJob } from '#lib/engine/job.ts';
import { profileFromArguments } from '#lib/net/profile.ts';
import { WorkerPool } from '#lib/run/worker/pool.ts';
import type { WorldEntry } from '#tests/lab/list.ts';
import type { LabProcess } from './lab-process.ts';
import { peakDuring, residentOf } from './memory.ts';
import { type Line, mib, type Part } from './numbers.ts';

const RUNS = 150;
/** After how many runs the curve is looked at. */
const POINTS = [1, 50, 100, 150];
const WORLDS = ['huge-answer', 'many-headers', 'deep-xml'];

interface Measured {
  readonly peak: number;
  /** Memory after each of the points. */
  readonly curve: readonly number[];
}

/** Runs each hostile world in a fresh worker, many times, and the healthy one to compare them with. */
export async function measureHostile(lab: LabProcess): Promise<Part> {
  const healthy = await measureWorld(lab.world('healthy'));
  const lines = [lineOf('healthy', healthy, healthy)];
  for (const name of WORLDS) lines.push(lineOf(name, await measureWorld(lab.world(name)), healthy));
  const title = `Memory of one worker, ${RUNS} runs after each other: peak, and the curve after ${POINTS.join(', ')} runs`;
  return { title, lines };
}

function lineOf(name: string, { peak, curve }: Measured, healthy: Measured): Line {
  const note = `${curve.map(mib).join(', ')}; ${(peak / healthy.peak).toFixed(2)} times the healthy one`;
  return { what: `\`${name}\``, value: mib(peak), note };
}

async function measureWorld(world: WorldEntry): Promise<Measured> {
  const bench = new OneWorker();
  const curve: number[] = [];
  const peak = await peakDuring(
    () => bench.pids,
    async () => {
      for (let run = 1; run <= RUNS; run++) {
        await bench.run(world, run);
        if (POINTS.includes(run)) curve.push(bench.pids.reduce((sum, pid) => sum + residentOf(pid), 0));
      }
    },
  );
  await bench.close();
  return { peak, curve };
}

/** A pool of one, and the promise that its run ends. */
class OneWorker {
  readonly #pool: WorkerPool;
  #ended: () => void = () => undefined;

  constructor() {
    const nothing = (): void => undefined;
    this.#pool = new WorkerPool({
      entry: fileURLToPath(new URL('../../lib/engine/worker.ts', import.meta.url)),
      ...{ workers: 1, concurrent: 1, memoryMb: 512 },
      sink: {
        emit: nothing,
        evidence: nothing,
        confide: nothing,
        lost: (_run, why) => {
          throw new Error(`the worker was lost: ${JSON.stringify(why.args)}`);
        },
        ended: () => this.#ended(),
      },
    });
  }

  get pids(): readonly number[] {
    return this.#pool.pids;
  }

  run(world: WorldEntry, number: number): Promise<void> {
    const parsed = parseRequest(world.analyzer, { email: world.email, username: world.username });
    const profile = profileFromArguments(world.network);
    if (!parsed.ok || !profile.ok) throw new Error(`the world ${world.name} cannot be asked for`);
    const common = { test: parsed.request, network: profile.profile, oauth: noOAuth, timeoutMs: RUN_BUDGET_MS };
    const job: TestJob = { run: `bench-${number}`, ...common };
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ended = resolve;
    this.#pool.start(job, { ...NO_CONFIDENCES, password: Secret.of(world.password) });
    return promise;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
