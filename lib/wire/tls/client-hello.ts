/** The first words of a client, for any version from SSL 3.0 to TLS 1.3. RFC 8446 4.1.2, RFC 5246 7.4.1.2, RFC 6101 5.6.1.2 */
import { HANDSHAKE } from './records.ts';
import { VERSIONS, type VersionName } from './versions.ts';
import { bytesOf, type Part, u16, vector } from './writer.ts';

export interface KeyShare {
  readonly group: number;
  readonly key: Uint8Array;
}

export interface ClientHello {
  /** The newest version that is offered; TLS 1.3 is offered alone. */
  readonly version: VersionName;
  /** 32 bytes. */
  readonly random: Uint8Array;
  /** Up to 32 bytes. TLS 1.3 wants 32, so that devices on the way take it for an older version. RFC 8446 D.4 */
  readonly sessionId?: Uint8Array;
  readonly suites: readonly number[];
  /** Null leaves it out. Never an address. RFC 6066 3 */
  readonly serverName: string | null;
  readonly alpn?: readonly string[];
  readonly groups?: readonly number[];
  readonly signatureAlgorithms?: readonly number[];
  /** None: the server answers with HelloRetryRequest, which shows that it speaks TLS 1.3. RFC 8446 4.1.4 */
  readonly keyShares?: readonly KeyShare[];
}

/** Curves that everybody has, and one group of finite fields. RFC 8446 4.2.7 */
export const GROUPS = { x25519: 0x001d, secp256r1: 0x0017, secp384r1: 0x0018, secp521r1: 0x0019, ffdhe2048: 0x0100 };

/** All that a server may sign with, SHA-1 at the end: what is tested is the suite, not the signature. RFC 8446 4.2.3 */
export const SIGNATURE_ALGORITHMS: readonly number[] = [
  ...[0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b],
  ...[0x0401, 0x0501, 0x0601, 0x0402, 0x0203, 0x0201, 0x0202],
];

/** Says that the client knows secure renegotiation; some servers refuse who does not. RFC 5746 3.3 */
const RENEGOTIATION_SCSV = 0x00ff;

/**
 * The hello in one record, ready to be sent.
 * @throws RangeError where a field has not its length or a vector is too long
 */
export function encodeClientHello(hello: ClientHello): Uint8Array {
  const { version, random, sessionId = new Uint8Array(), suites } = hello;
  if (random.length !== 32) throw new RangeError('a random has 32 bytes');
  if (sessionId.length > 32) throw new RangeError('a session id has at most 32 bytes');
  const isOld = version !== 'TLS 1.3';
  const body = bytesOf(
    u16(Math.min(VERSIONS[version], VERSIONS['TLS 1.2'])),
    random,
    vector(1, sessionId),
    vector(2, [...suites, ...(isOld ? [RENEGOTIATION_SCSV] : [])].map(u16)),
    vector(1, 0),
    // Servers of the time of SSL 3.0 may stumble over extensions, and need none.
    version === 'SSL 3.0' ? [] : vector(2, extensionsOf(hello)),
  );
  const message = bytesOf(1, vector(3, body));
  return bytesOf(HANDSHAKE, u16(Math.min(VERSIONS[version], VERSIONS['TLS 1.0'])), vector(2, message));
}

function extensionsOf(hello: ClientHello): Part[] {
  const { version, serverName, alpn = [], keyShares = [] } = hello;
  const { groups = Object.values(GROUPS), signatureAlgorithms = SIGNATURE_ALGORITHMS } = hello;
  const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
  const shares = keyShares.map(({ group, key }) => [u16(group), vector(2, key)]);
  const list: Part[] = [extension(10, vector(2, groups.map(u16)))];
  if (serverName !== null) list.unshift(extension(0, vector(2, 0, vector(2, ascii(serverName)))));
  if (alpn.length > 0)
    list.push(
      extension(
        16,
        vector(
          2,
          alpn.map((name) => vector(1, ascii(name))),
        ),
      ),
    );
  if (VERSIONS[version] >= VERSIONS['TLS 1.2']) list.push(extension(13, vector(2, signatureAlgorithms.map(u16))));
  if (version !== 'TLS 1.3') return [...list, extension(11, vector(1, 0))];
  return [...list, extension(43, vector(1, u16(VERSIONS['TLS 1.3']))), extension(51, vector(2, shares))];
}

/** RFC 8446 4.2 */
const extension = (type: number, data: Part): Part => [u16(type), vector(2, data)];
