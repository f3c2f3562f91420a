/** The timeline beside the tree: what ran side by side, seen and read. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, startTest, test, untilEnded } from './fixtures.ts';

const row = (page: Page, id: string) => page.locator(`[role=treeitem][data-node="autodiscover/${id}"]`);
const timeline = (page: Page) => page.getByRole('button', { name: 'Timeline' });

test('bars stand in one column for all levels, say when their step ran, and go again', async ({ page, lab }) => {
  await startTest(page, lab, 'certificate-expired');
  await untilEnded(page);
  await expect(page.locator('.tree-bar')).toHaveCount(0);
  const before = await page.getByRole('treeitem', { expanded: true }).count();
  await timeline(page).click();
  await expect(timeline(page)).toHaveAttribute('aria-pressed', 'true');
  await expect(row(page, 'https-autodiscover')).toHaveAccessibleName(/ from \d.* to \d/);
  await expect(row(page, 'https-autodiscover/sign-in')).not.toHaveAccessibleName(/ from \d.* to \d/);
  const edges = await page.locator('.tree-bar:visible').evaluateAll((bars) =>
    bars.map((bar) => {
      const { left, right } = bar.getBoundingClientRect();
      return `${Math.round(left)} ${Math.round(right)}`;
    }),
  );
  expect(new Set(edges).size).toBe(1);
  expect(await page.getByRole('treeitem', { expanded: true }).count()).toBe(before);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await timeline(page).click();
  await expect(page.locator('.tree-bar')).toHaveCount(0);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });
  test('the timeline does not overflow, and time stays on one line', async ({ page, lab }) => {
    await startTest(page, lab, 'certificate-expired');
    await untilEnded(page);
    await timeline(page).click();
    await expect(row(page, 'https-autodiscover').locator('.tree-bar')).toBeVisible();
    const root = page.locator(':root');
    expect(await root.evaluate((page) => page.scrollWidth - page.clientWidth)).toBeLessThanOrEqual(0);
    const heights = await page
      .locator('.tree-time:visible')
      .evaluateAll((times) => times.map((time) => time.clientHeight));
    expect(Math.max(...heights)).toBeLessThan(30);
  });
});
