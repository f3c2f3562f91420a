// @ts-check
import { spawnSync } from 'node:child_process';
import { runTool } from './processes.js';

/** Whether packages can be installed here without asking anybody. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * Installs Debian packages.
 * @param {string[]} packages
 * @returns {Promise<boolean>} whether it worked
 */
export async function installPackages(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Old lists name versions that the mirror no longer has. A failed update may still leave lists that do.
  await runTool('apt-get', ['update'], { env });
  const { code } = await runTool('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
  return code === 0;
}
