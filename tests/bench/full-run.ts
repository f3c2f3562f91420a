/** How long a whole test takes from far away, and how much of that it has to. */
import { performance } from 'node:perf_hooks';
import type { WorldEntry } from '#tests/lab/list.ts';
import { runWorld } from '#tests/worlds/run-world.ts';
import { moveAway, type Order } from './distance.ts';
import type { LabProcess } from './lab-process.ts';
import { median, ms, type Part } from './numbers.ts';
import { chainOf } from './turns.ts';

const RUNS = 5;
const ROUND_TRIP_MS = 50;

export interface Sample {
  readonly wallMs: number;
  /** Round trips in all. */
  readonly turns: number;
  /** Those that followed one another, and how long they were waited for. */
  readonly chain: number;
  readonly waitedMs: number;
}

/** Runs `outlook` against the healthy world: near, far away, and both with one round trip at a time. */
export async function measureFullRun(lab: LabProcess): Promise<Part> {
  const world = lab.world('healthy');
  const usual = async (roundTripMs: number, isOneAtATime: boolean): Promise<Sample> =>
    middle(await sampleRuns(world, { roundTripMs, isOneAtATime }, RUNS));
  const near = await usual(0, false);
  const nearInSequence = await usual(0, true);
  const far = await usual(ROUND_TRIP_MS, false);
  const inSequence = await usual(ROUND_TRIP_MS, true);
  const ideal = far.chain * ROUND_TRIP_MS;
  const times = (one: number, other: number): string => `**${(one / other).toFixed(2)} times**`;
  return {
    title: '`outlook` on the healthy world, from far away',
    lines: [
      { what: 'no round-trip time', value: ms(near.wallMs), note: `median of ${RUNS} runs, as all below` },
      {
        what: 'the same, one round trip at a time',
        value: ms(nearInSequence.wallMs),
        note: `the run itself takes ${times(near.wallMs, nearInSequence.wallMs)} as long`,
      },
      { what: `round trips of ${ROUND_TRIP_MS} ms`, value: ms(far.wallMs), note: `${far.turns} round trips in all` },
      {
        what: 'critical path: those that follow one another',
        value: ms(far.waitedMs),
        note: `${far.chain} round trips, ${ms(ideal)} without what the server takes`,
      },
      {
        what: 'the run against its critical path (aim 1.2 or less)',
        value: `${(far.wallMs / far.waitedMs).toFixed(2)}`,
        note: 'the rest is work of ours, of the relay and of the lab, and waiting on purpose',
      },
      {
        what: `one round trip of ${ROUND_TRIP_MS} ms at a time`,
        value: ms(inSequence.wallMs),
        note: `the run itself takes ${times(far.wallMs, inSequence.wallMs)} as long (aim 0.33 or less)`,
      },
    ],
  };
}

/** Several runs that end well, after one that does not count. */
export async function sampleRuns(
  world: WorldEntry,
  way: Omit<Order, 'resolver'>,
  runs: number,
): Promise<readonly Sample[]> {
  const far = await moveAway(world, way);
  const sample = async (): Promise<Sample> => {
    const started = performance.now();
    const { report } = await runWorld(far.world);
    const wallMs = performance.now() - started;
    // One at a time, a server seems slow.
    if (!['passed', 'warning'].includes(report.verdict.status))
      throw new Error(`${world.name} ended as ${report.verdict.status}`);
    const turns = await far.turns();
    const { count, waitedMs } = chainOf(turns);
    return { wallMs, turns: turns.length, chain: count, waitedMs };
  };
  try {
    await sample();
    const samples: Sample[] = [];
    while (samples.length < runs) samples.push(await sample());
    return samples;
  } finally {
    await far.stop();
  }
}

/** One of them, whole: its figures belong together. */
function middle(samples: readonly Sample[]): Sample {
  const wall = median(samples.map(({ wallMs }) => wallMs));
  const found = samples.find(({ wallMs }) => wallMs === wall);
  if (found === undefined) throw new RangeError('no run, no middle');
  return found;
}
