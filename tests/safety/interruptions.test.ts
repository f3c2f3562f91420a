/** What is left of a run when the server dies, is stopped, or loses a worker. */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { FormClient } from '#tests/web/form-client.ts';
import { startWeb, type Web } from '#tests/web/server.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: ['http-silent', 'silent-port', 'healthy'] });
});
afterAll(() => lab.stop());

function formOf(world: string): Record<string, string> {
  const { email, password } = lab.world(world);
  return { email, password };
}

/** Starts a run that hangs, and waits until it does. */
async function hangingRun(client: FormClient, web: Web): Promise<string> {
  const run = await client.start('outlook', formOf('http-silent'));
  await client.streamUntil(run, /"node":"autodiscover\/https-autodiscover\/challenge"/);
  expect(web.output()).not.toContain('Error');
  return run;
}

test('a server that is killed in the middle keeps what was seen, and the run says that it was interrupted', async () => {
  const first = await startWeb({ lab });
  const client = new FormClient(first.url);
  const run = await hangingRun(client, first);
  expect(await first.stop('SIGKILL')).toBe('SIGKILL');
  const second = await startWeb({ lab, data: first.data });
  try {
    const report = JSON.parse(await client.at(second.url).get(`${run}/report.json`));
    expect(report.verdict).toMatchObject({ status: 'incomplete', code: null });
    expect(report.verdict.summary.text).toContain('interrupted');
    expect(report.root.findings.map((finding: { code: string }) => finding.code)).toContain('tool.interrupted');
    const text = await client.at(second.url).get(`${run}/report.txt`);
    expect(text).toContain('speaks TLS 1.3');
  } finally {
    await second.dispose();
    await rm(first.data, { recursive: true, force: true });
  }
});

test('a server that is stopped tells those who watch, and ends in time with exit code 0', async () => {
  const web = await startWeb({ lab });
  const client = new FormClient(web.url);
  const run = await hangingRun(client, web);
  const watched = client.stream(run);
  const started = performance.now();
  expect(await web.stop('SIGTERM')).toBe(0);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(await watched).toMatch(/tool\.interrupted[\s\S]*"kind":"closed"/);
  await web.dispose();
});

test('a worker that is killed ends its own runs alone, and another takes its place', async () => {
  const web = await startWeb({ lab, env: { THROUGHLINE_WORKERS: '2' } });
  try {
    const client = new FormClient(web.url);
    const runs = [await hangingRun(client, web), await hangingRun(client, web)];
    const [worker] = childrenOf(web.pid);
    expect(worker).toBeDefined();
    process.kill(worker ?? 0, 'SIGKILL');
    const lost = await Promise.any(runs.map(async (run) => (await client.streamUntil(run, /"kind":"closed"/)) && run));
    expect(await client.get(`${lost}/report.txt`)).toContain('its worker process ended (SIGKILL)');
    const other = runs.find((run) => run !== lost);
    expect(await client.get(`${other}/report.txt`)).toContain('still going on');
    const healthy = await client.start('outlook', formOf('healthy'));
    expect(await client.stream(healthy)).toContain('"status":"passed"');
  } finally {
    await web.dispose();
  }
});

test('a store that cannot be written: the run is shown live, and says that it will not be kept', async () => {
  const web = await startWeb({ lab });
  const other = new DatabaseSync(path.join(web.data, 'throughline.db'));
  try {
    const client = new FormClient(web.url);
    const run = await hangingRun(client, web);
    other.exec('begin immediate');
    await client.streamUntil(run, /tool\.not-kept/);
    expect(await client.stream(run)).toMatch(/"code":"http\.timeout"[\s\S]*"kind":"closed"/);
    expect(await client.get(`${run}/report.txt`)).toContain('tool.not-kept');
  } finally {
    other.close();
    await web.dispose();
  }
});

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}
