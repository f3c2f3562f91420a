/** What keeps strangers out: names that are not ours, files that others cannot read, fields that take no more than they must. */
import { readdirSync, statSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FormClient } from '#tests/web/form-client.ts';
import { startWeb, type Web } from '#tests/web/server.ts';

let web: Web;
beforeAll(async () => {
  web = await startWeb({ env: { THROUGHLINE_ALLOWED_ORIGINS: 'throughline.example.test:8443' } });
});
afterAll(() => web.dispose());

/** The status of the front page under this name; `fetch` does not let one choose it. */
function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(web.url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject).end();
  });
}

test.each([
  ['localhost', 200],
  ['LOCALHOST:3000', 200],
  ['127.0.0.1', 200],
  ['192.0.2.7:80', 200],
  ['[::1]:3000', 200],
  ['throughline.example.test', 200],
  ['attacker.example', 421],
  ['attacker.example:3000', 421],
  ['localhost.attacker.example', 421],
  ['127.0.0.1.attacker.example', 421],
  ['attacker.example:80:80', 421],
])('asked as %s it answers %i', async (host, status) => {
  expect(await statusFor(host)).toBe(status);
});

test('a password longer than any that Windows knows is refused at its field, and not sent back', async () => {
  const client = new FormClient(web.url);
  const page = await client.submit('outlook', { email: 'alice@example.test', password: 'p'.repeat(257) });
  expect(page).toContain('longer than the 256 characters');
  expect(page).not.toContain('pppp');
});

test('nobody else on the machine can read a file of the data folder', () => {
  const files = readdirSync(web.data);
  expect(files).toContain('throughline.db');
  for (const file of files.filter((name) => name.startsWith('throughline')))
    expect(statSync(path.join(web.data, file)).mode & 0o077, file).toBe(0);
});
