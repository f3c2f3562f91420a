/** Which addresses may be tested. A decision is a named reason, never a bare yes or no. */
import { BlockList, isIP } from 'node:net';

export type Decision =
  | { readonly allowed: true; readonly reason: 'public' | 'allowed-by-profile' | 'named-by-profile' }
  | { readonly allowed: false; readonly reason: SpecialPurpose | 'not-an-address' };

export type SpecialPurpose =
  | 'loopback'
  | 'private'
  | 'link-local'
  | 'shared (carrier NAT)'
  | 'documentation'
  | 'multicast'
  | 'reserved'
  | 'benchmarking'
  | 'IPv4 inside IPv6';

/** IANA special-purpose registries (RFC 6890 and later additions), 2026-11. What is not listed is public unicast. */
const SPECIAL: readonly (readonly [range: string, reason: SpecialPurpose])[] = [
  ['0.0.0.0/8', 'reserved'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared (carrier NAT)'],
  ['127.0.0.0/8', 'loopback'],
  // In every virtual machine of Azure the platform itself; nobody else's, though it looks public.
  ['168.63.129.16/32', 'reserved'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'documentation'],
  ['192.31.196.0/24', 'reserved'],
  ['192.52.193.0/24', 'reserved'],
  ['192.88.99.0/24', 'reserved'],
  ['192.168.0.0/16', 'private'],
  ['192.175.48.0/24', 'reserved'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
  ['::/128', 'reserved'],
  ['::1/128', 'loopback'],
  ['::ffff:0:0/96', 'IPv4 inside IPv6'],
  ['::/96', 'IPv4 inside IPv6'],
  ['64:ff9b::/96', 'IPv4 inside IPv6'],
  ['64:ff9b:1::/48', 'private'],
  ['100::/64', 'reserved'],
  ['100:0:0:1::/64', 'reserved'],
  ['2001::/32', 'IPv4 inside IPv6'],
  ['2001:2::/48', 'benchmarking'],
  ['2001:10::/28', 'reserved'],
  ['2001:20::/28', 'reserved'],
  // The rest of the block for protocol assignments: anycast, AMT, AS112, drone identifiers, and what will come.
  ['2001::/23', 'reserved'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', 'IPv4 inside IPv6'],
  ['2620:4f:8000::/48', 'reserved'],
  ['3fff::/20', 'documentation'],
  ['5f00::/16', 'reserved'],
  ['fc00::/7', 'private'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'private'],
  ['ff00::/8', 'multicast'],
];

const special = SPECIAL.map(([range, reason]) => ({ matches: matcher([range]), reason }));

export interface TargetPolicy {
  /** CIDR ranges that may be tested although they are not public. */
  readonly allow: readonly string[];
  /** The address that the profile names for this very host and port (`connect`). */
  readonly named: readonly string[];
}

/** Decides about one address, given as text without brackets or zone. */
export function decide(address: string, policy: TargetPolicy): Decision {
  if (isIP(address) === 0) return { allowed: false, reason: 'not-an-address' };
  if (policy.named.includes(address)) return { allowed: true, reason: 'named-by-profile' };
  if (matcher(policy.allow)(address)) return { allowed: true, reason: 'allowed-by-profile' };
  const match = special.find(({ matches }) => matches(address));
  if (match !== undefined) return { allowed: false, reason: match.reason };
  return isUnicast(address) ? { allowed: true, reason: 'public' } : { allowed: false, reason: 'reserved' };
}

/** Whether this is a CIDR range as the profile wants it. */
export function isRange(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  const isAddress = isIP(address) !== 0 && !address.includes('%');
  return isAddress && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits && rest.length === 0;
}

/**
 * Tests addresses against ranges of their own family. One list for both would not do: Node finds every IPv4 address in
 * `::ffff:0:0/96`, and every address in an IPv4 range also in its form inside IPv6.
 */
function matcher(ranges: readonly string[]): (address: string) => boolean {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const range of ranges) {
    const [address = '', prefix = '0'] = range.split('/');
    const family = familyOf(address);
    lists[family].addSubnet(address, Number(prefix), family);
  }
  return (address) => lists[familyOf(address)].check(address, familyOf(address));
}

/** IPv6 gives out global unicast addresses from this block only. RFC 4291 2.4 */
const globalUnicast = matcher(['2000::/3']);
const isUnicast = (address: string): boolean => familyOf(address) === 'ipv4' || globalUnicast(address);

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
