/** Which addresses may be tested: a named reason for each, and nothing inside by any notation. */
import { describe, expect, test } from 'vitest';
import { decide, isRange } from '#lib/net/policy.ts';

const NONE = { allow: [], named: [] };

describe('an address', () => {
  test.each([
    // Public, and the last ones before and the first ones behind special ranges.
    ['8.8.8.8', 'public'],
    ['1.0.0.0', 'public'],
    ['9.255.255.255', 'public'],
    ['11.0.0.0', 'public'],
    ['100.63.255.255', 'public'],
    ['100.128.0.0', 'public'],
    ['126.255.255.255', 'public'],
    ['128.0.0.0', 'public'],
    ['169.253.255.255', 'public'],
    ['172.15.255.255', 'public'],
    ['172.32.0.0', 'public'],
    ['192.167.255.255', 'public'],
    ['192.169.0.0', 'public'],
    ['198.17.255.255', 'public'],
    ['198.20.0.0', 'public'],
    ['223.255.255.255', 'public'],
    ['2606:4700::1111', 'public'],
    ['2a00:1450:4001::1', 'public'],
    ['2003::1', 'public'],
    // Special, first and last.
    ['0.0.0.0', 'reserved'],
    ['10.0.0.0', 'private'],
    ['10.255.255.255', 'private'],
    ['100.64.0.0', 'shared (carrier NAT)'],
    ['100.127.255.255', 'shared (carrier NAT)'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.255', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['168.63.129.16', 'reserved'],
    ['172.16.0.0', 'private'],
    ['172.31.255.255', 'private'],
    ['192.0.2.1', 'documentation'],
    ['192.168.255.255', 'private'],
    ['198.18.0.0', 'benchmarking'],
    ['198.19.255.255', 'benchmarking'],
    ['224.0.0.0', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['240.0.0.0', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['::', 'reserved'],
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['fc00::', 'private'],
    ['fdff:ffff::1', 'private'],
    ['fe80::1', 'link-local'],
    ['febf::1', 'link-local'],
    ['fec0::1', 'private'],
    ['ff02::1', 'multicast'],
    ['2001:db8::1', 'documentation'],
    ['2001:1::1', 'reserved'],
    ['2001:2::1', 'benchmarking'],
    ['2001:3::1', 'reserved'],
    ['2001:4:112::1', 'reserved'],
    ['2001:30::1', 'reserved'],
    ['2001:1ff:ffff::1', 'reserved'],
    ['2001:200::1', 'public'],
    ['2620:4f:8000::1', 'reserved'],
    ['2620:4f:8001::1', 'public'],
    ['100:0:0:1::1', 'reserved'],
    ['3fff:fff:ffff::1', 'documentation'],
    ['3fff:1000::1', 'public'],
    ['5f00::1', 'reserved'],
    // IPv4 in disguise, public or not.
    ['::ffff:10.0.0.1', 'IPv4 inside IPv6'],
    ['::ffff:7f00:1', 'IPv4 inside IPv6'],
    ['::FFFF:8.8.8.8', 'IPv4 inside IPv6'],
    ['::127.0.0.1', 'IPv4 inside IPv6'],
    ['64:ff9b::10.0.0.1', 'IPv4 inside IPv6'],
    ['64:ff9b:1::1', 'private'],
    ['2001:0:7f00:1::', 'IPv4 inside IPv6'],
    ['2002:7f00:1::', 'IPv4 inside IPv6'],
    ['2002:ffff:ffff:ffff::', 'IPv4 inside IPv6'],
    // Nobody has been given these yet. RFC 4291 2.4
    ['1fff:ffff::1', 'reserved'],
    ['4000::1', 'reserved'],
    ['8000::1', 'reserved'],
    ['c000::1', 'reserved'],
    ['e000::1', 'reserved'],
    // Notations that some parsers take for an address.
    ['0x7f.0.0.1', 'not-an-address'],
    ['010.0.0.1', 'not-an-address'],
    ['2130706433', 'not-an-address'],
    ['127.1', 'not-an-address'],
    ['localhost', 'not-an-address'],
    ['', 'not-an-address'],
  ])('%s: %s', (address, reason) => {
    expect(decide(address, NONE)).toEqual({ allowed: reason === 'public', reason });
  });
});

describe('a profile', () => {
  const allowing = (...allow: string[]) => ({ allow, named: [] });

  test.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', true],
    ['10.0.0.0/8', '192.168.0.1', false],
    ['10.1.2.3/32', '10.1.2.4', false],
    ['0.0.0.0/0', '127.0.0.1', true],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', 'fc12::1', false],
    // A range speaks of its own family, in whatever notation the other one is written.
    ['::/0', '10.0.0.1', false],
    ['::ffff:0:0/96', '10.0.0.1', false],
    ['10.0.0.0/8', '::ffff:10.0.0.1', false],
    ['0.0.0.0/0', '::1', false],
  ])('that allows %s, and %s: %s', (range, address, allowed) => {
    expect(decide(address, allowing(range)).allowed).toBe(allowed);
  });

  test('says by which of its settings', () => {
    expect(decide('10.0.0.1', allowing('10.0.0.0/8')).reason).toBe('allowed-by-profile');
    expect(decide('10.0.0.1', { allow: [], named: ['10.0.0.1'] }).reason).toBe('named-by-profile');
    expect(decide('10.0.0.2', { allow: [], named: ['10.0.0.1'] }).reason).toBe('private');
  });
});

test.each([
  ['10.0.0.0/8', true],
  ['10.0.0.0/0', true],
  ['10.0.0.0/32', true],
  ['10.0.0.0/33', false],
  ['::/128', true],
  ['::/129', false],
  ['fe80::%eth0/64', false],
  ['10.0.0.0', false],
  ['10.0.0.0/', false],
  ['10.0.0.0/8/9', false],
  ['10.0.0.0/-1', false],
  ['10.0.0/8', false],
  [' 10.0.0.0/8', false],
  ['all', false],
])('%s is a range: %s', (text, expected) => expect(isRange(text)).toBe(expected));
