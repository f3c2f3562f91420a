/** The three messages of NTLM as a server sees them. [MS-NLMP] 2.2.1 */

/** The client sent something that is not NTLM. */
export class NotNtlm extends Error {}

/** [MS-NLMP] 2.2.2.5 */
export const flags = {
  unicode: 0x00000001,
  oem: 0x00000002,
  requestTarget: 0x00000004,
  sign: 0x00000010,
  seal: 0x00000020,
  ntlm: 0x00000200,
  anonymous: 0x00000800,
  alwaysSign: 0x00008000,
  targetIsDomain: 0x00010000,
  extendedSecurity: 0x00080000,
  targetInfo: 0x00800000,
  version: 0x02000000,
  key128: 0x20000000,
  keyExchange: 0x40000000,
  key56: 0x80000000,
} as const;

/** What an attribute-value pair says. [MS-NLMP] 2.2.2.1 */
export const pairIds = {
  end: 0,
  computer: 1,
  domain: 2,
  dnsComputer: 3,
  dnsDomain: 4,
  dnsForest: 5,
  flags: 6,
  timestamp: 7,
  targetName: 9,
  channelBindings: 10,
} as const;

export interface Pair {
  readonly id: number;
  readonly value: Uint8Array;
}

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');

/** Whether this is a message of NTLM, and which. */
export function messageType(bytes: Buffer): number | null {
  return bytes.length >= 12 && bytes.subarray(0, 8).equals(SIGNATURE) ? bytes.readUInt32LE(8) : null;
}

/** The flags of a type 1. Some clients leave out the version at the end, which makes it 32 bytes long. [MS-NLMP] 2.2.1.1 */
export function readNegotiate(bytes: Buffer): number {
  if (messageType(bytes) !== 1 || bytes.length < 32) throw new NotNtlm('This is no type 1.');
  for (const at of [16, 24]) field(bytes, at);
  return bytes.readUInt32LE(12);
}

/** What a type 3 says. [MS-NLMP] 2.2.1.3 */
export interface Authenticate {
  readonly lm: Buffer;
  readonly nt: Buffer;
  readonly domain: string;
  readonly user: string;
  readonly sessionKey: Buffer;
  readonly flags: number;
}

export function readAuthenticate(bytes: Buffer): Authenticate {
  if (messageType(bytes) !== 3 || bytes.length < 64) throw new NotNtlm('This is no type 3.');
  const agreed = bytes.readUInt32LE(60);
  const text = (at: number) => field(bytes, at).toString(agreed & flags.unicode ? 'utf16le' : 'latin1');
  return {
    lm: field(bytes, 12),
    nt: field(bytes, 20),
    domain: text(28),
    user: text(36),
    sessionKey: field(bytes, 52),
    flags: agreed,
  };
}

/** Where the MIC of a type 3 stands, if the client says that there is one. [MS-NLMP] 2.2.1.3 */
export const MIC = { start: 72, end: 88 } as const;

// Where a field is empty its offset may be anything.
function field(bytes: Buffer, at: number): Buffer {
  const length = bytes.readUInt16LE(at);
  const start = bytes.readUInt32LE(at + 4);
  if (length > 0 && start + length > bytes.length) throw new NotNtlm('A field ends behind the message.');
  return bytes.subarray(start, start + length);
}

/** Pairs in their order, up to the one that ends them; something may follow that. */
export function readPairs(bytes: Buffer): Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; ; ) {
    if (at + 4 > bytes.length) throw new NotNtlm('The pairs have no end.');
    const [id, length] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)];
    if (id === pairIds.end) return pairs;
    if (at + 4 + length > bytes.length) throw new NotNtlm('A pair ends behind the others.');
    pairs.push({ id, value: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + length;
  }
}

/** The pairs, without an end. */
export function pairBytes(pairs: readonly Pair[]): Buffer {
  return Buffer.concat(pairs.flatMap(({ id, value }) => [u16(id), u16(value.length), value]));
}

/** What ends the pairs. */
export const END = pairBytes([{ id: pairIds.end, value: new Uint8Array() }]);

/** What a server says in its type 2. [MS-NLMP] 2.2.1.2 */
export interface Challenge {
  readonly targetName: string;
  readonly flags: number;
  readonly challenge: Uint8Array;
  /** Pairs and their end. */
  readonly targetInfo: Uint8Array;
  /** Of Windows: 10.0.17763 is Server 2019. */
  readonly version: readonly [major: number, minor: number, build: number];
}

export function challengeBytes({ targetName, flags: agreed, challenge, targetInfo, version }: Challenge): Buffer {
  const target = Buffer.from(targetName, agreed & flags.unicode ? 'utf16le' : 'latin1');
  const [major, minor, build] = version;
  const payload = 56;
  return Buffer.concat([
    SIGNATURE,
    u32(2),
    fieldBytes(target, payload),
    u32(agreed),
    challenge,
    Buffer.alloc(8),
    fieldBytes(targetInfo, payload + target.length),
    Buffer.of(major, minor, build & 0xff, build >> 8, 0, 0, 0, 15),
    target,
    targetInfo,
  ]);
}

function fieldBytes({ length }: Uint8Array, offset: number): Buffer {
  return Buffer.concat([u16(length), u16(length), u32(offset)]);
}

/** Hundreds of nanoseconds since 1601. [MS-DTYP] 2.3.3 */
export function fileTime(milliseconds: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(milliseconds) + 11_644_473_600_000n) * 10_000n);
  return bytes;
}

export function u16(value: number): Buffer {
  return Buffer.of(value & 0xff, value >> 8);
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
