/** The command line as a person or a script meets it: output, exit code, password, Ctrl+C. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type ResultNode, walk } from '#lib/result/node.ts';
import type { Report } from '#lib/result/report.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { cli, jsonOf, start } from './cli.ts';

const WORLDS = ['healthy', 'one-dead-address', 'wrong-password', 'bearer-only', 'http-silent'] as const;
type WorldName = (typeof WORLDS)[number];

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: WORLDS });
});
afterAll(() => lab.stop());

/** The arguments that test a world. */
function against(name: WorldName, ...more: string[]): string[] {
  const { email, username, options } = lab.world(name);
  return ['outlook', '--email', email, '--username', username, ...options, ...more];
}

const passwordOf = (name: WorldName) => ({ env: { THROUGHLINE_PASSWORD: lab.world(name).password } });

const nodesOf = (report: Report): ResultNode[] => [...walk(report.root)];

/** Every form in which the password could have been printed. */
function passwordForms(name: WorldName): string[] {
  const { username, password } = lab.world(name);
  return [password, Buffer.from(`${username}:${password}`).toString('base64'), encodeURIComponent(password)];
}

describe('the exit code', () => {
  test.each<[WorldName, number, RegExp]>([
    ['healthy', 0, /^PASSED: Outlook opens the mailbox/],
    ['one-dead-address', 1, /^WORKS, WITH WARNINGS: .*, but not all 2 addresses/],
    ['wrong-password', 2, /^FAILED: .*\n.*auth\.rejected/],
    ['bearer-only', 3, /^NOT TESTED TO THE END: /],
  ])('of %s is %i, and the result stands on standard output', async (name, code, first) => {
    const ended = await cli(against(name), passwordOf(name));
    expect(ended.code).toBe(code);
    expect(ended.out).toMatch(first);
    expect(ended.err).toBe('');
  });

  test.each([[['imap']], [['tls', 'a.test', '--bogus']], [['explain', 'no.such-code']]])(
    'of wrong usage is 3, with one sentence on standard error: %j',
    async (args) => {
      const ended = await cli(args);
      expect([ended.code, ended.out]).toEqual([3, '']);
      expect(ended.err).toMatch(/^throughline: [^\n]+\n$/);
    },
  );

  test('of a run out of its time is 3', async () => {
    const ended = await cli(against('http-silent', '--timeout', '1', '--format', 'json'), passwordOf('http-silent'));
    expect(ended.code).toBe(3);
    expect(jsonOf(ended).verdict).toMatchObject({ status: 'incomplete', summary: { key: 'tool.time-budget' } });
  });
});

describe('JSON', () => {
  test('is alone on standard output, with sentences and what was seen in it', async () => {
    const ended = await cli(against('healthy', '--format', 'json'), passwordOf('healthy'));
    const report = jsonOf(ended);
    expect(ended.err).toBe('');
    expect(report).toMatchObject({
      version: 1,
      analyzer: 'outlook',
      verdict: { status: 'passed', summary: { text: expect.stringMatching(/^Outlook opens/) } },
    });
    const evidence = nodesOf(report).flatMap((node) => node.evidence);
    expect(evidence.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'dns',
        'connections',
        'tls',
        'certificates',
        'revocation',
        'exchange',
        'settings',
        'clients',
      ]),
    );
    expect(evidence.filter(({ body }) => typeof body !== 'object' || body === null)).toEqual([]);
  });

  test('goes to a file, and then nothing goes to standard output', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'throughline-cli-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'result.json');
    const ended = await cli(against('healthy', '--format', 'json', '--output', file), passwordOf('healthy'));
    expect([ended.code, ended.out]).toEqual([0, '']);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ verdict: { status: 'passed' } });
  });

  test('for a file that cannot be written ends with a sentence and 3', async () => {
    const ended = await cli(against('healthy', '--output', '/nowhere/result.txt'), passwordOf('healthy'));
    expect([ended.code, ended.out]).toEqual([3, '']);
    expect(ended.err).toMatch(/^throughline: The result cannot be written to \/nowhere\/result\.txt: [^\n]+\n$/);
  });
});

describe('the password', () => {
  test.each([
    ['from the environment', [], passwordOf],
    ['from standard input', ['--password-stdin'], (name: WorldName) => ({ stdin: `${lab.world(name).password}\n` })],
    [
      'from standard input, without the end of its line',
      ['--password-stdin'],
      (name: WorldName) => ({ stdin: lab.world(name).password }),
    ],
    [
      'from standard input, as Windows writes it',
      ['--password-stdin'],
      (name: WorldName) => ({ stdin: `${lab.world(name).password}\r\nx` }),
    ],
  ] as const)('%s signs in, and is never printed', async (_name, more, input) => {
    const ended = await cli(against('healthy', '--format', 'json', ...more), input('healthy'));
    expect(ended.code).toBe(0);
    for (const form of passwordForms('healthy')) expect(ended.out + ended.err).not.toContain(form);
  });

  test('that is refused is not printed either', async () => {
    const ended = await cli(against('wrong-password', '--format', 'json'), passwordOf('wrong-password'));
    expect(nodesOf(jsonOf(ended)).flatMap(({ findings }) => findings.map(({ code }) => code))).toContain(
      'auth.rejected',
    );
    for (const form of passwordForms('wrong-password')) expect(ended.out + ended.err).not.toContain(form);
  });

  test('that is missing leaves the sign-in untested', async () => {
    const ended = await cli(against('healthy', '--format', 'json'));
    expect(ended.code).toBe(3);
    expect(jsonOf(ended).verdict.summary).toMatchObject({ key: 'tool.not-tested' });
  });
});

test('Ctrl+C in the middle ends at once, with what was seen until then', async () => {
  lab.resetCounts('http-silent');
  const { child, ended } = start(against('http-silent', '--format', 'json'), passwordOf('http-silent'));
  await vi.waitUntil(() => lab.counts('http-silent').requests > 0, { timeout: 30_000, interval: 10 });
  const stopped = performance.now();
  child.kill('SIGINT');
  const result = await ended;
  expect(performance.now() - stopped).toBeLessThan(5_000);
  expect(result.code).toBe(3);
  const report = jsonOf(result);
  expect(report.verdict).toMatchObject({ status: 'incomplete', summary: { key: 'tool.cancelled' } });
  expect(nodesOf(report).filter(({ status }) => status === 'passed').length).toBeGreaterThan(3);
  expect(nodesOf(report).filter(({ status }) => ['running', 'planned'].includes(status))).toEqual([]);
});

describe('what needs no test', () => {
  test('explain prints the article of a code', async () => {
    const ended = await cli(['explain', 'tls.certificate-expired']);
    expect([ended.code, ended.err]).toEqual([0, '']);
    expect(ended.out).toMatch(/code: tls\.certificate-expired/);
  });

  test('help says how to use it', async () => {
    const ended = await cli(['--help']);
    expect([ended.code, ended.err]).toEqual([0, '']);
    expect(ended.out).toMatch(/^Usage: /);
  });
});
