// @ts-check
import { ensureBuilt } from './build.js';
import { checkData, checkPort } from './checks.js';
import { Complaint } from './complaint.js';
import { ensureInstalled } from './install.js';
import { startLab } from './lab.js';
import { checkNode, findNode } from './node24.js';
import { ended, stopOnSignals } from './processes.js';
import { projectRoot } from './project.js';
import { answering, endComplaint, startServer } from './server.js';
import { addressOf, help, readSettings } from './settings.js';

/** @typedef {import('./settings.js').Settings} Settings */

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * From a fresh checkout to a server that answers, until somebody stops it.
 * @param {'start' | 'dev'} command  Next's word for it
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function serve(command, args) {
  const settings = readSettings(args, process.env, projectRoot);
  if (settings.help) {
    process.stdout.write(help);
    return 0;
  }
  stopOnSignals(0);
  await checkFirst(settings);
  await ensureInstalled(projectRoot, say);
  const node = findNode(projectRoot);
  if (command === 'start') await ensureBuilt(projectRoot, node, say);
  return run(command, node, settings);
}

/**
 * Everything that can be known to be wrong before something slow begins.
 * @param {Settings} settings
 */
async function checkFirst(settings) {
  checkNode(projectRoot);
  checkData(settings.data);
  await checkPort(settings);
}

/**
 * @param {'start' | 'dev'} command
 * @param {string} node
 * @param {Settings} settings
 * @returns {Promise<never>}
 */
async function run(command, node, settings) {
  const lab = settings.lab ? await startLab(projectRoot, node, settings.data) : null;
  const server = startServer(projectRoot, node, command, settings, lab ? { THROUGHLINE_LAB: lab.file } : {});
  await answering(server, settings);
  if (lab) say(`The lab runs with ${lab.worlds.length} worlds`);
  say(`Throughline runs at ${addressOf(settings)} (Ctrl+C stops it)`);
  server.speak();
  const serverEnd = ended(server.child).then(() => endComplaint(server, 'unexpectedly'));
  if (lab === null) throw await serverEnd;
  const labEnd = ended(lab.child).then((code) => new Complaint(`the lab stopped unexpectedly (exit ${code}).`));
  throw await Promise.race([serverEnd, labEnd]);
}
