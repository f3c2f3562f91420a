/** How soon a person sees what has happened: from the moment of an event in the worker to the change on the page. */
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { findChromium, howToGetBrowser } from '#lib/launch/browser.js';
import type { RunEvent } from '#lib/result/events.ts';
import type { Web } from '#tests/web/server.ts';
import type { LabProcess } from './lab-process.ts';
import { eventsIn } from './many.ts';
import { ms, type Part, percentile } from './numbers.ts';

const RUNS = 12;

/** When a row of the tree took on a state, by the wall clock. */
interface Change {
  readonly node: string;
  readonly status: string;
  readonly at: number;
}

/**
 * The server runs one test at a time. A slow one holds the place until the page of the next stands there and waits; then
 * the slow one is cancelled, and everything that the other one does is seen as it happens.
 * @param web a server that runs one test at a time
 */
export async function measureLive(web: Web, lab: LabProcess): Promise<Part> {
  const title = 'From an event to the change on the page, Chromium';
  const executablePath = findChromium();
  if (executablePath === null) return { title, lines: [{ what: 'not measured', value: '', note: howToGetBrowser }] };
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const context = await browser.newContext({ baseURL: web.url });
    const delays: number[] = [];
    for (let run = 0; run < RUNS; run++) delays.push(...(await delaysOfOneRun(context, lab)));
    const worst = ms(Math.max(...delays));
    return {
      title,
      lines: [
        { what: 'p50', value: ms(percentile(delays, 0.5)), note: `${delays.length} changes in ${RUNS} runs` },
        { what: 'p95', value: ms(percentile(delays, 0.95)), note: `the longest took ${worst}` },
      ],
    };
  } finally {
    await browser.close();
  }
}

async function delaysOfOneRun(context: BrowserContext, lab: LabProcess): Promise<number[]> {
  const slow = await startIn(context, lab, 'http-silent');
  await slow.locator('[data-status="running"]').first().waitFor();
  const page = await startIn(context, lab, 'healthy');
  await page.getByText('Waiting for a free place').first().waitFor();
  await page.evaluate(watch);
  await slow.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'Run again' }).first().waitFor({ state: 'attached' });
  const changes = await page.evaluate(() => (window as unknown as Watching).changes);
  const stream = await context.request.get(`${new URL(page.url()).pathname}/events`);
  await Promise.all([slow.close(), page.close()]);
  return delaysOf(changes, eventsIn(await stream.text()));
}

/** Fills in the form as a person does, and waits for the page of the result. */
async function startIn(context: BrowserContext, lab: LabProcess, name: string): Promise<Page> {
  const { email, password } = lab.world(name);
  const page = await context.newPage();
  await page.goto('/test/outlook');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.locator('form[aria-label="Outlook test"] button[type=submit]').click();
  await page.waitForURL(/\/run\//);
  return page;
}

interface Watching {
  changes: Change[];
}

/** Runs in the page: writes down each state that a row takes on, at the moment at which it is in the document. */
function watch(): void {
  const changes: Change[] = [];
  const known = new Map<string, string>();
  const look = (): void => {
    const at = performance.timeOrigin + performance.now();
    for (const row of document.querySelectorAll<HTMLElement>('[data-node]')) {
      const { node = '', status = '' } = row.dataset;
      if (known.get(node) === status) continue;
      known.set(node, status);
      changes.push({ node, status, at });
    }
  };
  look();
  changes.length = 0;
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ['data-status'] });
  (window as unknown as Watching).changes = changes;
}

/** A state that was over before it could be drawn has no change, and is left out. */
function delaysOf(changes: readonly Change[], events: readonly RunEvent[]): number[] {
  return events.flatMap((event) => {
    const status = event.kind === 'started' ? 'running' : event.kind === 'ended' ? event.status : null;
    if (status === null || !('node' in event)) return [];
    const seen = changes.find((change) => change.node === event.node && change.status === status);
    return seen === undefined ? [] : [seen.at - event.at];
  });
}
