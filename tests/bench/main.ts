/**
 * Measures what the program costs, prints it as Markdown and keeps it in the README beside this file. A benchmark and not a
 * test: nothing here fails because something is slow.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '#lib/launch/build.js';
import { projectRoot } from '#lib/launch/project.js';
import { FormClient } from '#tests/web/form-client.ts';
import { startWeb, type Web } from '#tests/web/server.ts';
import { measureFullRun } from './full-run.ts';
import { measureHostile } from './hostile.ts';
import { type LabProcess, startLabProcess } from './lab-process.ts';
import { measureLive } from './live.ts';
import { measureMany } from './many.ts';
import { markdown, type Part } from './numbers.ts';
import { measureOneRun } from './one-run.ts';
import { measureTls } from './tls.ts';
import { measureWeight } from './weight.ts';

const README = fileURLToPath(new URL('README.md', import.meta.url));
const MARKS = ['<!-- numbers -->', '<!-- end of numbers -->'] as const;

/** Standard output is for the numbers. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function measureAll(lab: LabProcess): Promise<Part[]> {
  say('One run…');
  const parts = [await measureOneRun(lab)];
  say('One run from far away…');
  parts.push(await measureFullRun(lab));
  say('TLS beside other scanners…');
  parts.push(await measureTls(lab));
  say('Hostile servers…');
  parts.push(await measureHostile(lab));
  say('A hundred runs…');
  parts.push(...(await withWeb(lab, {}, async (web) => [await measureMany(web, lab), await weighPages(web, lab)])));
  say('Live in a browser…');
  const oneAtATime = { THROUGHLINE_CONCURRENT: '1', THROUGHLINE_WORKERS: '1' };
  parts.push(await withWeb(lab, oneAtATime, (web) => measureLive(web, lab)));
  return parts;
}

async function weighPages(web: Web, lab: LabProcess): Promise<Part> {
  const { email, username, password } = lab.world('healthy');
  const client = new FormClient(web.url);
  return measureWeight(client, await client.start('outlook', { email, username, password }));
}

/** A production server for the time of one measurement. */
async function withWeb<T>(
  lab: LabProcess,
  more: Record<string, string>,
  measure: (web: Web) => Promise<T>,
): Promise<T> {
  const web = await startWeb({ env: { THROUGHLINE_LAB: lab.worldsFile, ...more } });
  try {
    return await measure(web);
  } finally {
    await web.dispose();
  }
}

function machine(): string {
  const memory = Math.round(totalmem() / 1024 ** 3);
  const processor = cpus()[0]?.model.trim() || 'unknown processor';
  return `${availableParallelism()} cores (${processor}), ${memory} GiB, Node ${process.versions.node}, Linux. The lab, the browser and the server share them.`;
}

function keep(numbers: string): void {
  const [begin, end] = MARKS;
  const readme = readFileSync(README, 'utf8');
  const before = readme.slice(0, readme.indexOf(begin) + begin.length);
  writeFileSync(README, `${before}\n\n${numbers}\n${readme.slice(readme.indexOf(end))}`);
}

await ensureBuilt(projectRoot, process.execPath, say);
const lab = await startLabProcess();
try {
  const numbers = `${machine()}\n\n${markdown(await measureAll(lab))}`;
  keep(numbers);
  process.stdout.write(numbers);
} finally {
  await lab.stop();
}
