// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from './processes.js';
import { readJson } from './project.js';
import { hashOf, readStamp, writeStamp } from './stamp.js';

const lockfile = 'package-lock.json';

/** Inside node_modules, so that it goes away together with what it vouches for. @param {string} root */
function stampFile(root) {
  return path.join(root, 'node_modules', '.throughline-installed');
}

/**
 * Whether node_modules holds what the lockfile says.
 * @param {string} root
 */
export function isInstalled(root) {
  if (readStamp(stampFile(root)) === hashOf(root, [lockfile])) return true;
  return holdsLockedPackages(root);
}

/**
 * Compares with the record that npm itself keeps, so that an installation made by hand counts as well.
 * @param {string} root
 */
function holdsLockedPackages(root) {
  const present = readJson(root, 'node_modules', '.package-lock.json')?.packages;
  const locked = readJson(root, lockfile)?.packages;
  if (!present || !locked) return false;
  const same = (/** @type {string} */ name) =>
    present[name]?.version === locked[name].version && existsSync(path.join(root, name));
  const needed = Object.keys(locked).filter((name) => name !== '' && (present[name] || !locked[name].optional));
  return needed.every(same) && Object.keys(present).every((name) => locked[name]);
}

/** npm as it was called, else the one on the path. @returns {[string, string[]]} */
function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  // npm's own Node stays in place while npm replaces node_modules, and with it the Node in there.
  return script && node ? [node, [script]] : ['npm', []];
}

/**
 * Installs the locked packages if they are not there.
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function ensureInstalled(root, say) {
  if (!isInstalled(root)) {
    say('Installing…');
    const [command, args] = npm();
    // Building and testing need the development packages, also where NODE_ENV says production.
    const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=warn'];
    await mustRun('the installation failed (npm ci); npm says why above.', command, [...args, ...flags], { cwd: root });
  }
  if (readStamp(stampFile(root)) === '') writeStamp(stampFile(root), hashOf(root, [lockfile]));
}
