import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue, isFindingCode } from '#lib/result/catalogue/index.ts';
import { settingsOf } from './client.ts';
import { startLab } from './lab.ts';
import { addressOf } from './layout.ts';
import { isPortTaken } from './net/listen.ts';
import { seededRandom } from './random.ts';
import { allWorlds } from './worlds/index.ts';

const program = fileURLToPath(new URL('./main.ts', import.meta.url));

// Far from the ports that people use by default, so that tests do not disturb a lab that is running.
const PORT_BASE = 28_000;

let data: string;
beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'throughline-lab-test-'));
});
afterAll(() => rm(data, { recursive: true }));

test('worlds have names of their own, and sentences for titles', () => {
  expect(new Set(allWorlds.map(({ name }) => name)).size).toBe(allWorlds.length);
  for (const { name, title } of allWorlds) {
    expect(name).toMatch(/^[a-z0-9-]+$/);
    expect(title).toMatch(/^[A-Z].*\.$/);
  }
});

test('every host of every world has an address of its own, also behind the 255th', () => {
  const numbers = Array.from({ length: 600 }, (_, index) => index + 1);
  const addresses = numbers.flatMap((number) => [addressOf(number, 'root'), addressOf(number, 'pki')]);
  expect(new Set(addresses).size).toBe(1200);
  expect([addressOf(255, 'root'), addressOf(256, 'root')]).toEqual(['127.77.255.1', '127.78.0.1']);
});

test('what a world must not find are all the other complaints', async () => {
  const lab = await startLab({ port: 'any', worlds: ['hosting-panel-only'] });
  const { must, mustNot } = lab.world('hosting-panel-only');
  await lab.stop();
  expect(must).toEqual(['tool.not-tested']);
  expect(mustNot.every(isFindingCode)).toBe(true);
  expect(mustNot).toContain('tls.certificate-expired');
  expect(mustNot).not.toContain('dns.host-not-found');
  expect(mustNot.filter((code) => catalogue[code].severity === 'notice')).toEqual([]);
});

test('two labs run at the same time, and their files go when they stop', async () => {
  const labs = await Promise.all([startLab({ port: 'any' }), startLab({ port: 'any' })]);
  for (const lab of labs) expect((await settingsOf(lab, 'healthy')).status).toBe(200);
  await Promise.all(labs.map((lab) => lab.stop()));
  for (const { roots } of labs) await expect(readFile(roots)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a lab that stops gives its ports back', async () => {
  const options = { port: PORT_BASE, data, worlds: ['healthy', 'port-dropped'] };
  for (let round = 0; round < 2; round++) await (await startLab(options)).stop();
});

test('a lab that cannot start leaves nothing behind', async () => {
  const occupant = createServer().listen({ host: '127.77.1.2', port: PORT_BASE + 443 });
  await once(occupant, 'listening');
  const options = { port: PORT_BASE, data, worlds: ['healthy'] };
  const failure = await startLab(options).catch((error: unknown) => error);
  expect(isPortTaken(failure)).toBe(true);
  occupant.close();
  await once(occupant, 'close');
  await (await startLab(options)).stop();
});

test('a world that does not exist is named', async () => {
  await expect(startLab({ port: 'any', worlds: ['no-such-world'] })).rejects.toThrow('no-such-world');
});

test('the program lists its worlds without starting them', async () => {
  const child = run('--list', '--format', 'json', '--port-base', String(PORT_BASE));
  const worlds = JSON.parse(await text(child.stdout));
  expect(worlds).toHaveLength(allWorlds.length);
  expect(worlds[0]).toMatchObject({ name: 'healthy', email: 'alice@healthy.lab.test', analyzer: 'outlook', must: [] });
  expect(worlds[0].options).toContain(`443=${PORT_BASE + 443}`);
});

test.each([
  ['SIGTERM', (child: Program) => child.kill('SIGTERM')],
  ['SIGINT', (child: Program) => child.kill('SIGINT')],
  ['the loss of its parent', (child: Program) => child.disconnect()],
])('the program says when it is ready, and ends cleanly on %s', async (_what, end) => {
  const child = runLab();
  expect(await firstLine(child)).toMatchObject({ lab: 'ready', worlds: { length: allWorlds.length } });
  end(child);
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('the program says in one sentence that a port is taken', async () => {
  const first = runLab();
  await firstLine(first);
  const second = runLab();
  const complaint = await text(second.stderr);
  first.kill();
  expect(complaint).toMatch(new RegExp(`^Port ${PORT_BASE + 53} is in use.*\\.\n$`));
  expect(second.exitCode ?? (await once(second, 'exit'))[0]).toBe(1);
  await once(first, 'exit');
});

test('chance gives the same sequence for the same seed', () => {
  const draw = (seed: string) => {
    const random = seededRandom(seed);
    return [random.below(1000), random.shuffled([1, 2, 3, 4, 5, 6, 7, 8]), random.pick(['a', 'b', 'c'])];
  };
  expect(draw('one')).toEqual(draw('one'));
  expect(draw('one')).not.toEqual(draw('two'));
});

type Program = ChildProcessByStdio<null, Readable, Readable>;

function run(...args: string[]): Program {
  return spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }) as Program;
}

function runLab(): Program {
  return run('--ready-json', '--port-base', String(PORT_BASE), '--data', data);
}

async function firstLine({ stdout }: Program): Promise<unknown> {
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line);
  throw new Error('The lab ended without a word.');
}
