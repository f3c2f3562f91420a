/** The ways to the settings are gone side by side: nobody waits for one that leads to a host which drops packets. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { RunEvent } from '#lib/result/events.ts';
import { find, type ResultNode, walk } from '#lib/result/node.ts';
import { redirectToHost } from '#tests/lab/autodiscover/redirects.ts';
import { service } from '#tests/lab/dns/records.ts';
import { mailServer, mailServerWithHttps } from '#tests/lab/hosts.ts';
import { http } from '#tests/lab/http/server.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { overTcp } from '#tests/lab/net/behaviours.ts';
import { dropped } from '#tests/lab/net/dropped-port.ts';
import { defineWorld } from '#tests/lab/world.ts';
import { runWorld, type WorldRun } from './run-world.ts';

const worlds = vi.hoisted(() => ({ allWorlds: [] as unknown[] }));
vi.mock('#tests/lab/worlds/index.ts', () => worlds);

const NAME = 'side-by-side';
const SILENT = 'autodiscover/https-root/tcp';
const OTHERS = ['https-autodiscover', 'http-redirect', 'srv'];

let lab: Lab;
let run: WorldRun;
beforeAll(async () => {
  const world = defineWorld({
    name: NAME,
    title: NAME,
    analyzer: 'autodiscover',
    records: (domain) => ({ '_autodiscover._tcp': [service(`mail.${domain}`)] }),
    hosts: {
      root: mailServerWithHttps(dropped),
      autodiscover: { ...mailServer(), http: overTcp(http(redirectToHost(({ domain }) => `mail.${domain}`))) },
      mail: mailServer(),
    },
  });
  worlds.allWorlds.push(world);
  lab = await startLab({ port: 'any' });
  run = await runWorld(lab.world(NAME));
}, 60_000);
afterAll(() => lab.stop());

/** When a node began or ended: the number of the event. */
function mark(kind: 'started' | 'ended', node: string): number {
  const event = run.events.find((one: RunEvent) => one.kind === kind && one.node === node);
  if (event === undefined) throw new Error(`${node} has not ${kind}`);
  return event.seq;
}

/** The steps of a way that were gone, without the groups around them. */
function stepsOf(method: string): ResultNode[] {
  const branch = find(run.report.root, `autodiscover/${method}`);
  const steps = branch === undefined ? [] : [...walk(branch)];
  return steps.filter(({ children, startedMs }) => children.length === 0 && startedMs !== null);
}

test('the silent host is waited for until nobody would wait any longer', () => {
  const silent = find(run.report.root, SILENT);
  expect(silent?.findings.map(({ code }) => code)).toEqual(['tcp.timeout']);
});

test.each(OTHERS)('%s begins and ends while that one still waits', (method) => {
  const steps = stepsOf(method).map(({ id }) => id);
  expect(steps.filter((id) => /(^|\/)settings$/.test(id))).toHaveLength(1);
  const began = mark('started', `autodiscover/${method}`);
  const over = mark('ended', SILENT);
  expect(began).toBeLessThan(over);
  for (const id of steps) {
    expect(mark('started', id), id).toBeGreaterThan(began);
    expect(mark('ended', id), id).toBeLessThan(over);
  }
  const last = Math.max(...steps.map((id) => mark('ended', id)));
  expect(last).toBeGreaterThan(mark('started', SILENT));
});

test('what each of them has found is told at once, and not when all are judged', () => {
  const judged = mark('ended', 'autodiscover');
  for (const method of OTHERS) {
    const shown = stepsOf(method).flatMap(({ id }) =>
      run.events.filter((one) => one.kind === 'evidence' && one.node === id),
    );
    expect(shown.length, method).toBeGreaterThan(0);
    for (const { seq } of shown) expect(seq).toBeLessThan(mark('ended', SILENT));
  }
  expect(judged).toBeGreaterThan(mark('ended', SILENT));
});
