import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ensureInstalled, isInstalled } from '#lib/launch/install.js';
import { folderWith, put } from './folders.ts';

const packages = {
  '': {},
  'node_modules/a': { version: '1.0.0' },
  'node_modules/other-platform': { version: '1.0.0', optional: true },
};
const lock = (changed = {}) => JSON.stringify({ packages: { ...packages, ...changed } });
const present = (version: string) => JSON.stringify({ packages: { 'node_modules/a': { version } } });

function installedByHand(version = '1.0.0'): string {
  return folderWith({
    'package-lock.json': lock(),
    'node_modules/.package-lock.json': present(version),
    'node_modules/a/package.json': '{}',
  });
}

test('nothing installed is not installed', () => {
  expect(isInstalled(folderWith({ 'package-lock.json': lock() }))).toBe(false);
});

test('an installation made by hand counts, without the packages of other platforms', () => {
  expect(isInstalled(installedByHand())).toBe(true);
});

test('another version than the locked one does not count', () => {
  expect(isInstalled(installedByHand('0.9.0'))).toBe(false);
});

test('a package that the lockfile has gained or lost does not count', () => {
  const root = installedByHand();
  put(root, 'package-lock.json', lock({ 'node_modules/b': { version: '1.0.0' } }));
  expect(isInstalled(root)).toBe(false);
  put(root, 'package-lock.json', JSON.stringify({ packages: { '': {} } }));
  expect(isInstalled(root)).toBe(false);
});

test('what is there is stamped and not installed again', async () => {
  const root = installedByHand();
  const said: string[] = [];
  await ensureInstalled(root, (line) => said.push(line));
  expect(said).toEqual([]);
  expect(existsSync(path.join(root, 'node_modules/.throughline-installed'))).toBe(true);
});
