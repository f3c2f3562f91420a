/** A certificate is checked before it is installed: uploaded, pasted, by keyboard, on a phone, without JavaScript. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { writePkcs12 } from '#tests/lab/pki/pkcs12.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';
import { expect, test, untilEnded } from './fixtures.ts';

const HOST = 'mail.example.test';
const root = makeCertificate({ authority: true, subject: { CN: 'Root' }, key: pooledKey('rsa-2048', 'root') });
const leaf = makeCertificate({ names: [HOST], issuer: root, key: pooledKey('rsa-2048') });
const other = makeCertificate({ names: [HOST], issuer: root, key: pooledKey('rsa-2048', 'other') });

const upload = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});
const locked = (key = leaf) => upload('server.pfx', writePkcs12({ certificates: [leaf], key, passPhrase: 'secret' }));

const verdict = (page: Page) => page.getByRole('heading', { level: 1 });

/** Trusts the test's own root, and asks nobody. */
async function openForm(page: Page): Promise<void> {
  await page.goto('/test/certificate');
  await page.locator('summary', { hasText: 'Advanced settings' }).click();
  await page.getByLabel('Roots that are trusted').setInputFiles(upload('root.pem', root.pem));
  await page.getByLabel('Ask nobody').check();
}

async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run the test' }).click();
  await page.waitForURL(/\/run\/[^/]+$/);
}

test('somebody who comes by the symptom uploads a .pfx file and reads that it can be installed', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Check a certificate before installing it' }).click();
  await expect(verdict(page)).toHaveText('Can this certificate be installed?');
  await openForm(page);
  await page.getByLabel('Certificate file').setInputFiles(locked());
  await page.getByLabel('Pass phrase').fill('secret');
  await page.getByLabel('Names by which clients reach the server').fill(HOST);
  await run(page);
  await expect(verdict(page)).toContainText(`The certificate of ${HOST} can be installed`);
  await untilEnded(page);
  await expect(
    page.getByRole('treeitem', { name: 'The private key in the file belongs to the certificate' }),
  ).toBeVisible();
  const accessibility = await new AxeBuilder({ page }).analyze();
  expect(accessibility.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});

test('a key that belongs to another certificate is the first thing that is said', async ({ page }) => {
  await openForm(page);
  await page.getByLabel('Certificate file').setInputFiles(locked(other));
  await page.getByLabel('Pass phrase').fill('secret');
  await run(page);
  await expect(verdict(page)).toContainText('the private key in the file belongs to another certificate');
});

test('another pass phrase is told as what it is, and "Run again" asks for the file anew', async ({ page }) => {
  await openForm(page);
  await page.getByLabel('Certificate file').setInputFiles(locked());
  await page.getByLabel('Pass phrase').fill('another');
  await page.getByLabel('Names by which').fill(HOST);
  await run(page);
  await expect(verdict(page)).toContainText('this pass phrase does not open the file');
  await page.getByRole('link', { name: 'Run again' }).click();
  await expect(page.getByLabel('Names by which')).toHaveValue(HOST);
  await expect(page.getByLabel('Ask nobody')).toBeChecked();
  await expect(page.getByLabel('Certificate file')).toHaveValue('');
  await expect(page.getByLabel('Pass phrase')).toHaveValue('');
});

test('by keyboard alone a certificate is pasted and judged', async ({ page }) => {
  await page.goto('/test/certificate');
  await page.getByLabel('Certificate file').focus();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Or paste it')).toBeFocused();
  await page.keyboard.insertText(leaf.pem);
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Pass phrase')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type(HOST);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByLabel('Ask nobody').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/run\/[^/]+$/);
  await expect(verdict(page)).toContainText('Not ready to be installed');
  await expect(verdict(page)).toContainText('Root');
});

test('a file that is too large is refused before it is sent', async ({ page }) => {
  await page.goto('/test/certificate');
  await page.getByLabel('Certificate file').setInputFiles(upload('large.pem', Buffer.alloc(1_100_000, 'x')));
  await page.getByRole('button', { name: 'Run the test' }).click();
  const message = await page.getByLabel('Certificate file').evaluate((box: HTMLInputElement) => box.validationMessage);
  expect(message).toContain('larger than 1 MiB');
  expect(page.url()).toContain('/test/certificate');
});

test('what is wrong is said at the field, and what was typed stays', async ({ page }) => {
  await page.goto('/test/certificate');
  await page.getByLabel('Or paste it').first().fill(leaf.pem);
  await page.getByLabel('Names by which').fill('https://mail.example.test/owa');
  await page.getByRole('button', { name: 'Run the test' }).click();
  await expect(page.getByRole('alert').first()).toBeFocused();
  await expect(page.getByLabel('Names by which')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Names by which')).toHaveValue('https://mail.example.test/owa');
  await expect(page.getByLabel('Or paste it').first()).toHaveValue(/BEGIN CERTIFICATE/);
});

test.describe('without JavaScript, on a phone', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });

  test('a file is uploaded, and its result read', async ({ page }) => {
    await openForm(page);
    await page.getByLabel('Certificate file').setInputFiles(upload('server.der', leaf.der));
    await page.getByLabel('Names by which').fill('other.example.test');
    await run(page);
    await expect(async () => {
      await page.reload();
      await expect(verdict(page)).toContainText('was made for other names', { timeout: 100 });
    }).toPass({ timeout: 20_000 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  });
});
