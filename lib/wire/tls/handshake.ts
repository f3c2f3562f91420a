/** What a server says in its first flight, message by message. Strict: nothing is guessed, nothing is left over. */
import { bodyReader, type Message } from './messages.ts';
import type { Reader } from './reader.ts';
import { VERSIONS } from './versions.ts';

export interface ServerHello {
  /** The version that was chosen, whichever field says so. */
  readonly version: number;
  readonly random: Uint8Array;
  readonly suite: number;
  readonly alpn: string | null;
  /** Null where the server did not take part in a key exchange yet. */
  readonly keyShare: { readonly group: number; readonly key: Uint8Array } | null;
  /** The server wants another hello first, which only a server with TLS 1.3 does. RFC 8446 4.1.4 */
  readonly isRetryRequest: boolean;
}

export interface CertificateRequest {
  /** RFC 5246 7.4.4; 1 is RSA, 64 is ECDSA. */
  readonly types: readonly number[];
  readonly signatureAlgorithms: readonly number[];
  /** The names of the issuers that the server takes, in DER. */
  readonly authorities: readonly Uint8Array[];
}

/** The random of a HelloRetryRequest: the SHA-256 of that word. RFC 8446 4.1.3 */
const RETRY = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';
/** No server needs more; a list of one-byte entries would be long. */
const MOST_CERTIFICATES = 100;
const MOST_AUTHORITIES = 2_000;

type Extensions = ReadonlyMap<number, Reader>;

/** RFC 8446 4.1.3, RFC 5246 7.4.1.3; TLS 1.2 and older may leave out the extensions. @throws WireError */
export function decodeServerHello(message: Message): ServerHello {
  const reader = bodyReader(message, 'serverHello', 'RFC 8446 4.1.3');
  const legacyVersion = reader.u16('legacyVersion');
  const random = reader.take(32, 'random');
  const sessionId = reader.vector(1, 'sessionId').rest('');
  if (sessionId.length > 32) throw reader.fault('bad-value', 'sessionId', 'longer than 32 bytes');
  const suite = reader.u16('suite');
  if (reader.u8('compression') !== 0) throw reader.fault('bad-value', 'compression', 'nobody asked for compression');
  const extensions = reader.isEmpty ? new Map<number, Reader>() : readExtensions(reader);
  reader.end();
  const version = selectedVersion(extensions, legacyVersion);
  if (version < VERSIONS['SSL 3.0'] || version > VERSIONS['TLS 1.3'])
    throw reader.fault('bad-value', 'version', 'no version of TLS', 0);
  const isRetryRequest = hex(random) === RETRY;
  return {
    version,
    random,
    suite,
    alpn: alpnOf(extensions),
    keyShare: keyShareOf(extensions, isRetryRequest),
    isRetryRequest,
  };
}

function readExtensions(reader: Reader): Extensions {
  const list = reader.vector(2, 'extensions');
  const found = new Map<number, Reader>();
  while (!list.isEmpty) {
    const type = list.u16('type');
    // Checked before it is kept, so that a list of copies ends at the second.
    if (found.has(type)) throw list.fault('bad-value', 'type', 'the same extension twice');
    found.set(type, list.vector(2, `[${type}]`));
  }
  return found;
}

/** RFC 8446 4.2.1: only TLS 1.3 is chosen by the extension. */
function selectedVersion(extensions: Extensions, legacyVersion: number): number {
  const reader = extensions.get(43);
  if (reader === undefined) return legacyVersion;
  const version = reader.u16('selectedVersion');
  reader.end();
  if (version !== VERSIONS['TLS 1.3'])
    throw reader.fault('bad-value', 'selectedVersion', 'only TLS 1.3 is chosen here', 0);
  return version;
}

/** RFC 7301 3.1: exactly one name. */
function alpnOf(extensions: Extensions): string | null {
  const reader = extensions.get(16);
  if (reader === undefined) return null;
  const names = reader.vector(2, 'alpn');
  const name = names.vector(1, 'name').rest('');
  names.end();
  reader.end();
  return String.fromCharCode(...name.filter((byte) => byte > 0x20 && byte < 0x7f));
}

/** RFC 8446 4.2.8; a HelloRetryRequest names the group alone. */
function keyShareOf(extensions: Extensions, isRetryRequest: boolean): ServerHello['keyShare'] {
  const reader = extensions.get(51);
  if (reader === undefined) return null;
  const group = reader.u16('keyShare.group');
  const key = isRetryRequest ? null : reader.vector(2, 'keyShare.key').rest('');
  reader.end();
  return key === null ? null : { group, key };
}

/** The certificates in the order of the wire, in DER; none is fine, judging is another's work. RFC 5246 7.4.2 @throws WireError */
export function decodeCertificates(message: Message): Uint8Array[] {
  const reader = bodyReader(message, 'certificate', 'RFC 5246 7.4.2');
  const found = readEntries(reader.vector(3, 'list'), MOST_CERTIFICATES, (list, at) =>
    list.vector(3, `[${at}]`).rest(''),
  );
  reader.end();
  return found;
}

/** Before TLS 1.2 there are no signature algorithms in it. RFC 5246 7.4.4, RFC 4346 7.4.4 @throws WireError */
export function decodeCertificateRequest(message: Message, version: number): CertificateRequest {
  const reader = bodyReader(message, 'certificateRequest', 'RFC 5246 7.4.4');
  const types = [...reader.vector(1, 'types').rest('')];
  const algorithms = version >= VERSIONS['TLS 1.2'] ? reader.vector(2, 'signatureAlgorithms') : null;
  const names = reader.vector(2, 'authorities');
  reader.end();
  return {
    types,
    signatureAlgorithms: algorithms === null ? [] : readEntries(algorithms, 1_000, (list) => list.u16('algorithm')),
    authorities: readEntries(names, MOST_AUTHORITIES, (list, at) => list.vector(2, `[${at}]`).rest('')),
  };
}

function readEntries<T>(list: Reader, most: number, readOne: (list: Reader, at: number) => T): T[] {
  const entries: T[] = [];
  while (!list.isEmpty) {
    if (entries.length === most) throw list.fault('too-large', '', `more than ${most} entries`);
    entries.push(readOne(list, entries.length));
  }
  return entries;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
