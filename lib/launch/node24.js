// @ts-check
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Complaint } from './complaint.js';
import { readJson } from './project.js';

/** node:sqlite without a flag and TypeScript without a compiler: both need this release. */
export const oldestNode = 24;

/** The oldest Node that can run the launcher itself, which then runs everything else under the newer one. */
export const oldestLauncher = 18;

/**
 * @typedef {object} Host  What the launcher runs on.
 * @property {string} version  as process.versions.node
 * @property {string} platform
 * @property {string} arch
 * @property {string} execPath
 */

/** @type {Host} */
export const thisHost = {
  version: process.versions.node,
  platform: process.platform,
  arch: process.arch,
  execPath: process.execPath,
};

/** @param {string} version */
function major(version) {
  return Number.parseInt(version, 10);
}

/**
 * Whether the lockfile brings a Node of its own for this platform.
 * @param {string} root
 * @param {Host} host
 */
function bringsNode(root, host) {
  const names = Object.keys(readJson(root, 'package.json')?.optionalDependencies ?? {});
  return names.includes(`node-${host.platform}-${host.arch}`);
}

/**
 * Complains, before anything slow, if neither this Node nor one from the lockfile can run the program.
 * @param {string} root
 */
export function checkNode(root, host = thisHost) {
  const found = `this is Node ${host.version} on ${host.platform}-${host.arch}`;
  if (major(host.version) >= oldestNode) return;
  if (major(host.version) < oldestLauncher) {
    throw new Complaint(
      `Node ${oldestNode} is needed and ${found}: install Node ${oldestNode} from https://nodejs.org.`,
    );
  }
  if (bringsNode(root, host)) return;
  throw new Complaint(
    `Node ${oldestNode} is needed, ${found}, and the project brings none for it: install Node ${oldestNode} from https://nodejs.org.`,
  );
}

/**
 * The path of a Node that is new enough: the one from the lockfile, which is the one tested, else the current process.
 * @param {string} root
 */
export function findNode(root, host = thisHost) {
  const own = path.join(root, 'node_modules', `node-${host.platform}-${host.arch}`, 'bin', 'node');
  if (major(versionOf(own)) >= oldestNode) return own;
  if (major(host.version) >= oldestNode) return host.execPath;
  throw new Complaint(
    `Node ${oldestNode} is needed, this is Node ${host.version}, and ${own} does not run here: install Node ${oldestNode} from https://nodejs.org.`,
  );
}

/** @param {string} node */
function versionOf(node) {
  const { stdout, status } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.replace('v', '') : '';
}
