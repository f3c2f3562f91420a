// @ts-check
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { canInstallPackages, installPackages } from './apt.js';
import { Complaint } from './complaint.js';
import { runTool } from './processes.js';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** What to do where no browser can be had; also the reason given for every skipped browser test. */
export const howToGetBrowser =
  'no browser found: install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH to one';

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The browser named by CHROMIUM_PATH, else one on the path, else null.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) {
    if (isProgram(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
    throw new Complaint(`CHROMIUM_PATH is "${env.CHROMIUM_PATH}", and no program is there.`);
  }
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const files = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return files.find(isProgram) ?? null;
}

/**
 * Finds a browser or installs one.
 * @param {string} root
 * @param {string} node
 * @param {(line: string) => void} say
 * @returns {Promise<string | null>}
 */
export async function ensureBrowser(root, node, say) {
  const found = findChromium() ?? playwrightsOwn(root, node);
  if (found !== null) return found;
  say('Installing a browser…');
  if (canInstallPackages() && (await installPackages(['chromium']))) {
    const installed = findChromium();
    if (installed !== null && starts(installed)) return installed;
  }
  await runTool(node, [path.join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], { cwd: root });
  return playwrightsOwn(root, node);
}

/**
 * The browser that Playwright has downloaded, if it starts here.
 * @param {string} root
 * @param {string} node
 */
function playwrightsOwn(root, node) {
  const code = "process.stdout.write(require('playwright-core').chromium.executablePath())";
  const file = spawnSync(node, ['-e', code], { cwd: root, encoding: 'utf8' }).stdout;
  return file !== '' && starts(file) ? file : null;
}

/** A download can lack the system's libraries, and a package can be a mere pointer to another store. @param {string} file */
function starts(file) {
  return spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0;
}
