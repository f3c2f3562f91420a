// @ts-check
import { canInstallPackages, installPackages } from './apt.js';
import { ensureBrowser, findChromium, howToGetBrowser } from './browser.js';
import { installCommand, missingForeign } from './foreign.js';
import { ensureInstalled } from './install.js';
import { checkNode, findNode } from './node24.js';
import { launch, stopOnSignals } from './processes.js';
import { projectRoot } from './project.js';
import { browser, build, formatAndLint, types, vitest, withoutBrowser } from './stages.js';
import { lastLine, skippedLines, sum } from './tally.js';
import { readTestOptions, testHelp } from './test-options.js';

/**
 * @typedef {import('./stages.js').StageResult} StageResult
 * @typedef {import('./stages.js').Place} Place
 * @typedef {import('./tally.js').Tally} Tally
 * @typedef {import('./test-options.js').TestOptions} TestOptions
 */

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Installs what the tests compare us with, as far as this machine lets us; a test without its program is skipped. */
async function installForeign() {
  const missing = missingForeign();
  if (missing.length === 0) return;
  const names = missing.map((program) => program.name).join(', ');
  if (!canInstallPackages()) return say(`Not installed, and not installable without root and apt-get: ${names}`);
  say(`Installing ${names}…`);
  await installPackages(missing.map((program) => program.debian));
  const still = missingForeign(missing);
  if (still.length > 0) say(`Could not be installed: ${installCommand(still)}`);
}

/**
 * Runs one stage and prints its line, and its output if it failed.
 * @param {string} name
 * @param {() => Promise<StageResult>} stage
 * @returns {Promise<Tally>}
 */
async function runStage(name, stage) {
  const startedAt = Date.now();
  const { tally, output } = await stage();
  if (tally.failed > 0) say(`${'─'.repeat(20)} ${name}\n${output.trimEnd()}\n${'─'.repeat(20)}`);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  say(`${name.padEnd(16)} ${lastLine(tally).padEnd(36)} ${seconds.padStart(6)} s`);
  return tally;
}

/**
 * The stages in their order. A failed one does not stop the next, except that a browser needs a build to look at.
 * @param {Place} place
 * @param {TestOptions} options
 * @returns {Promise<Tally[]>}
 */
async function runStages(place, { parts, filter }) {
  const withBrowser = parts.includes('browser');
  const chromium = withBrowser ? await ensureBrowser(place.root, place.node, say) : null;
  const tallies = [];
  if (parts.includes('check')) {
    tallies.push(await runStage('format and lint', () => formatAndLint(place)));
    tallies.push(await runStage('types', () => types(place)));
  }
  const built = parts.includes('check') || withBrowser ? await runStage('build', () => build(place)) : null;
  if (built) tallies.push(built);
  if (parts.includes('vitest')) tallies.push(await runStage('Vitest', () => vitest(place, filter)));
  if (withBrowser) tallies.push(await runStage('browser', () => browserStage(place, chromium, built?.failed === 0)));
  return tallies;
}

/**
 * @param {Place} place
 * @param {string | null} chromium
 * @param {boolean} built
 */
function browserStage(place, chromium, built) {
  if (!built) return withoutBrowser(place, 'the build failed');
  return chromium === null ? withoutBrowser(place, howToGetBrowser) : browser(place, chromium);
}

/** @returns {Promise<number>} exit code */
async function main() {
  const options = readTestOptions(process.argv.slice(2), process.env);
  if (options.help) {
    process.stdout.write(testHelp);
    return 0;
  }
  stopOnSignals(1);
  checkNode(projectRoot);
  // A wrong CHROMIUM_PATH is said before anything slow.
  findChromium();
  await ensureInstalled(projectRoot, say);
  if (options.install) await installForeign();
  const place = { root: projectRoot, node: findNode(projectRoot) };
  const total = sum(await runStages(place, options));
  for (const line of skippedLines(total.skipped)) say(line);
  say(lastLine(total));
  return total.failed === 0 ? 0 : 1;
}

launch(main);
