/** What a stranger writes into a certificate must not move the cursor, colour the screen or turn a line around. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cli, jsonOf } from '#tests/cli/cli.ts';
import { authorityInfoAccess, crlDistributionPoints } from '#tests/lab/pki/extensions.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'throughline-terminals-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const goal = path.join(folder, name);
  writeFileSync(goal, content);
  return goal;
}

const UNSEEN = '\u202eback\u2066wards\u200f\u2028\ufeff\u0000\u0007\u009b2J';
const ESCAPES = '\u001b]0;title\u0007\u001b[2J';
const root = makeCertificate({ authority: true, subject: { CN: `Root${UNSEEN}` } });
const leaf = makeCertificate({
  subject: { CN: [`ä${UNSEEN}`, `b${ESCAPES}`], O: UNSEEN },
  names: [ESCAPES, { mail: ESCAPES }, { uri: `http://${ESCAPES}` }],
  issuer: root,
  with: [
    authorityInfoAccess({ ocsp: [`http://a.invalid/${ESCAPES}`], issuers: [`http://b.invalid/${ESCAPES}`] }),
    crlDistributionPoints(`http://c.invalid/${ESCAPES}`, `javascript:${ESCAPES}`),
  ],
});
const check = ['certificate', '--leaf', file('leaf.pem', leaf.pem), '--roots', file('root.pem', root.pem)];

test.each(['tree', 'json'])('as %s there is nothing but text', async (format) => {
  const ended = await cli([...check, '--host', 'mail.example.test', '--no-fetch', '--format', format]);
  expect(ended.code).toBe(2);
  const unseen = (ended.out + ended.err).match(/[^\P{C}\n]|\p{Zl}|\p{Zp}/gu);
  expect(unseen).toBeNull();
  if (format === 'json') expect(jsonOf(ended).verdict.code).toBe('tls.certificate-name-mismatch');
});
