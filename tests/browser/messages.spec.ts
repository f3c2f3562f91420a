/** Messages of a binary protocol: fields beside octets, by pointer, by keyboard, on a phone; and the other evidence of conversations. */
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { askingRoot } from '#tests/web/asking/confided.ts';
import { startWeb } from '#tests/web/server.ts';
import { test as base, expect, untilEnded } from './fixtures.ts';

/** The server's runs have seen what `tests/components/evidence-samples.ts` holds. */
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

/** Opens the step with this key, and what was seen in it. */
async function openSeen(page: Page, key: string, name: string): Promise<Locator> {
  await page.goto('/test/autodiscover');
  await page.getByLabel('E-mail address').fill('seen@contoso.example');
  await page.getByRole('button', { name: 'Run the test' }).click();
  await page.waitForURL(/\/run\/[^/]+$/);
  await untilEnded(page);
  const row = page.locator(`[data-node="${key}"]`);
  await row.click();
  const button = page.locator(`[data-node="${key}"] + .tree-detail`).getByRole('button', { name });
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  const body = page.locator('.evidence, .evidence-sheet');
  await expect(body).not.toContainText('Fetching');
  return body;
}

const messages = (page: Page) => openSeen(page, 'messages', 'Messages, field by field');
const long = (page: Page) => openSeen(page, 'long', 'Messages, field by field');

/** Opens the first message. */
async function firstMessage(page: Page): Promise<Locator> {
  const first = (await messages(page)).locator('.message').first();
  await first.locator('summary').click();
  await expect(first.getByRole('tree')).toBeVisible();
  return first;
}

/** What is marked, of the message itself or of a layer in it: first the octets, then the characters. */
const marked = (message: Locator, layer = 0): Promise<string[]> =>
  message.locator(`pre[data-layer="${layer}"] .hex-marked`).allTextContents();

const field = (message: Locator, name: string | RegExp) => message.getByRole('treeitem', { name });

test('the field under the pointer is marked in the octets, and what it was unpacked from', async ({ page }) => {
  const message = await firstMessage(page);
  expect(await marked(message)).toEqual([]);
  await field(message, /^Flags/).hover();
  await expect.poll(() => marked(message)).toEqual(['01 00 00 00', '....']);
  await field(message, /^version/).hover();
  await expect.poll(() => marked(message, 1)).toEqual(['00 01', '..']);
  expect((await marked(message)).join(' ')).toContain('00 01 02 03');
  await expect(message.getByText('payload › LZ77 › header › version')).toBeVisible();
  await page.mouse.move(0, 0);
  await expect.poll(() => marked(message)).toEqual([]);
});

