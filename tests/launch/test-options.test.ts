import { expect, test } from 'vitest';
import { readTestOptions } from '#lib/launch/test-options.js';

const read = (args: string[], env: Record<string, string> = {}) =>
  readTestOptions(args, env as unknown as NodeJS.ProcessEnv);

test('everything runs, and nothing is installed on a person’s machine', () => {
  expect(read([])).toEqual({ parts: ['check', 'vitest', 'browser'], filter: [], install: false, help: false });
});

test('a filter is for Vitest alone', () => {
  expect(read(['launch', 'wire'])).toMatchObject({ parts: ['vitest'], filter: ['launch', 'wire'] });
});

test('foreign programs are installed for a CI system or on request', () => {
  expect(read([], { CI: 'true' }).install).toBe(true);
  expect(read([], { CI: 'false' }).install).toBe(false);
  expect(read(['--install']).install).toBe(true);
});

test('one part can be chosen', () => {
  expect(read(['--only', 'browser']).parts).toEqual(['browser']);
  expect(() => read(['--only', 'brwoser'])).toThrow('check, vitest, browser');
  expect(() => read(['--only'])).toThrow('check, vitest, browser');
  expect(() => read(['--fast'])).toThrow('--fast is unknown');
});
