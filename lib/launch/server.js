// @ts-check
import http from 'node:http';
import { nextProgram } from './build.js';
import { AlreadyExplained, Complaint, ToolFailure } from './complaint.js';
import { start } from './processes.js';
import { serverEnvironment } from './settings.js';

/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** By this exit code the server says that its configuration is wrong, having said what is wrong. EX_CONFIG of sysexits.h */
const wrongConfiguration = 78;

const answerWithinMs = 60_000;
const askEveryMs = 50;

/** Long enough for a page that is compiled on its first request. */
const oneAnswerMs = 30_000;

/**
 * @typedef {object} Server
 * @property {ChildProcess} child
 * @property {() => string} heldBack  what it wrote while its output was not let through
 * @property {() => void} speak  lets its output through from now on
 */

/**
 * Starts Next's server. What it writes at first is held back: Next's banner says less than our one line.
 * @param {string} root
 * @param {string} node
 * @param {'start' | 'dev'} command
 * @param {Settings} settings
 * @param {Record<string, string>} extra  further variables
 * @returns {Server}
 */
export function startServer(root, node, command, settings, extra) {
  const next = [nextProgram(root), command, '-p', String(settings.port), '-H', settings.host];
  const args = ['--disable-warning=ExperimentalWarning', ...following(command), ...next];
  const mode = command === 'start' ? 'production' : 'development';
  const env = { ...process.env, NODE_ENV: mode, ...serverEnvironment(settings, root), ...extra };
  // The channel lets the server notice that the launcher is gone, whatever ended it.
  const child = start(node, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  let held = '';
  const hold = (/** @type {string} */ text) => {
    held += text;
  };
  child.stdout?.setEncoding('utf8').on('data', hold);
  const speak = () => {
    held = '';
    child.stdout?.off('data', hold).pipe(process.stdout);
  };
  return { child, heldBack: () => held, speak };
}

/**
 * The program itself watches the channel, but `next dev` runs it in a further process, which does not have it.
 * @param {'start' | 'dev'} command
 */
function following(command) {
  return command === 'dev' ? ['--import', new URL('./follow.js', import.meta.url).href] : [];
}

/**
 * Waits until the server answers, whatever it answers.
 * @param {Server} server
 * @param {Settings} settings
 */
export async function answering(server, settings) {
  const giveUpAt = Date.now() + answerWithinMs;
  while (!(await answers(settings))) {
    if (hasEnded(server.child)) throw endComplaint(server, 'before it answered');
    if (Date.now() > giveUpAt) throw new Complaint(`the server did not answer within ${answerWithinMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}

/**
 * Why a server that nobody stopped has ended.
 * @param {Server} server
 * @param {string} when
 */
export function endComplaint(server, when) {
  const { exitCode, signalCode } = server.child;
  if (exitCode === wrongConfiguration) return new AlreadyExplained();
  return new ToolFailure(`the server stopped ${when} (exit ${exitCode ?? signalCode}).`, server.heldBack());
}

/** @param {ChildProcess} child */
function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/**
 * @param {Settings} settings
 * @returns {Promise<boolean>}
 */
function answers({ host, port }) {
  // The wildcard addresses are for listening; asking goes to the loopback.
  const hostname = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return new Promise((resolve) => {
    const request = http.get({ hostname, port, path: '/', agent: false, timeout: oneAnswerMs }, (response) => {
      response.destroy();
      resolve(true);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
