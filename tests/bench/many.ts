/** A hundred tests at once: how many run, how many wait, and what it costs. */
import { performance } from 'node:perf_hooks';
import type { RunEvent } from '#lib/result/events.ts';
import { FormClient } from '#tests/web/form-client.ts';
import type { Web } from '#tests/web/server.ts';
import type { LabProcess } from './lab-process.ts';
import { familyOf, peakDuring, residentOf } from './memory.ts';
import { mib, type Part } from './numbers.ts';

const RUNS = 100;
/** Each holds its place for the ten seconds that a silent server is given. */
const WORLD = 'silent-port';

export async function measureMany(web: Web, lab: LabProcess): Promise<Part> {
  const before = memoryOf(web);
  const server = residentOf(web.pid);
  const workers = familyOf(web.pid).length - 1;
  const started = performance.now();
  let runs: readonly Ended[] = [];
  let startedAllMs = 0;
  const peak = await peakDuring(
    () => familyOf(web.pid),
    async () => {
      const paths = await startAll(web, lab);
      startedAllMs = performance.now() - started;
      runs = await Promise.all(paths.map(follow));
    },
  );
  const wallMs = performance.now() - started;
  const waited = runs.filter(({ ahead }) => ahead > 0);
  const after = memoryOf(web);
  return {
    title: `${RUNS} runs of \`${WORLD}\` at once, production server with ${workers} workers`,
    lines: [
      {
        what: 'all started within',
        value: `${(startedAllMs / 1_000).toFixed(1)} s`,
        note: 'by form, one after another',
      },
      { what: 'ran at once', value: String(RUNS - waited.length), note: 'the cap' },
      {
        what: 'queued, and said so',
        value: String(waited.length),
        note: `the last behind ${Math.max(...runs.map(({ ahead }) => ahead))} others`,
      },
      {
        what: 'all had their verdict after',
        value: `${(wallMs / 1_000).toFixed(1)} s`,
        note: 'three rounds of ten seconds are the least',
      },
      {
        what: 'memory before, server and workers',
        value: mib(before),
        note: `${mib(server)} of it the server`,
      },
      {
        what: 'memory at its peak',
        value: mib(peak),
        note: `${(peak / before).toFixed(2)} times; every run is watched by one viewer`,
      },
      { what: 'memory after', value: mib(after), note: `${(after / before).toFixed(2)} times` },
    ],
  };
}

function memoryOf(web: Web): number {
  return familyOf(web.pid).reduce((sum, pid) => sum + residentOf(pid), 0);
}

interface Place {
  readonly client: FormClient;
  readonly path: string;
}

async function startAll(web: Web, lab: LabProcess): Promise<Place[]> {
  const { email, username, password } = lab.world(WORLD);
  const client = new FormClient(web.url);
  const places: Place[] = [];
  while (places.length < RUNS)
    places.push({ client, path: await client.start('outlook', { email, username, password }) });
  return places;
}

interface Ended {
  /** How many were ahead of it when it was created. */
  readonly ahead: number;
}

/** Watches a run to its end. */
async function follow({ client, path }: Place): Promise<Ended> {
  const events = eventsIn(await client.stream(path));
  const opened = events.find(({ kind }) => kind === 'opened');
  if (opened?.kind !== 'opened' || events.at(-1)?.kind !== 'closed') throw new Error(`${path} did not end`);
  return { ahead: opened.head.ahead };
}

/** The events in a stream's text. */
export function eventsIn(stream: string): RunEvent[] {
  const data = [...stream.matchAll(/^data: (\{"v".*\})$/gm)].map(([, json = '']) => json);
  return data.map((json) => JSON.parse(json) as RunEvent);
}
