// @ts-check
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from './processes.js';
import { filesBelow, hashOf, readStamp, removeStamp, writeStamp } from './stamp.js';

const folders = ['app', 'components', 'lib', 'public'];

/** Configuration that the built program never sees. */
const notBuilt = new Set(['biome.json', 'vitest.config.ts', 'playwright.config.ts', 'next-env.d.ts']);

/**
 * The files a build depends on.
 * @param {string} root
 */
export function sourceFiles(root) {
  const configuration = readdirSync(root).filter((name) => /\.(js|mjs|ts|tsx|json)$/.test(name) && !notBuilt.has(name));
  const launcher = path.join('lib', 'launch') + path.sep;
  return filesBelow(root, [...folders, ...configuration.sort()]).filter((file) => !file.startsWith(launcher));
}

/** @param {string} root */
function stampFile(root) {
  return path.join(root, '.next', 'throughline-built');
}

/**
 * The stamp names the sources and the build, so that a build made or broken off by hand does not pass for ours.
 * @param {string} root
 * @param {string} sources
 */
function stampText(root, sources) {
  return `${sources} ${readStamp(path.join(root, '.next', 'BUILD_ID'))}`;
}

/**
 * Whether the build that is there was made of the sources that are there.
 * @param {string} root
 */
export function isBuilt(root) {
  return readStamp(stampFile(root)) === stampText(root, hashOf(root, sourceFiles(root)));
}

/**
 * Builds the program if its sources changed since the last build.
 * @param {string} root
 * @param {string} node
 * @param {(line: string) => void} say
 * @returns {Promise<boolean>} whether there was anything to build
 */
export async function ensureBuilt(root, node, say) {
  if (isBuilt(root)) return false;
  const first = readStamp(path.join(root, '.next', 'BUILD_ID')) === '';
  say(first ? 'Building… (first start, about half a minute)' : 'Building… (the sources changed)');
  removeStamp(stampFile(root));
  // Taken before the build: a file saved while it runs makes the next start build again.
  const sources = hashOf(root, sourceFiles(root));
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  await mustRun('the build failed; the reason stands above.', node, [nextProgram(root), 'build'], { cwd: root, env });
  writeStamp(stampFile(root), stampText(root, sources));
  return true;
}

/**
 * Next's command line, run by path: the one found through a shell's path could be under another Node.
 * @param {string} root
 */
export function nextProgram(root) {
  return path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
}
