/** How long one test takes, and how much of that is work of ours rather than waiting for the network. */
import { performance } from 'node:perf_hooks';
import { runWorld } from '#tests/worlds/run-world.ts';
import type { LabProcess } from './lab-process.ts';
import { median, ms, type Part, percent, percentile } from './numbers.ts';

const RUNS = 30;

interface Sample {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Time in which the event loop was not waiting. */
  readonly busyMs: number;
}

/** Runs `outlook` against the healthy world. */
export async function measureOneRun(lab: LabProcess): Promise<Part> {
  const first = await sample(lab);
  const samples: Sample[] = [];
  while (samples.length < RUNS) samples.push(await sample(lab));
  const wall = samples.map(({ wallMs }) => wallMs);
  const busy = median(samples.map(({ busyMs }) => busyMs));
  const cpu = median(samples.map(({ cpuMs }) => cpuMs));
  return {
    title: '`outlook` on the healthy world, in one process',
    lines: [
      { what: 'wall time, median', value: ms(median(wall)), note: `${RUNS} runs; p95 ${ms(percentile(wall, 0.95))}` },
      { what: 'of that not network wait', value: ms(busy), note: `${percent(busy / median(wall))} of the wall time` },
      { what: 'processor time', value: ms(cpu), note: 'all threads, OpenSSL’s work for TLS among it' },
      { what: 'first run of a process', value: ms(first.wallMs), note: 'reads the trusted roots, and compiles' },
    ],
  };
}

async function sample(lab: LabProcess): Promise<Sample> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  const { report } = await runWorld(lab.world('healthy'));
  if (report.verdict.status !== 'passed') throw new Error(`the healthy world ended as ${report.verdict.status}`);
  const { user, system } = process.cpuUsage(cpu);
  const { active } = performance.eventLoopUtilization(loop);
  return { wallMs: performance.now() - started, cpuMs: (user + system) / 1_000, busyMs: active };
}
