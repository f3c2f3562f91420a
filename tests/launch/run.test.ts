import path from 'node:path';
import { expect, test } from 'vitest';
import { fakeProject, launch } from './fake-project.ts';
import { put } from './folders.ts';

test('a program gets its arguments, the folder of the person and standard output for itself', async () => {
  const root = fakeProject();
  put(
    root,
    'lib/cli/main.ts',
    'const args: string[] = process.argv.slice(2); console.log(JSON.stringify([args, process.cwd()]));',
  );
  const env = { npm_package_json: path.join(root, 'package.json'), INIT_CWD: path.join(root, 'app') };
  const program = launch(root, 'run.js', ['lib/cli/main.ts', 'tls', '--timeout', '5'], env);
  expect(await program.end()).toBe(0);
  expect(program.lines.map((line) => JSON.parse(line))).toEqual([[['tls', '--timeout', '5'], path.join(root, 'app')]]);
});

test('its exit code is passed on', async () => {
  const root = fakeProject();
  put(root, 'lib/cli/main.ts', 'process.exit(3)');
  expect(await launch(root, 'run.js', ['lib/cli/main.ts']).end()).toBe(3);
});

test('a signal reaches the program, which ends as it likes', async () => {
  const root = fakeProject();
  put(
    root,
    'lib/cli/main.ts',
    "setInterval(() => {}, 1e6); process.on('SIGTERM', () => process.exit(7)); console.log('ready');",
  );
  const program = launch(root, 'run.js', ['lib/cli/main.ts']);
  await program.line('ready');
  program.child.kill('SIGTERM');
  expect(await program.end()).toBe(7);
});
