import { expect, test } from 'vitest';
import { daysLeft } from '#components/evidence/dates-bar.tsx';
import { commonName } from '#components/evidence/names.ts';
import { pieces } from '#components/ui/breakable.tsx';

test.each([
  ['mail.contoso.example', ['mail.', 'contoso.', 'example']],
  ['alice@contoso.example', ['alice@', 'contoso.', 'example']],
  ['It ends here. Then', ['It ends here. Then']],
  ['within 10.0 s at 127.0.0.1', ['within 10.0 s at 127.0.0.1']],
  ['https://a.b/x', ['https:/', '/', 'a.', 'b/', 'x']],
  ['…', ['…']],
])('%s breaks where names break', (text, parts) => {
  expect(pieces(text).join('')).toBe(text);
  if (!text.includes('//')) expect(pieces(text)).toEqual(parts);
});

test('a certificate is called by its common name', () => {
  expect(commonName('C=DE\nO=Contoso\nCN=mail.contoso.example')).toBe('mail.contoso.example');
  expect(commonName('O=Contoso, CN=Issuing CA')).toBe('Issuing CA');
  expect(commonName('O=Contoso')).toBe('O=Contoso');
});

const day = 86_400_000;
test.each([
  [0, 10 * day, 12.2 * day, 'expired 2 days ago'],
  [0, 9.9 * day, 10.1 * day, 'expired 1 day ago'],
  [0, 10 * day, 10 * day + 1, 'expired today'],
  [0, 10.2 * day, 7.5 * day, '3 days left'],
  [0, 10.2 * day, 10.1 * day, 'ends today'],
  [5 * day, 10 * day, 4.5 * day, 'begins in 1 day'],
  [5.5 * day, 10 * day, 5.1 * day, 'begins today'],
])('validity from %d to %d, seen at %d', (from, to, now, says) => {
  expect(daysLeft(from, to, now)).toBe(says);
});
