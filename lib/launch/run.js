// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { Complaint } from './complaint.js';
import { ensureInstalled } from './install.js';
import { checkNode, findNode } from './node24.js';
import { launch } from './processes.js';
import { callerFolder, projectRoot } from './project.js';

/** Standard output belongs to the program that is run. @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

/** @returns {Promise<number>} the program's exit code */
async function main() {
  const [entry, ...args] = process.argv.slice(2);
  if (entry === undefined) throw new Complaint('run.js needs the path of a program, relative to the project.');
  checkNode(projectRoot);
  await ensureInstalled(projectRoot, say);
  return runProgram(findNode(projectRoot), path.resolve(projectRoot, entry), args);
}

/**
 * Runs a TypeScript program in the folder the person is in, with our own streams.
 * @param {string} node
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function runProgram(node, program, args) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', program, ...args], {
    cwd: callerFolder(projectRoot),
    stdio: 'inherit',
  });
  forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });
}

/**
 * Ctrl+C at a terminal reaches the child by itself; forwarded as well it would arrive twice, and twice may mean "at once".
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
}

launch(main);
