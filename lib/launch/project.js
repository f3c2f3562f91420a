// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const projectRoot = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/**
 * A JSON file of the project, or null if it is missing or damaged.
 * @param {string[]} parts
 */
export function readJson(...parts) {
  try {
    return JSON.parse(readFileSync(path.join(...parts), 'utf8'));
  } catch {
    return null;
  }
}

/**
 * The folder the person was in. npm changes to the project's folder before it runs a script and leaves the old one in
 * INIT_CWD; without that change the variable may stem from another project's npm.
 * @param {string} root
 */
export function callerFolder(root, cwd = process.cwd(), env = process.env) {
  const underNpm = cwd === root && env.npm_package_json === path.join(root, 'package.json');
  return (underNpm && env.INIT_CWD) || cwd;
}
