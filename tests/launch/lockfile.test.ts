import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { completed, missingEntries, platformIn } from '#lib/launch/lockfile.js';
import { projectRoot } from '#lib/launch/project.js';

const packages = {
  '': {},
  'node_modules/tool': {
    version: '2.0.0',
    dev: true,
    optionalDependencies: { '@tool/linux-x64': '2.0.0', '@tool/darwin-arm64': '^2.0.0' },
  },
  'node_modules/@tool/linux-x64': { version: '2.0.0', dev: true, optional: true },
};

test('npm ci takes the lockfile: every optional package of a locked one has an entry', () => {
  const lockfile = JSON.parse(readFileSync(path.join(projectRoot, 'package-lock.json'), 'utf8'));
  const missing = missingEntries(lockfile.packages).map(({ folder }) => folder);
  expect(missing, 'node lib/launch/complete-lockfile.js adds them').toEqual([]);
});

test('a missing entry is added in its place, for its platform', () => {
  const result = completed(packages);
  expect(missingEntries(result)).toEqual([]);
  expect(Object.keys(result)).toEqual([
    '',
    'node_modules/@tool/darwin-arm64',
    'node_modules/@tool/linux-x64',
    'node_modules/tool',
  ]);
  expect(result['node_modules/@tool/darwin-arm64']).toEqual({
    version: '2.0.0',
    dev: true,
    optional: true,
    os: ['darwin'],
    cpu: ['arm64'],
  });
});

test.each([
  ['node_modules/@next/swc-win32-x64-msvc', { os: ['win32'], cpu: ['x64'] }],
  ['node_modules/@biomejs/cli-linux-arm64-musl', { os: ['linux'], cpu: ['arm64'], libc: ['musl'] }],
  ['node_modules/@tailwindcss/oxide-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
  ['node_modules/@tailwindcss/oxide-wasm32-wasi', { cpu: ['wasm32'] }],
])('%s tells its platform', (folder, platform) => {
  expect(platformIn(folder)).toEqual(platform);
});
