/** Who sits between client and server. */
import { expect, test } from 'vitest';
import rules from '#lib/pki/data/interception.json' with { type: 'json' };
import { interceptorOf } from '#lib/pki/interception.ts';
import type { Name } from '#tests/lab/pki/names.ts';
import { authority, read, server } from './chains.ts';

const productOf = (subject: Name): string | null =>
  interceptorOf([read(server(authority('Inspecting', { subject })))])?.product ?? null;

test.each<readonly [Name, string | null]>([
  [{ O: 'Fortinet', CN: 'FG100E' }, 'Fortinet FortiGate'],
  [{ O: 'Zscaler Inc.', CN: 'Zscaler Intermediate Root CA (zscaler.net)' }, 'Zscaler'],
  [{ CN: 'Kaspersky Anti-Virus Personal Root Certificate' }, 'Kaspersky'],
  [{ O: 'ESET, spol. s r. o.', CN: 'ESET SSL Filter CA' }, 'ESET'],
  [{ CN: 'mitmproxy', O: 'mitmproxy' }, 'mitmproxy'],
  [{ O: 'PortSwigger', CN: 'PortSwigger CA' }, 'Burp Suite'],
  [{ O: "Let's Encrypt", CN: 'R11' }, null],
  [{ O: 'Cisco Systems', CN: 'HydrantID Server CA O1' }, null],
  [{ O: 'Symantec Corporation', CN: 'Symantec Class 3 Secure Server CA - G4' }, null],
  [{ CN: 'contoso-DC01-CA' }, null],
  [{}, null],
])('%j', (subject, product) => {
  expect(productOf(subject)).toBe(product);
});

test('anywhere in the path, and with the name that it gives itself', () => {
  const top = authority('top', { subject: { O: 'Sophos', CN: 'Sophos SSL CA' } });
  const below = authority('Below', { issuer: top });
  const path = [server(below), below].map(read);
  expect(interceptorOf(path)).toEqual({ product: 'Sophos', issuer: 'Sophos SSL CA' });
  expect(interceptorOf([])).toBeNull();
});

test('a server that is merely called like a product is none', () => {
  const issuer = authority('Issuing');
  expect(interceptorOf([read(server(issuer, { subject: { O: 'Sophos', CN: 'www.sophos.com' } }))])).toBeNull();
});

test.each(rules.map((rule) => [`${rule.attribute}: ${rule.contains}`, rule] as const))('%s', (_what, rule) => {
  expect(['O', 'CN']).toContain(rule.attribute);
  expect(rule.contains.length).toBeGreaterThanOrEqual(4);
  expect(productOf({ [rule.attribute]: rule.contains.toUpperCase() })).not.toBeNull();
});
