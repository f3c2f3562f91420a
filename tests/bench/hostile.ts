/** What a hostile server costs: the memory of a worker that is used the way the web server uses it, run after run. */
import { fileURLToPath } from 'node:url';
import { parseRequest } from '#lib/analyzers/request.ts';
import { Secret } from '#lib/auth/secret.ts';
import { RUN_BUDGET_MS, type TestJob } from '#lib/engine/job.ts';
import { profileFromArguments } from '#lib/net/profile.ts';
import { WorkerPool } from '#lib/run/worker/pool.ts';
import type { WorldEntry } from '#tests/lab/list.ts';
import type { LabProcess } from './lab-process.ts';
import { peakDuring, residentOf } from './memory.ts';
import { type Line, mib, type Part } from './numbers.ts';

const RUNS = 20;
const WORLDS = ['healthy', 'huge-answer', 'many-headers', 'deep-xml'];

/** Runs each hostile world in a fresh worker, many times. */
export async function measureHostile(lab: LabProcess): Promise<Part> {
  const lines: Line[] = [];
  for (const name of WORLDS) lines.push(await measureWorld(lab.world(name)));
  return { title: `Memory of one worker, ${RUNS} runs after each other`, lines };
}

async function measureWorld(world: WorldEntry): Promise<Line> {
  const bench = new OneWorker();
  const after: number[] = [];
  const peak = await peakDuring(
    () => bench.pids,
    async () => {
      for (let run = 0; run < RUNS; run++) {
        await bench.run(world, run);
        after.push(bench.pids.reduce((sum, pid) => sum + residentOf(pid), 0));
      }
    },
  );
  await bench.close();
  const curve = [0, 4, 9, 14, 19].map((at) => mib(after[at] ?? 0)).join(' · ');
  return { what: `\`${world.name}\`, peak`, value: mib(peak), note: `after run 1, 5, 10, 15, 20: ${curve}` };
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
    const profile = profileFromArguments(world.options);
    if (!parsed.ok || !profile.ok) throw new Error(`the world ${world.name} cannot be asked for`);
    const common = { test: parsed.request, network: profile.profile, timeoutMs: RUN_BUDGET_MS };
    const job: TestJob = { run: `bench-${number}`, ...common };
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ended = resolve;
    this.#pool.start(job, Secret.of(world.password));
    return promise;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
