// @ts-check
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The files below some files and folders, relative to the root, in a fixed order. Missing ones and hidden ones are left out.
 * @param {string} root
 * @param {string[]} entries
 * @returns {string[]}
 */
export function filesBelow(root, entries) {
  return entries.flatMap((entry) => {
    const found = statSync(path.join(root, entry), { throwIfNoEntry: false });
    if (found === undefined) return [];
    if (!found.isDirectory()) return [entry];
    const names = readdirSync(path.join(root, entry)).filter((name) => !name.startsWith('.'));
    return filesBelow(
      root,
      names.sort().map((name) => path.join(entry, name)),
    );
  });
}

/**
 * One hash over the names and contents of files.
 * @param {string} root
 * @param {string[]} files
 */
export function hashOf(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(path.join(root, file));
    // The length keeps one file's end from passing for the next one's name.
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * The text of a stamp, or an empty one.
 * @param {string} file
 */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

/**
 * @param {string} file
 * @param {string} text
 */
export function writeStamp(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
}

/**
 * To be called before the work that the stamp vouches for, so that work broken off leaves none.
 * @param {string} file
 */
export function removeStamp(file) {
  rmSync(file, { force: true });
}
