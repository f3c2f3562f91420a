/** Where names are, seen from subtrees of names. RFC 5280 4.2.1.10 */
import { describe, expect, test } from 'vitest';
import { generalNameToText, isReadable, placeOf } from '#lib/pki/subtree.ts';

const of = (type: 'dns' | 'email' | 'uri', value: string) => ({ type, value });
const ip = (...octets: readonly number[]) => ({ type: 'ip', bytes: Uint8Array.from(octets) }) as const;

describe('a host', () => {
  test.each([
    ['mail.example.com', 'example.com', 'inside'],
    ['example.com', 'example.com', 'inside'],
    ['MAIL.EXAMPLE.COM', 'Example.com', 'inside'],
    ['a.b.example.com', 'example.com', 'inside'],
    ['example.com', '', 'inside'],
    ['*.example.com', '', 'inside'],
    ['xexample.com', 'example.com', 'outside'],
    ['example.com', 'mail.example.com', 'outside'],
    ['example.com', '.example.com', 'outside'],
    ['mail.example.com', '.example.com', 'inside'],
    ['*.example.com', 'example.com', 'inside'],
    ['*.a.example.com', 'example.com', 'inside'],
    ['*.example.com', '.example.com', 'inside'],
    ['*.example.com', 'mail.example.com', 'partly'],
    ['*.example.com', 'MAIL.example.com', 'partly'],
    ['*.example.com', 'a.mail.example.com', 'outside'],
    ['*.com', 'com', 'inside'],
    ['*.com', 'org', 'outside'],
    ['two words', 'example.com', 'name-unreadable'],
    ['a.*.example.com', 'example.com', 'name-unreadable'],
    ['mail.example.com', '*.example.com', 'subtree-unreadable'],
    ['mail.example.com', '..example.com', 'subtree-unreadable'],
    ['mail.example.com', 'a b', 'subtree-unreadable'],
  ])('%s and %j: %s', (name, subtree, place) => {
    expect(placeOf(of('dns', name), of('dns', subtree))).toBe(place);
  });
});

describe('a mailbox', () => {
  test.each([
    ['anna@example.com', 'anna@example.com', 'inside'],
    ['anna@EXAMPLE.com', 'anna@example.COM', 'inside'],
    ['Anna@example.com', 'anna@example.com', 'outside'],
    ['bert@example.com', 'anna@example.com', 'outside'],
    ['anna@example.com', 'example.com', 'inside'],
    ['anna@mail.example.com', 'example.com', 'outside'],
    ['anna@mail.example.com', '.example.com', 'inside'],
    ['anna@example.com', '.example.com', 'outside'],
    ['anna@example.com', '', 'inside'],
    ['example.com', 'example.com', 'name-unreadable'],
    ['@example.com', 'example.com', 'name-unreadable'],
    ['a@b@example.com', 'example.com', 'name-unreadable'],
    ['anna@example.com', 'anna@', 'subtree-unreadable'],
    ['anna@example.com', '*.example.com', 'subtree-unreadable'],
  ])('%s and %j: %s', (name, subtree, place) => {
    expect(placeOf(of('email', name), of('email', subtree))).toBe(place);
  });
});

describe('an address of the web', () => {
  test.each([
    ['https://example.com/a', 'example.com', 'inside'],
    ['https://anna@EXAMPLE.com:8443?x#y', 'example.com', 'inside'],
    ['https://mail.example.com', 'example.com', 'outside'],
    ['https://mail.example.com', '.example.com', 'inside'],
    ['https://example.com', '.example.com', 'outside'],
    ['https://192.0.2.1/', 'example.com', 'name-unreadable'],
    ['https://[2001:db8::1]/', 'example.com', 'name-unreadable'],
    ['urn:uuid:1', 'example.com', 'name-unreadable'],
    ['://example.com', 'example.com', 'name-unreadable'],
    ['https://example.com', 'https://example.com', 'subtree-unreadable'],
  ])('%s and %j: %s', (name, subtree, place) => {
    expect(placeOf(of('uri', name), of('uri', subtree))).toBe(place);
  });
});

describe('an address', () => {
  test.each([
    [[192, 0, 2, 1], [192, 0, 2, 0, 255, 255, 255, 0], 'inside'],
    [[192, 0, 3, 1], [192, 0, 2, 0, 255, 255, 255, 0], 'outside'],
    [new Array<number>(16).fill(0), [0, 0, 0, 0, 0, 0, 0, 0], 'outside'],
    [new Array<number>(16).fill(1), new Array<number>(32).fill(0), 'inside'],
    [[192, 0, 2], [0, 0, 0, 0, 0, 0, 0, 0], 'name-unreadable'],
    [[192, 0, 2, 1], [192, 0, 2, 0], 'subtree-unreadable'],
    [[192, 0, 2, 1], [192, 0, 2, 0, 255, 0, 255, 0], 'subtree-unreadable'],
  ])('%j and %j: %s', (name, subtree, place) => {
    expect(placeOf(ip(...name), ip(...subtree))).toBe(place);
  });
});

const DIRECTORY = { type: 'directory', name: { rdns: [], raw: Uint8Array.of(0x30, 0) } } as const;

test('other kinds are not compared', () => {
  const registered = { type: 'registered', oid: '1.2.3' } as const;
  expect(placeOf(registered, registered)).toBeNull();
  const kinds = [
    of('dns', 'example.com'),
    of('email', 'example.com'),
    of('uri', 'example.com'),
    ip(192, 0, 2, 1),
    DIRECTORY,
  ];
  for (const name of kinds)
    for (const subtree of kinds.filter((other) => other !== name)) expect(placeOf(name, subtree)).toBeNull();
  expect(isReadable(registered)).toBe(true);
});

test('names are shown as people read them', () => {
  expect(generalNameToText(of('dns', ''), true)).toBe('everything');
  expect(generalNameToText(ip(192, 0, 2, 0, 255, 255, 255, 0), true)).toBe('192.0.2.0/24');
  expect(generalNameToText(ip(192, 0, 2, 0))).toBe('192.0.2.0');
  expect(generalNameToText({ type: 'registered', oid: '1.2.3' })).toBe('1.2.3');
  expect(generalNameToText(of('uri', 'x'.repeat(5_000)))).toHaveLength(200);
});
