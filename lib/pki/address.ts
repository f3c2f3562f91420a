/** IP addresses as text and as octets, and networks of them. RFC 3986 3.2.2, RFC 4291 2.2, RFC 5952 4 */

/** 4 or 16 octets; null for anything that is no address written in full: no port, no zone, no brackets, no octal digits. */
export function addressOf(text: string): Uint8Array | null {
  return text.includes(':') ? sixOf(text) : fourOf(text);
}

function fourOf(text: string): Uint8Array | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every(isDecimalOctet)) return null;
  return Uint8Array.from(parts, Number);
}

/** RFC 3986 3.2.2: no leading zeros, which some would read as octal. */
const isDecimalOctet = (text: string): boolean => /^(0|[1-9]\d{0,2})$/.test(text) && Number(text) <= 255;

/** Text of 45 characters at most holds any of them. */
const LONGEST = 45;

function sixOf(text: string): Uint8Array | null {
  if (text.length > LONGEST) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(groupsOf);
  if (head === null || head === undefined || tail === null) return null;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...(tail ?? [])];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/** Groups of 16 bits; the last two may be written as an IPv4 address. */
function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const four = parts.at(-1)?.includes('.') ? fourOf(parts.pop() ?? '') : undefined;
  if (four === null || !parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return null;
  const groups = parts.map((part) => Number.parseInt(part, 16));
  const [a = 0, b = 0, c = 0, d = 0] = four ?? [];
  return four === undefined ? groups : [...groups, a * 256 + b, c * 256 + d];
}

/** As people write it, with the longest run of zeros left out; hexadecimal digits for what is no address. RFC 5952 4 */
export function addressToText(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  if (octets.length !== 16) return `#${Buffer.from(octets).toString('hex')}`;
  const groups = Array.from({ length: 8 }, (_, index) => (octets[index * 2] ?? 0) * 256 + (octets[index * 2 + 1] ?? 0));
  const text = groups.map((group) => group.toString(16));
  const { at, length } = longestZeros(groups);
  return length < 2 ? text.join(':') : `${text.slice(0, at).join(':')}::${text.slice(at + length).join(':')}`;
}

/** The first of the longest runs. RFC 5952 4.2.3 */
function longestZeros(groups: readonly number[]): { at: number; length: number } {
  let best = { at: 0, length: 0 };
  for (let at = 0; at < groups.length; at++) {
    const end = groups.findIndex((group, index) => index >= at && group !== 0);
    const length = (end === -1 ? groups.length : end) - at;
    if (length > best.length) best = { at, length };
  }
  return best;
}

export interface Network {
  readonly address: Uint8Array;
  readonly mask: Uint8Array;
}

/** Address and mask of a name constraint; null where the length is wrong or the mask has holes. RFC 5280 4.2.1.10, RFC 4632 */
export function networkOf(octets: Uint8Array): Network | null {
  if (octets.length !== 8 && octets.length !== 32) return null;
  const [address, mask] = [octets.subarray(0, octets.length / 2), octets.subarray(octets.length / 2)];
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits) ? { address, mask } : null;
}

/** Whether an address lies in a network of its own family. */
export function isInNetwork(address: Uint8Array, network: Network): boolean {
  if (address.length !== network.address.length) return false;
  return address.every((octet, index) => ((octet ^ (network.address[index] ?? 0)) & (network.mask[index] ?? 0)) === 0);
}

/** `192.0.2.0/24`; octets that are no network as hexadecimal digits. */
export function networkToText(octets: Uint8Array): string {
  const network = networkOf(octets);
  if (network === null) return `#${Buffer.from(octets).toString('hex')}`;
  const ones = network.mask.reduce((sum, octet) => sum + octet.toString(2).replaceAll('0', '').length, 0);
  return `${addressToText(network.address)}/${ones}`;
}
