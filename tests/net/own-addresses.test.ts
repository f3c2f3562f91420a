/** What a machine can reach by the addresses that it has. */
import { expect, test } from 'vitest';
import { canReach, ownAddresses } from '#lib/net/own-addresses.ts';

const LOOPBACK = ['127.0.0.1', '::1'];
const LINK = ['fe80::1'];
const PRIVATE = ['10.0.0.2'];
const LOCAL_SIX = ['fd00::2'];
const PUBLIC_SIX = ['2a00:1450:4001::2'];

test.each<[string, string[], boolean]>([
  // A private address will do for all of IPv4, because of address translation.
  ['8.8.8.8', [...LOOPBACK, ...PRIVATE], true],
  ['192.168.1.1', PRIVATE, true],
  ['8.8.8.8', LOOPBACK, false],
  ['8.8.8.8', ['169.254.1.1'], false],
  ['8.8.8.8', PUBLIC_SIX, false],
  // For IPv6 it will not.
  ['2606:4700::1', PUBLIC_SIX, true],
  ['2606:4700::1', [...LOOPBACK, ...LINK, ...PRIVATE, ...LOCAL_SIX], false],
  ['2606:4700::1', LOOPBACK, false],
  ['2606:4700::1', ['2002:0a00:1::2', '2001:0:1::2'], false],
  ['fd12::1', LOCAL_SIX, true],
  ['fd12::1', PUBLIC_SIX, true],
  ['fd12::1', [...LOOPBACK, ...LINK], false],
  ['2001:db8::1', LOCAL_SIX, true],
  ['fe80::9', LINK, true],
  ['fe80::9', PUBLIC_SIX, false],
  // Oneself, always.
  ['127.255.255.255', [], true],
  ['::1', [], true],
])('%s from %j: %s', (address, own, expected) => expect(canReach(address, own)).toBe(expected));

test('this machine has an address', () => expect(ownAddresses()).toContain('127.0.0.1'));
