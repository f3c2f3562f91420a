// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Complaint } from './complaint.js';
import { start } from './processes.js';

/** The lab makes its certificates before it is ready; on a slow machine that takes a while. */
const readyWithinMs = 120_000;

/**
 * The worlds in the line by which the lab says that it is ready, or null for any other line.
 * @param {string} line
 * @returns {unknown[] | null}
 */
export function worldsIn(line) {
  try {
    const message = JSON.parse(line);
    return message?.lab === 'ready' && Array.isArray(message.worlds) ? message.worlds : null;
  } catch {
    return null;
  }
}

/**
 * Starts the lab, waits until it is ready and writes down its worlds for the server.
 * @param {string} root
 * @param {string} node
 * @param {string} data
 */
export async function startLab(root, node, data) {
  const args = ['--disable-warning=ExperimentalWarning', path.join(root, 'tests', 'lab', 'main.ts'), '--ready-json'];
  // The channel lets the lab notice that the launcher is gone, whatever ended it.
  const child = start(node, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const worlds = await readyWorlds(child);
  const file = path.join(data, 'lab', 'worlds.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(worlds)}\n`);
  return { child, file, worlds };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<unknown[]>}
 */
function readyWorlds(child) {
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ reason) => reject(new Complaint(`the lab did not start (${reason}).`));
    const late = setTimeout(() => fail(`it was not ready after ${readyWithinMs / 1000} s`), readyWithinMs);
    child.once('exit', (code, signal) => fail(`exit ${code ?? signal}`));
    child.once('error', (error) => fail(error.message));
    if (child.stdout === null) return;
    // Read to the end, also after the ready line: a full pipe would stop the lab.
    createInterface({ input: child.stdout }).on('line', (line) => {
      const worlds = worldsIn(line);
      if (worlds === null) return;
      clearTimeout(late);
      resolve(worlds);
    });
  });
}
