/** A run asks its owner: seen, read and answered by mouse, by keyboard, on a phone, without JavaScript; a viewer sees only that it asks. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { askingRoot, ELSEWHERE, USER_CODE, VERIFICATION_URI } from '#tests/web/asking/confided.ts';
import { startWeb } from '#tests/web/server.ts';
import { test as base, expect, untilEnded } from './fixtures.ts';

/** The server's runs do nothing but ask. */
const test = base.extend({
  web: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      const web = await startWeb({ env: { THROUGHLINE_ROOT: askingRoot } });
      await use(web);
      await web.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

async function startAsking(page: Page, kind: 'redirect' | 'code' | 'both'): Promise<void> {
  await page.goto('/test/autodiscover');
  await page.getByLabel('E-mail address').fill(`${kind}@contoso.example`);
  await page.getByRole('button', { name: 'Run the test' }).click();
  await page.waitForURL(/\/run\/[^/]+$/);
}

const ASKS = `Go on to ${ELSEWHERE}, and sign in there?`;
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const yes = (page: Page) => page.getByRole('button', { name: 'Yes, go there' });

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
}

const treeTop = (page: Page) =>
  page.getByRole('tree').evaluate((tree) => Math.round(tree.getBoundingClientRect().top + window.scrollY));

test('the owner is asked where the answer will stand, has two minutes, and nothing moves', async ({ page }) => {
  await startAsking(page, 'both');
  await expect(page.getByText(ASKS)).toBeVisible();
  await expect(page.getByText('outside contoso.example')).toBeVisible();
  await expect(page.getByText(/^1:5\d left · 1 more after this$/)).toBeVisible();
  await expect(heading(page)).toContainText('Looking for the settings of both@contoso.example');
  const asked = await treeTop(page);
  await yes(page).click();
  await expect(page.getByText(USER_CODE)).toBeVisible();
  expect(await treeTop(page)).toBe(asked);
  await page.getByRole('button', { name: 'Go on without it' }).click();
  await untilEnded(page);
  await expect(page.locator('[data-outcome="incomplete"]')).toBeVisible();
  expect(await treeTop(page)).toBe(asked);
});

test('a code is large, can be copied, and leads to its page without saying where from', async ({ page }) => {
  await startAsking(page, 'code');
  const code = page.getByText(USER_CODE);
  await expect(code).toBeVisible();
  const look = await code.evaluate((output) => {
    const { fontFamily, fontSize } = getComputedStyle(output);
    return { fontFamily, size: Number.parseFloat(fontSize) };
  });
  expect(look.fontFamily).toContain('mono');
  expect(look.size).toBeGreaterThanOrEqual(22);
  const link = page.getByRole('link', { name: VERIFICATION_URI });
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('href', `${VERIFICATION_URI}?user_code=${USER_CODE}`);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy the code' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(USER_CODE);
  await page.reload();
  await expect(code).toBeVisible();
});

test('by keyboard alone it is answered, and the focus is not lost', async ({ page }) => {
  await startAsking(page, 'redirect');
  await expect(page.getByText(ASKS)).toBeVisible();
  await expect(yes(page)).not.toBeFocused();
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab');
    if (await yes(page).evaluate((button) => button === document.activeElement)) break;
  }
  await expect(yes(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'No', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(ASKS)).toBeHidden();
  await expect(heading(page)).toBeFocused();
});

test('a question is announced, and its clock is not', async ({ page }) => {
  await startAsking(page, 'redirect');
  const live = page.locator('[aria-live="polite"]', { hasText: ASKS });
  await expect(live).toHaveCount(1);
  await expect(live).not.toContainText('left');
});

test('who came by a link sees that something is asked, and neither code nor buttons', async ({
  page,
  browser,
  web,
}) => {
  await startAsking(page, 'both');
  await page.locator('summary', { hasText: 'Share' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByLabel('Link to this result').inputValue();
  const other = await browser.newContext();
  const viewer = await other.newPage();
  await viewer.goto(link.replace(/^https?:\/\/[^/]+/, web.url));
  await expect(viewer.getByText(ASKS)).toBeVisible();
  await expect(viewer.getByText('Whoever started this test is asked this now.')).toBeVisible();
  await expect(yes(viewer)).toHaveCount(0);
  await page.locator('summary', { hasText: 'Share' }).press('Escape');
  await yes(page).click();
  await expect(viewer.getByText('Sign in at login.contoso.example with a code')).toBeVisible();
  expect(await viewer.content()).not.toContain(USER_CODE);
  await other.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing in a question keeps anybody out (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await startAsking(page, 'both');
    await expect(page.getByText(ASKS)).toBeVisible();
    await expectAccessible(page);
    await yes(page).click();
    await expect(page.getByText(USER_CODE)).toBeVisible();
    await expectAccessible(page);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('it lies over the page, within reach, and moves nothing', async ({ page }) => {
    await startAsking(page, 'both');
    await expect(yes(page)).toBeInViewport();
    const asked = await treeTop(page);
    await yes(page).click();
    await expect(page.getByText(USER_CODE)).toBeInViewport();
    expect(await treeTop(page)).toBe(asked);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    await expectAccessible(page);
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('it is answered, and the page that comes back goes on', async ({ page }) => {
    await startAsking(page, 'both');
    await expect(async () => {
      await page.reload();
      await expect(page.getByText(ASKS)).toBeVisible({ timeout: 100 });
    }).toPass({ timeout: 20_000 });
    await yes(page).click();
    await expect(page.getByText(USER_CODE)).toBeVisible();
    await page.getByRole('button', { name: 'Go on without it' }).click();
    await expect(async () => {
      await page.reload();
      await expect(page.locator('[data-outcome="incomplete"]')).toBeVisible({ timeout: 100 });
    }).toPass({ timeout: 20_000 });
  });
});
