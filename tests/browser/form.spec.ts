/** The forms: what is wrong is said at the field, what was typed stays, and the password never comes back. */
import type { Page } from '@playwright/test';
import { expect, startTest, test, untilEnded } from './fixtures.ts';

/** Only the verdict reads so: while a test runs, its heading names the address, and that may hold any word. */
const verdict = /expired \d+ days ago/;

/** Turns off what a browser would stop by itself, so that the server's own check is seen. */
async function silenceBrowserChecks(page: Page): Promise<void> {
  await page.locator('form').evaluateAll((forms) => {
    for (const form of forms) form.setAttribute('novalidate', '');
  });
}

test('mistakes are said at their fields and summed up on top; values stay, the password does not', async ({ page }) => {
  await page.goto('/test/outlook');
  await silenceBrowserChecks(page);
  await page.getByLabel('E-mail address').fill('alice@nowhere');
  await page.getByLabel('Password', { exact: true }).fill('secret-that-must-not-return');
  await page.getByRole('button', { name: 'Run the test' }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'no dot' }).first();
  await expect(summary).toBeVisible();
  const email = page.getByLabel('E-mail address');
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(email).toHaveValue('alice@nowhere');
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  expect(await page.content()).not.toContain('secret-that-must-not-return');
  expect(page.url()).toContain('/test/outlook');
});

test('a missing password is said, and nothing is started', async ({ page }) => {
  await page.goto('/test/outlook');
  await silenceBrowserChecks(page);
  await page.getByLabel('E-mail address').fill('alice@contoso.example');
  await page.getByRole('button', { name: 'Run the test' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  expect(page.url()).toContain('/test/outlook');
});

const typedIn = [
  ['mapi-http', 'URL of the mailbox service', 'mail.contoso.example', 'begins with https://'],
  ['rpc-http', 'RPC proxy', 'mail.contoso.example/rpc', 'without a path'],
  ['rpc-http', 'RPC server behind it', 'a b', 'a GUID, an @ and a domain'],
  ['rpc-http', 'Principal name that Outlook expects', 'a:b', 'A principal name is msstd:'],
  ['outlook', 'Long wait, in seconds', '1801', 'from 0 to 1800'],
] as const;

for (const [analyzer, label, value, sentence] of typedIn) {
  test(`${analyzer}: a mistake in "${label}" opens the settings that it stands in`, async ({ page }) => {
    await page.goto(`/test/${analyzer}`);
    await silenceBrowserChecks(page);
    await page.getByLabel('E-mail address').fill('alice@contoso.example');
    await page.getByLabel('Password', { exact: true }).fill('secret');
    await page.getByText('Advanced settings').click();
    await page.getByLabel(label).fill(value);
    await page.getByRole('button', { name: 'Run the test' }).click();
    const field = page.getByLabel(label);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveValue(value);
    await expect(field).toBeVisible();
    const error = page.getByRole('alert').getByRole('link', { name: sentence });
    await error.click();
    await expect(field).toBeFocused();
    expect(page.url()).toContain(`/test/${analyzer}`);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBeLessThanOrEqual(0);
  });
}

test('a form is never filled in from the address bar', async ({ page }) => {
  await page.goto('/test/outlook?email=victim@contoso.example&username=victim');
  await expect(page.getByLabel('E-mail address')).toHaveValue('');
});

test('"Run again" brings the address and asks for the password anew', async ({ page, lab }) => {
  await startTest(page, lab, 'wrong-password');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('was refused');
  await page.getByRole('link', { name: 'Run again' }).click();
  await expect(page.getByLabel('E-mail address')).toHaveValue('alice@wrong-password.lab.test');
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
});

test('a lab system is tested by one press, and the TLS form works', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^Test it: Everything is well\.$/ }).click();
  await page.waitForURL(/\/run\//);
  await untilEnded(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('opens the mailbox');
  await page.goto('/test/tls');
  await page.getByLabel('Host').fill('autodiscover.certificate-expired.lab.test');
  await page.getByRole('button', { name: 'Run the test' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(verdict);
});

test('a lab system that leads out of its domain asks, and goes on with the answer', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^Test it: Redirects lead to a hoster .* nobody says/ }).click();
  await page.waitForURL(/\/run\//);
  const yes = page.getByRole('button', { name: 'Yes, go there' });
  await expect(
    page.getByText('outside redirect-not-confirmed.lab.test, and your sign-in would go along'),
  ).toBeVisible();
  await yes.click();
  await expect(yes).toBeHidden();
  await untilEnded(page);
  const signedIn = page.getByRole('treeitem', { name: /^Signed in to mail\.redirect-not-confirmed-other/ });
  await expect(signedIn.first()).toBeAttached();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a test can be started, and its result read', async ({ page, lab }) => {
    await startTest(page, lab, 'certificate-expired');
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole('heading', { level: 1 })).toContainText(verdict, { timeout: 100 });
    }).toPass({ timeout: 20_000 });
    await expect(
      page.getByText('The certificate of autodiscover.certificate-expired.lab.test expired').first(),
    ).toBeVisible();
  });

  test('mistakes are said, and values stay', async ({ page }) => {
    await page.goto('/test/tls');
    await page.getByLabel('Host').fill('https://mail.contoso.example/');
    await page.getByRole('button', { name: 'Run the test' }).click();
    await expect(page.getByText('only its host belongs here').first()).toBeVisible();
    await expect(page.getByLabel('Host')).toHaveValue('https://mail.contoso.example/');
  });
});
