import { expect, test } from 'vitest';
import { fakeProject, launch, putProgram } from './fake-project.ts';
import { put } from './folders.ts';

const passes = '';
const fails = (text: string) => `console.log(${JSON.stringify(text)}); process.exit(1);`;
const counts = (summary: object, code = 0) =>
  `require('node:fs').writeFileSync(process.env.THROUGHLINE_TEST_SUMMARY, ${JSON.stringify(JSON.stringify(summary))}); process.exit(${code});`;
const five = { passed: 5, failed: 0, skipped: [] };

function projectWith(tools: Record<string, string>) {
  const root = fakeProject({ biome: passes, tsc: passes, vitest: counts(five), playwright: counts(five), ...tools });
  return { root, chromium: putProgram(root, 'chromium') };
}

async function run(tools: Record<string, string>, args: string[] = []) {
  const { root, chromium } = projectWith(tools);
  const run = launch(root, 'test.js', args, { CHROMIUM_PATH: chromium });
  return { code: await run.end(), lines: run.lines, last: run.lines.at(-1) };
}

test('all stages count into the last line', async () => {
  expect(await run({})).toMatchObject({ code: 0, last: '13 passed, 0 failed' });
});

test('a failed stage shows its output and does not stop the next ones', async () => {
  const { code, lines, last } = await run({ biome: fails('lib/a.ts is not formatted') });
  expect(code).toBe(1);
  expect(lines).toContain('lib/a.ts is not formatted');
  expect(last).toBe('12 passed, 1 failed');
});

test('failed tests fail the run', async () => {
  const vitest = counts({ passed: 4, failed: 1, skipped: [] }, 1);
  expect(await run({ vitest })).toMatchObject({ code: 1, last: '12 passed, 1 failed' });
});

test('skipped tests are listed with their reason', async () => {
  const vitest = counts({ ...five, skipped: [{ name: 'compares with curl', reason: 'no curl' }] });
  const { code, lines, last } = await run({ vitest });
  expect(code).toBe(0);
  expect(lines).toContain('skipped: compares with curl (no curl)');
  expect(last).toBe('13 passed, 0 failed, 1 skipped');
});

test('a runner without a single test is a failure', async () => {
  expect(await run({ vitest: passes }, ['no-such-file'])).toMatchObject({ code: 1, last: '0 passed, 1 failed' });
});

test('a filter runs Vitest alone', async () => {
  expect(await run({ biome: fails('not asked for') }, ['wire'])).toMatchObject({ code: 0, last: '5 passed, 0 failed' });
});

test('without a build the browser tests are skipped, and the run fails', async () => {
  const listed = counts({ passed: 0, failed: 0, skipped: [{ name: 'draws the tree', reason: '' }] });
  const { root, chromium } = projectWith({ playwright: listed });
  put(root, 'node_modules/next/dist/bin/next', fails('does not compile'));
  const result = launch(root, 'test.js', [], { CHROMIUM_PATH: chromium });
  expect(await result.end()).toBe(1);
  expect(result.lines).toContain('skipped: draws the tree (the build failed)');
  expect(result.lines.at(-1)).toBe('7 passed, 1 failed, 1 skipped');
});

test('a CHROMIUM_PATH to nowhere is one sentence', async () => {
  const result = launch(projectWith({}).root, 'test.js', [], { CHROMIUM_PATH: '/nowhere/chromium' });
  expect(await result.end()).toBe(1);
  expect(result.errors).toEqual(['Throughline: CHROMIUM_PATH is "/nowhere/chromium", and no program is there.']);
});