test('by keyboard: arrows move in the tree, and the field with the focus is marked', async ({ page }) => {
  const message = await firstMessage(page);
  await message.locator('summary').first().focus();
  await page.keyboard.press('Tab');
  await expect(field(message, /^request/)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(field(message, /^Flags/)).toBeFocused();
  await expect.poll(() => marked(message)).toEqual(['01 00 00 00', '....']);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(field(message, /^request/)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('pay');
  await expect(field(message, /^payload/)).toBeFocused();
  // The steps of the run have not moved.
  await expect(page.locator('[data-node="messages"]')).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Tab');
  await expect(message.getByRole('group', { name: /^Octets of Connect/ })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(field(message, /^size/)).toHaveAttribute('aria-selected', 'true');
});

test('a press on an octet chooses its field, in the message and in what was unpacked', async ({ page }) => {
  const message = await firstMessage(page);
  await pressOctet(message, 0, '01 00');
  await expect(field(message, /^Flags/)).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => marked(message)).toEqual(['01 00 00 00', '....']);
  await field(message, /^request/).click();
  await expect(field(message, /^version/)).toHaveCount(0);
  await pressOctet(message, 1, '00 01');
  await expect(field(message, /^version/)).toHaveAttribute('aria-selected', 'true');
  await expect(field(message, /^version/)).toBeVisible();
});

/** Presses in the middle of the first octet of this text. */
async function pressOctet(message: Locator, layer: number, octets: string): Promise<void> {
  const block = message.locator(`pre[data-layer="${layer}"]`).first();
  const lines = ((await block.textContent()) ?? '').split('\n');
  const line = lines.findIndex((text) => text.slice(6).includes(octets));
  const column = (lines[line] ?? '').indexOf(octets, 6) + 1;
  const box = await block.evaluate((pre) => {
    const { width } = pre.getBoundingClientRect();
    return { width, height: Number.parseFloat(getComputedStyle(pre).lineHeight) };
  });
  const length = lines[line]?.length ?? 1;
  await block.click({ position: { x: (column / length) * box.width, y: (line + 0.5) * box.height } });
}

test('a message that could not be read is open, and the place is shown on both sides', async ({ page }) => {
  const message = (await messages(page)).locator('.message').nth(1);
  await expect(message.getByText('connect.response.ErrorCode at 0x0004 cannot be read')).toBeVisible();
  await expect(field(message, /^ErrorCode cannot be read/)).toBeVisible();
  expect(await message.locator('.hex-problem').allTextContents()).toEqual(['eb', '.']);
});

test('secrets are shown as left out', async ({ page }) => {
  const message = await firstMessage(page);
  await expect(message.getByText('·· stands for octets that are not kept')).toBeVisible();
  await expect(message.locator('pre').first()).toContainText('·· ·· ·· ··');
});

test('the octets of one message, and everything, can be saved', async ({ page }) => {
  const message = await firstMessage(page);
  const octets = await saved(page, message.getByRole('button', { name: 'Download its octets' }));
  expect(octets.name).toBe('01-connect-sent.bin');
  expect(octets.content).toHaveLength(52);
  const all = await saved(page, page.getByRole('button', { name: 'Download all of them (JSON)' }));
  expect(all.name).toBe('mapi-over-http-mail.contoso.example.json');
  expect(JSON.parse(all.content.toString()).messages).toHaveLength(3);
});

async function saved(page: Page, button: Locator): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

test('a message of 64 KiB with thousands of fields stays quick', async ({ page }) => {
  const message = (await long(page)).locator('.message').first();
  const rows = message.getByRole('tree');
  await field(message, /^rows/).click();
  await expect(field(message, /^\[99\]/)).toBeAttached();
  await expect(field(message, /^\[100\]/)).toHaveCount(0);
  await rows.getByRole('treeitem').first().press('End');
  await page.keyboard.press('Enter');
  await expect(field(message, /^\[100\]/)).toBeFocused();
  // Everything is marked anew at each of these, in the worst case.
  const took = await page.evaluate(async () => {
    const start = performance.now();
    for (let turn = 0; turn < 10; turn += 1) {
      const tree = document.querySelector('.message [role=tree]');
      const row = tree?.querySelector(`[data-field="${turn % 2 === 0 ? '0' : '0.5'}"]`);
      row?.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    }
    return performance.now() - start;
  });
  expect(took).toBeLessThan(5_000);
});

const kinds = [
  ['messages', 'Messages, field by field'],
  ['times', 'Response times'],
  ['facts', 'What was found out'],
] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [key, name] of kinds) {
      test(`${name}: nothing that keeps anybody out`, async ({ page }) => {
        const body = await openSeen(page, key, name);
        if (key === 'messages') await field(body, /^StatusCode/).click();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      });
    }
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 800 } });
  for (const [key, name] of kinds) {
    test(`${name}: nothing overflows`, async ({ page }) => {
      await openSeen(page, key, name);
      const sheet = page.getByRole('dialog', { name });
      expect(await sheet.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
      if (key !== 'messages') return;
      const panes = sheet.locator('.message-pane');
      for (const pane of await panes.all())
        expect(await pane.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
      const [tree, hex] = await Promise.all([panes.nth(0).boundingBox(), panes.nth(1).boundingBox()]);
      expect((tree?.y ?? 0) + (tree?.height ?? 0)).toBeLessThanOrEqual(hex?.y ?? 0);
    });
  }
});
