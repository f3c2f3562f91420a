/** The lab in a process of its own, so that its work is not counted as ours. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { worldsIn } from '#lib/launch/lab.js';
import type { WorldEntry } from '#tests/lab/list.ts';

export interface LabProcess {
  world(name: string): WorldEntry;
  /** The file with its worlds, as the web server wants it. */
  readonly worldsFile: string;
  stop(): Promise<void>;
}

/** Not the lab's usual ports, so that one that runs already is not in the way. */
const PORT_BASE = 28_000;

/** Starts every world. */
export async function startLabProcess(): Promise<LabProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), 'throughline-bench-'));
  const program = fileURLToPath(new URL('../lab/main.ts', import.meta.url));
  const args = ['--disable-warning=ExperimentalWarning', program, '--ready-json', '--data', folder];
  const child = spawn(process.execPath, [...args, '--port-base', String(PORT_BASE)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const worlds = await readyWorlds(child);
  const worldsFile = path.join(folder, 'worlds.json');
  await writeFile(worldsFile, JSON.stringify(worlds));
  return {
    worldsFile,
    world: (name) => worlds.find((world) => world.name === name) ?? missing(name),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}

function missing(name: string): never {
  throw new Error(`The lab has no world named ${name}.`);
}

function readyWorlds(child: ChildProcess): Promise<WorldEntry[]> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the lab ended with ${code}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const worlds = worldsIn(line);
      if (worlds !== null) resolve(worlds as WorldEntry[]);
    });
  });
}
