// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { report, ToolFailure } from './complaint.js';

/**
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 * @typedef {import('node:child_process').SpawnOptions} SpawnOptions
 *
 * What a child is given. Next's types narrow NODE_ENV in Node's own type, so the environment has one of its own.
 * @typedef {Omit<SpawnOptions, 'env'> & { env?: Record<string, string | undefined> }} ChildOptions
 */

/** Children that have to end with the launcher. @type {Set<ChildProcess>} */
const running = new Set();

/** A requested stop must be over within five seconds; the last one is for what ignored the request. */
const patienceMs = 4000;

/** A second more or less does not matter to a server that has lost its terminal. */
const lookForParentMs = 500;

/** @type {Promise<void> | null} */
let stopped = null;

let requested = false;

/**
 * Starts a child that is stopped together with the launcher. It leads a process group of its own: Ctrl+C reaches the
 * launcher alone, which forwards it once, and a child that hangs can be killed with everything it started.
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions} options
 * @returns {ChildProcess}
 */
export function start(command, args, options) {
  const child = spawn(command, args, /** @type {SpawnOptions} */ ({ ...options, detached: true }));
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Asks every child to end, and kills what has not ended in time. */
export function stopAll() {
  stopped ??= endAll();
  return stopped;
}

/** Whether somebody asked for the stop: the end of a child is then no failure. */
export function isStopping() {
  return requested;
}

async function endAll() {
  const children = [...running];
  for (const child of children) child.kill('SIGTERM');
  const late = setTimeout(() => children.forEach(killGroup), patienceMs);
  await Promise.all(children.map((child) => ended(child)));
  clearTimeout(late);
}

/** @param {ChildProcess} child */
function killGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/**
 * Ends the launcher when it is asked to, after its children. Signals repeat (npm forwards what the terminal also sent),
 * so only the first counts.
 * @param {number} exitCode
 */
export function stopOnSignals(exitCode) {
  const stop = () => {
    requested = true;
    void stopAll().then(() => process.exit(exitCode));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  if (process.env.npm_lifecycle_event) onParentGone(stop);
}

/**
 * npm runs scripts in a shell, and a signal to npm may end that shell without reaching us: then we have another parent.
 * @param {() => void} stop
 */
function onParentGone(stop) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, lookForParentMs);
  watch.unref();
}

/**
 * Runs a launcher's main function, stops what it left running and ends with the exit code that it returns, or with 1.
 * @param {() => Promise<number>} main
 */
export async function launch(main) {
  // Whoever started us may read the first lines only; the server must not end because nobody reads its log.
  process.stdout.on('error', () => {});
  let code = 1;
  try {
    code = await main();
  } catch (error) {
    if (!requested) report(error);
  }
  await stopAll();
  // A requested stop ends the process in the signal's handler, with its own exit code.
  if (!requested) process.exit(code);
}

/**
 * Waits for a child's end: its exit code, or 128 and more if a signal ended it or it never started.
 * @param {ChildProcess} child
 * @returns {Promise<number>}
 */
export async function ended(child) {
  if (child.exitCode !== null) return child.exitCode;
  if (child.signalCode !== null || child.pid === undefined) return 128;
  const [code] = await once(child, 'exit');
  return code ?? 128;
}

/**
 * @typedef {object} ToolResult
 * @property {number} code
 * @property {string} output  what it wrote, both streams in their order
 */

/**
 * Runs a tool to its end with its output hidden.
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions} [options]
 * @returns {Promise<ToolResult>}
 */
export async function runTool(command, args, options = {}) {
  const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {string[]} */
  const output = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => output.push(text));
  const code = await new Promise((resolve) => {
    child.once('close', (status) => resolve(status ?? 128));
    child.once('error', (error) => {
      output.push(error.message);
      resolve(127);
    });
  });
  // A stop ends the process from the signal's handler; what waits for this tool must not go on meanwhile.
  if (isStopping()) await new Promise(() => {});
  return { code, output: output.join('') };
}

/**
 * Runs a tool that has to succeed.
 * @param {string} failure  the sentence if it does not
 * @param {Parameters<typeof runTool>} call
 */
export async function mustRun(failure, ...call) {
  const { code, output } = await runTool(...call);
  if (code !== 0) throw new ToolFailure(failure, output);
}
