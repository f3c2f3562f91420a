// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.js';
import { ToolFailure } from './complaint.js';
import { runTool } from './processes.js';
import { readJson } from './project.js';
import { summaryVariable } from './summary.js';
import { judgeRunner, nothing } from './tally.js';

/**
 * @typedef {import('./tally.js').Tally} Tally
 * @typedef {{ tally: Tally, output: string }} StageResult
 * @typedef {{ root: string, node: string }} Place
 */

const passed = { ...nothing, passed: 1 };
const failed = { ...nothing, failed: 1 };

/**
 * Runs one of the installed tools with Node 24, for itself and for what it starts.
 * @param {Place} place
 * @param {string} name
 * @param {string[]} args
 * @param {Record<string, string>} [extra]
 */
function runInstalled({ root, node }, name, args, extra = {}) {
  const { NODE_ENV: _mode, FORCE_COLOR: _color, ...inherited } = process.env;
  const PATH = [path.dirname(node), process.env.PATH].join(path.delimiter);
  const env = { ...inherited, PATH, NO_COLOR: '1', NEXT_TELEMETRY_DISABLED: '1', ...extra };
  return runTool(node, [path.join(root, 'node_modules', '.bin', name), ...args], { cwd: root, env });
}

/**
 * @param {Place} place
 * @returns {Promise<StageResult>}
 */
export async function formatAndLint(place) {
  const { code, output } = await runInstalled(place, 'biome', ['ci', '--error-on-warnings', '.']);
  return { tally: code === 0 ? passed : failed, output };
}

/**
 * @param {Place} place
 * @returns {Promise<StageResult>}
 */
export async function types(place) {
  // Next generates the types of routes; a checkout that was never built has none, and tsc would miss them.
  const generated = await runInstalled(place, 'next', ['typegen']);
  if (generated.code !== 0) return { tally: failed, output: generated.output };
  const { code, output } = await runInstalled(place, 'tsc', ['--noEmit']);
  return { tally: code === 0 ? passed : failed, output };
}

/**
 * @param {Place} place
 * @returns {Promise<StageResult>}
 */
export async function build({ root, node }) {
  try {
    await ensureBuilt(root, node, () => {});
    return { tally: passed, output: '' };
  } catch (error) {
    if (error instanceof ToolFailure) return { tally: failed, output: error.output };
    throw error;
  }
}

/**
 * @param {Place} place
 * @param {string[]} filter
 * @returns {Promise<StageResult>}
 */
export function vitest(place, filter) {
  const reporters = ['--reporter=default', `--reporter=${reporterFile('vitest-reporter.js')}`];
  return runCounted(place, 'vitest', ['run', ...reporters, ...filter]);
}

/**
 * @param {Place} place
 * @param {string} chromium  its path
 * @returns {Promise<StageResult>}
 */
export function browser(place, chromium) {
  const reporters = `--reporter=list,${reporterFile('playwright-reporter.js')}`;
  return runCounted(place, 'playwright', ['test', reporters], { CHROMIUM_PATH: chromium });
}

/**
 * Counts the browser tests as skipped.
 * @param {Place} place
 * @param {string} reason
 * @returns {Promise<StageResult>}
 */
export async function withoutBrowser(place, reason) {
  const args = ['test', '--list', `--reporter=${reporterFile('playwright-reporter.js')}`];
  const { summary, code, output } = await summarized(place, 'playwright', args);
  if (summary === null || code !== 0) return { tally: failed, output };
  return { tally: { ...nothing, skipped: summary.skipped.map(({ name }) => ({ name, reason })) }, output };
}

/** @param {string} name */
function reporterFile(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}

/**
 * @param {Parameters<typeof summarized>} call
 * @returns {Promise<StageResult>}
 */
async function runCounted(...call) {
  const { summary, code, output } = await summarized(...call);
  return { tally: judgeRunner(summary, code), output };
}

/**
 * Runs a test runner whose reporter leaves a summary.
 * @param {Place} place
 * @param {string} name
 * @param {string[]} args
 * @param {Record<string, string>} [extra]
 */
async function summarized(place, name, args, extra = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'throughline-test-'));
  try {
    const file = path.join(folder, 'summary.json');
    const { code, output } = await runInstalled(place, name, args, { ...extra, [summaryVariable]: file });
    /** @type {Tally | null} */
    const summary = readJson(file);
    return { summary, code, output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
