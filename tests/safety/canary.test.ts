/**
 * A planted password must be found nowhere: not in the database, not in what the server prints, not in any page, stream or export,
 * not in a worker's environment, not in any process's command line. In production and in development.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { FormClient } from '#tests/web/form-client.ts';
import { startWeb, type Web } from '#tests/web/server.ts';

/** Unlike anything else, with characters that HTML, URLs, JSON and Basic each write in another way. */
const CANARY = 'Kanarie:"<&>\u00fc7%q-2f9c1b';

const forms = [
  CANARY,
  encodeURIComponent(CANARY),
  CANARY.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  JSON.stringify(CANARY).slice(1, -1),
  Buffer.from(CANARY).toString('base64').replace(/=+$/, '').slice(0, -1),
  'q-2f9c1b',
];

function expectClean(text: string, where: string): void {
  expect(
    forms.filter((form) => text.includes(form)),
    where,
  ).toEqual([]);
}

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: ['wrong-password', 'echo-password', 'http-silent'] });
});
afterAll(() => lab.stop());

describe.each(['start', 'dev'] as const)('next %s', (mode) => {
  let web: Web;
  let pages: string[] = [];
  beforeAll(async () => {
    web = await startWeb({ mode, lab });
    const client = new FormClient(web.url);
    pages = await collectEverything(client);
  }, 180_000);
  afterAll(() => web.dispose());

  test('pages, streams, evidence, exports and error messages', () => {
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.join('')).toContain('auth.rejected');
    for (const page of pages) expectClean(page, page.slice(0, 200));
  });

  test('every file of the data folder', () => {
    const files = readdirSync(web.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.some(({ name }) => name.endsWith('.db'))).toBe(true);
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(path.join(parentPath, name));
      expectClean(bytes.toString('utf8') + bytes.toString('utf16le') + bytes.toString('latin1'), name);
    }
  });

  test('what the server printed', () => {
    expect(web.output()).toContain('Ready');
    expectClean(web.output(), 'output');
  });
});

test('no process shows it: neither in its command line nor in its environment, while a run is using it', async () => {
  const web = await startWeb({ lab });
  try {
    const client = new FormClient(web.url);
    await client.start('outlook', formOf('http-silent'));
    const seen = processesBelow(web.pid);
    expect(seen.length).toBeGreaterThan(1);
    for (const pid of seen) {
      expectClean(readFileSync(`/proc/${pid}/cmdline`, 'utf8'), `command line of ${pid}`);
      expectClean(readFileSync(`/proc/${pid}/environ`, 'utf8'), `environment of ${pid}`);
    }
  } finally {
    await web.dispose();
  }
});

function formOf(world: string): Record<string, string> {
  return { email: lab.world(world).email, username: '', password: CANARY };
}

/** Starts runs that are refused, echoed and hung, makes a mistake in a form, and reads all that the server gives out about them. */
async function collectEverything(client: FormClient): Promise<string[]> {
  const seen = [await client.submit('outlook', { ...formOf('wrong-password'), email: 'alice@nowhere' })];
  for (const world of ['wrong-password', 'echo-password']) {
    const run = await client.start('outlook', formOf(world));
    seen.push(
      await client.stream(run),
      await client.get(run),
      await client.get(`${run}/report.txt`),
      await client.get(`${run}/again`),
    );
    const report = await client.get(`${run}/report.json`);
    const evidence = [...report.matchAll(/"id": "(e\d+)"/g)].map(([, id]) => id);
    seen.push(report, ...(await Promise.all([...new Set(evidence)].map((id) => client.get(`${run}/evidence/${id}`)))));
  }
  return seen;
}

/** The process and all its descendants. */
function processesBelow(pid: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(all.map((one) => [one, parentOf(one)]));
  const family = new Set([pid]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const [one, parent] of parents) if (parent !== null && family.has(parent)) family.add(one);
  }
  return [...family];
}

function parentOf(pid: number): number | null {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
  } catch {
    // It ended between the listing and the look.
    return null;
  }
}
