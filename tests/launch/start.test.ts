import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fakeProject, freePort, launch, silent } from './fake-project.ts';
import { put } from './folders.ts';

const page = async (port: string) =>
  (await fetch(`http://127.0.0.1:${port}/`)).json() as Promise<Record<string, string>>;

test('the first start builds, the second does not, and both say where to look', async () => {
  const root = fakeProject();
  const port = await freePort();
  for (const building of [['Building… (first start, about half a minute)'], []]) {
    const server = launch(root, 'start.js', ['--port', port]);
    await server.line('runs at');
    expect(server.lines).toEqual([...building, `Throughline runs at http://localhost:${port} (Ctrl+C stops it)`]);
    server.child.kill('SIGTERM');
    expect(await server.end()).toBe(0);
    expect(server.errors).toEqual([]);
  }
});

test('the server is told what the person set', async () => {
  const root = fakeProject();
  const port = await freePort();
  const server = launch(root, 'start.js', [], { PORT: port, THROUGHLINE_DATA: 'kept' });
  await server.line('runs at');
  expect(await page(port)).toMatchObject({
    NODE_ENV: 'production',
    NEXT_MANUAL_SIG_HANDLE: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    THROUGHLINE_ROOT: root,
    THROUGHLINE_DATA: path.join(root, 'kept'),
  });
});

test('the lab comes and goes with the server', async () => {
  const root = fakeProject();
  const port = await freePort();
  const server = launch(root, 'start.js', ['--lab', '--port', port]);
  await server.line('runs at');
  const { THROUGHLINE_LAB: file = '' } = await page(port);
  const [world] = JSON.parse(readFileSync(file, 'utf8'));
  expect(file).toBe(path.join(root, 'data', 'lab', 'worlds.json'));
  expect(world.name).toBe('healthy');
  server.child.kill('SIGINT');
  expect(await server.end()).toBe(0);
  expect(() => process.kill(world.pid, 0)).toThrow('ESRCH');
});

test('a launcher that is killed takes its server along', async () => {
  const port = await freePort();
  const server = launch(fakeProject(), 'start.js', ['--port', port]);
  await server.line('runs at');
  server.child.kill('SIGKILL');
  await silent(port);
});

test('a server that does not stop when asked is ended within five seconds', async () => {
  const port = await freePort();
  const server = launch(fakeProject(), 'start.js', ['--port', port], { FAKE_STUBBORN: '1' });
  await server.line('runs at');
  const askedAt = performance.now();
  server.child.kill('SIGTERM');
  expect(await server.end()).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(5000);
  await silent(port);
});

test('a server that ends by itself is a failure', async () => {
  const port = await freePort();
  const server = launch(fakeProject(), 'start.js', ['--port', port]);
  await server.line('runs at');
  process.kill(Number((await page(port)).pid), 'SIGKILL');
  expect(await server.end()).toBe(1);
  expect(server.errors).toEqual(['Throughline: the server stopped unexpectedly (exit SIGKILL).']);
});

test('what the server says about a wrong configuration is said once', async () => {
  const server = launch(fakeProject(), 'start.js', ['--port', await freePort()], { FAKE_WRONG: '1' });
  expect(await server.end()).toBe(1);
  expect(server.errors).toEqual(['Throughline: FAKE_WRONG is wrong.']);
});

test('a failed build is shown', async () => {
  const root = fakeProject();
  put(root, 'node_modules/next/dist/bin/next', "console.log('app/page.tsx does not compile'); process.exit(1)");
  const server = launch(root, 'start.js', ['--port', await freePort()]);
  expect(await server.end()).toBe(1);
  expect(server.errors).toEqual([
    'app/page.tsx does not compile',
    'Throughline: the build failed; the reason stands above.',
  ]);
});

test('a lab that does not start is a failure', async () => {
  const root = fakeProject();
  put(root, 'tests/lab/main.ts', 'process.exit(3)');
  const server = launch(root, 'start.js', ['--lab', '--port', await freePort()]);
  expect(await server.end()).toBe(1);
  expect(server.errors).toEqual(['Throughline: the lab did not start (exit 3).']);
});

test.each([
  [['--prot'], {}, 'the option --prot is unknown; --help lists the options.'],
  [[], { PORT: 'abc' }, 'PORT has to be a port number from 1 to 65535, and it is "abc".'],
  [[], { THROUGHLINE_DATA: 'package.json/data' }, /^Throughline: the data folder .* cannot be written to/],
])('%j %j is one sentence before anything slow', async (args, env, sentence) => {
  const server = launch(fakeProject(), 'start.js', args, env);
  expect(await server.end()).toBe(1);
  expect(server.lines).toEqual([]);
  expect(server.errors).toHaveLength(1);
  expect(server.errors[0]).toMatch(typeof sentence === 'string' ? `Throughline: ${sentence}` : sentence);
});
