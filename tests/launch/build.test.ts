import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ensureBuilt, isBuilt, sourceFiles } from '#lib/launch/build.js';
import { folderWith, put } from './folders.ts';

const next = 'node_modules/next/dist/bin/next';
const succeeds =
  "require('fs').mkdirSync('.next',{recursive:true});require('fs').writeFileSync('.next/BUILD_ID',String(process.pid))";

function project(builder = succeeds): string {
  return folderWith({
    'app/page.tsx': 'page',
    'lib/a.ts': 'a',
    'lib/launch/start.js': 'launcher',
    'package-lock.json': '{}',
    'next.config.js': '',
    'vitest.config.ts': '',
    'README.md': '',
    'tests/a.test.ts': '',
    [next]: builder,
  });
}

const build = (root: string) => ensureBuilt(root, process.execPath, () => {});

test('a build depends on the sources and the configuration, and on nothing else', () => {
  expect(sourceFiles(project())).toEqual(['app/page.tsx', 'lib/a.ts', 'next.config.js', 'package-lock.json']);
});

test('unchanged sources are built once', async () => {
  const root = project();
  expect(await build(root)).toBe(true);
  expect(await build(root)).toBe(false);
});

test.each([
  ['changed', (root: string) => put(root, 'lib/a.ts', 'b')],
  ['added', (root: string) => put(root, 'public/logo.svg', '<svg/>')],
  ['removed', (root: string) => rmSync(path.join(root, 'lib/a.ts'))],
  [
    'moved',
    (root: string) => {
      rmSync(path.join(root, 'lib/a.ts'));
      put(root, 'lib/b.ts', 'a');
    },
  ],
  ['changed in the lockfile', (root: string) => put(root, 'package-lock.json', '{ }')],
])('a file %s asks for a build', async (_how, change) => {
  const root = project();
  await build(root);
  change(root);
  expect(isBuilt(root)).toBe(false);
});

test.each([
  ['a test', 'tests/a.test.ts'],
  ['the launcher', 'lib/launch/start.js'],
  ['a document', 'README.md'],
])('%s is no source of the build', async (_what, file) => {
  const root = project();
  await build(root);
  put(root, file, 'changed');
  expect(isBuilt(root)).toBe(true);
});

test('a failed build leaves no stamp, not even an old one, and says what the builder said', async () => {
  const root = project();
  await build(root);
  put(root, 'lib/a.ts', 'broken');
  put(root, next, "console.error('lib/a.ts does not compile'); process.exit(1)");
  await expect(build(root)).rejects.toMatchObject({ output: 'lib/a.ts does not compile\n' });
  put(root, 'lib/a.ts', 'a');
  expect(isBuilt(root)).toBe(false);
});

test('a build made by hand does not pass for ours', async () => {
  const root = project();
  await build(root);
  put(root, '.next/BUILD_ID', 'by-hand');
  expect(isBuilt(root)).toBe(false);
});

test('a source saved while the build runs asks for the next one', async () => {
  const root = project(`${succeeds};require('fs').writeFileSync('lib/a.ts','saved meanwhile')`);
  await build(root);
  expect(isBuilt(root)).toBe(false);
});
