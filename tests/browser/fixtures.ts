/** Each test worker has a lab and a production server of its own. */
import { test as base, expect, type Page } from '@playwright/test';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { startWeb, type Web } from '#tests/web/server.ts';

interface WorkerFixtures {
  readonly lab: Lab;
  readonly web: Web;
}

interface TestFixtures {
  /** Fails the test if the page loads anything from elsewhere, or breaks its content security policy. */
  readonly clean: undefined;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  lab: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      const lab = await startLab({ port: 'any' });
      await use(lab);
      await lab.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  web: [
    async ({ lab }, use) => {
      const web = await startWeb({ lab });
      await use(web);
      await web.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ web }, use) => use(web.url),
  clean: [
    async ({ context, web }, use) => {
      const faults: string[] = [];
      context.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol !== 'data:' && origin !== web.url) faults.push(`asked ${origin}`);
      });
      context.on('console', (message) => {
        if (/Content.Security.Policy|Hydration|Minified React/i.test(message.text())) faults.push(message.text());
      });
      context.on('weberror', (error) => faults.push(String(error.error())));
      await use(undefined);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Fills in the Outlook form for a world and sends it; ends on the result page. */
export async function startTest(page: Page, lab: Lab, world: string): Promise<void> {
  const { email, password } = lab.world(world);
  await page.goto('/test/outlook');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Run the test' }).click();
  await page.waitForURL(/\/run\/[^/]+$/);
}

/** Waits until the run has ended: the verdict comes a moment earlier, and the tree settles after it. */
export async function untilEnded(page: Page): Promise<void> {
  await expect(page.getByRole('tree')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
}

/** Every row that is in the page: node, state and what it says, without times. */
export async function treeRows(page: Page): Promise<string[]> {
  const rows = page.getByRole('tree').locator('[role=treeitem][data-node]');
  const texts = await rows.evaluateAll((items) =>
    items.map((item) => `${item.getAttribute('data-node')} ${item.getAttribute('data-status')} ${item.textContent}`),
  );
  return texts.map((row) => row.replaceAll(/\d+(\.\d+)? (ms|s)(?![a-z])/g, '').trim());
}
