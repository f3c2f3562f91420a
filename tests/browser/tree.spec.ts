/** Reading a result: by keyboard, on a phone, in the dark, with a machine's eyes for accessibility. */
import AxeBuilder from '@axe-core/playwright';
import { expect, startTest, test, untilEnded } from './fixtures.ts';

test('the failed path is open, passed branches are closed, and evidence is fetched when it is opened', async ({
  page,
  lab,
}) => {
  await startTest(page, lab, 'certificate-expired');
  await untilEnded(page);
  const base = 'autodiscover/https-autodiscover';
  const row = (id: string) => page.locator(`[role=treeitem][data-node="${id}"]`);
  await expect(row(`${base}/certificate`)).toHaveAttribute('aria-expanded', 'true');
  await expect(row(`${base}/dns`)).toHaveAttribute('aria-expanded', 'false');
  const fetched = page.waitForResponse(/\/evidence\//);
  await row(`${base}/certificate/trust`).click();
  expect((await fetched).status()).toBe(200);
  await expect(page.getByText('BEGIN CERTIFICATE').first()).toBeAttached();
});

test('everything in the tree works by keyboard', async ({ page, lab }) => {
  await startTest(page, lab, 'certificate-expired');
  await untilEnded(page);
  const active = () => page.evaluate(() => document.activeElement?.getAttribute('data-node'));
  await page.locator('[role=treeitem][tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await expect.poll(active).toBe('autodiscover');
  await page.keyboard.press('ArrowDown');
  await expect.poll(active).toBe('autodiscover/https-root');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(active).toBe('autodiscover/https-root/dns');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('[data-node="autodiscover/https-root"]')).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Home');
  await page.keyboard.press('f');
  await expect.poll(active).toContain('https-autodiscover');
  await page.keyboard.press('/');
  await expect(page.getByPlaceholder('Filter')).toBeFocused();
});

const pages = [
  ['/', 'start page'],
  ['/test/outlook', 'form'],
  ['/test/autodiscover', 'Autodiscover form'],
  ['/test/mapi-http', 'MAPI over HTTP form'],
  ['/test/rpc-http', 'RPC over HTTP form'],
  ['/test/tls', 'TLS form'],
  ['/test/certificate', 'certificate form'],
  ['/findings', 'articles'],
  ['/findings/tls.certificate-expired', 'article'],
] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [path, name] of pages) {
      test(`${name}: nothing that keeps anybody out`, async ({ page }) => {
        await page.goto(path);
        // The rows of the lab's table are hundreds, and all alike.
        const { violations } = await new AxeBuilder({ page }).exclude('tbody > tr:nth-child(n + 9)').analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      });
    }
    test('result: nothing that keeps anybody out', async ({ page, lab }) => {
      await startTest(page, lab, 'certificate-three-problems');
      await untilEnded(page);
      await openChain(page);
      expect(
        (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
      ).toEqual([]);
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });
  for (const path of pages.map(([path]) => path)) {
    test(`${path} does not overflow`, async ({ page }) => {
      await page.goto(path);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    });
  }
  test('a result does not overflow, nor does what was seen', async ({ page, lab }) => {
    await startTest(page, lab, 'certificate-three-problems');
    await untilEnded(page);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await openChain(page);
    const sheet = page.getByRole('dialog', { name: 'Certificates' });
    expect(await sheet.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual(
      [],
    );
  });
});

/** Opens the certificates of the failed host, and all that is folded in them. */
async function openChain(page: import('@playwright/test').Page): Promise<void> {
  await page.getByRole('button', { name: 'Certificates' }).last().click();
  await expect(page.locator('.chain-box').first()).toBeVisible();
  for (const fold of await page.locator('.fold > summary').all()) await fold.press('Enter');
}

function overflow(page: import('@playwright/test').Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
