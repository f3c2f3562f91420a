/** A test from the form to the verdict, watched live, reloaded on the way, and seen by somebody else through a link. */
import { expect, startTest, test, treeRows, untilEnded } from './fixtures.ts';

test('steps arrive before the run ends, a reload goes on where it was, and a shared link shows the same tree', async ({
  page,
  lab,
  browser,
  web,
}) => {
  await startTest(page, lab, 'silent-port');
  const host = 'autodiscover.silent-port.lab.test';
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    'Looking for the server of alice@silent-port.lab.test',
  );
  await expect(page.getByRole('treeitem', { name: `Port 443 of ${host} is open` })).toBeVisible();
  await expect(page.locator('[data-node="autodiscover/https-autodiscover/tls"]')).toHaveAttribute(
    'data-status',
    'running',
  );

  await page.reload();
  await expect(page.locator('[data-node="autodiscover/https-autodiscover/tls"]')).toHaveAttribute(
    'data-status',
    'running',
  );

  await page.locator('summary', { hasText: 'Share' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByLabel('Link to this result').inputValue();
  expect(link).toMatch(/\/r\/[\w-]{22,}$/);
  const other = await browser.newContext();
  const viewer = await other.newPage();
  await viewer.goto(link.replace(/^https?:\/\/[^/]+/, web.url));
  await expect(viewer.getByRole('heading', { level: 1 })).toContainText('Looking for');
  await expect(viewer.getByRole('button', { name: 'Cancel' })).toHaveCount(0);

  const verdict = 'accepts the connection and then stays silent';
  await expect(page.getByRole('heading', { level: 1 })).toContainText(verdict, { timeout: 30_000 });
  await expect(viewer.getByRole('heading', { level: 1 })).toContainText(verdict);
  await untilEnded(page);
  await expect(viewer.locator('[data-outcome="failed"]')).toBeVisible();
  const rows = await treeRows(page);
  expect(rows.length).toBeGreaterThan(15);
  expect(await treeRows(viewer)).toEqual(rows);

  await viewer.reload();
  expect(await treeRows(viewer)).toEqual(rows);
  await other.close();
});

test('a revoked link shows nothing any more, and a run id alone never did', async ({ page, lab, browser, web }) => {
  await startTest(page, lab, 'healthy');
  await untilEnded(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('opens the mailbox');
  const run = new URL(page.url()).pathname;
  await page.locator('summary', { hasText: 'Share' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = (await page.getByLabel('Link to this result').inputValue()).replace(/^https?:\/\/[^/]+/, web.url);
  const stranger = await browser.newContext();
  const viewer = await stranger.newPage();
  expect((await viewer.goto(web.url + run))?.status()).toBe(404);
  expect((await viewer.goto(link))?.status()).toBe(200);
  await page.getByRole('button', { name: 'Revoke every link' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'No link to this result works' })).toBeVisible();
  expect((await viewer.goto(link))?.status()).toBe(404);
  for (const part of ['events', 'report.json', 'report.txt', 'evidence/e1']) {
    expect((await viewer.request.get(`${link}/${part}`)).status(), part).toBe(404);
    expect((await viewer.request.get(`${web.url}${run}/${part}`)).status(), part).toBe(404);
  }
  await stranger.close();
});

test('cancelling ends the run at once, and the result says so', async ({ page, lab }) => {
  await startTest(page, lab, 'http-silent');
  await expect(page.locator('[data-node="autodiscover/https-autodiscover/challenge"]')).toHaveAttribute(
    'data-status',
    'running',
  );
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('The test was cancelled');
  await expect(page.locator('[data-node="autodiscover/https-autodiscover/challenge"]')).toHaveAttribute(
    'data-status',
    'skipped',
  );
});

test('a run goes on when the browser is closed, and is there when it is opened again', async ({
  page,
  context,
  lab,
}) => {
  await startTest(page, lab, 'silent-port');
  const result = page.url();
  await page.close();
  const later = await context.newPage();
  await later.goto(result);
  await expect(later.getByRole('heading', { level: 1 })).toContainText('stays silent', { timeout: 30_000 });
});

test('eight results at once stay alive, hidden ones too', async ({ context, lab }) => {
  const pages = [];
  for (let tab = 0; tab < 8; tab++) {
    const page = await context.newPage();
    await startTest(page, lab, 'silent-port');
    pages.push(page);
  }
  for (const page of pages) {
    await page.bringToFront();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('stays silent', { timeout: 30_000 });
  }
});

test('what one way to the settings brings is on the page while another one still waits', async ({ page, lab }) => {
  await startTest(page, lab, 'slow-method-first');
  const step = (id: string) => page.locator(`[data-node="autodiscover/${id}"]`);
  await expect(step('https-autodiscover/settings')).toHaveAttribute('data-status', 'passed');
  await expect(step('https-root/tcp')).toHaveAttribute('data-status', 'running');
  await expect(page.locator('[data-outcome="running"]')).toBeVisible();
  await untilEnded(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('and nothing useful comes from there');
});
