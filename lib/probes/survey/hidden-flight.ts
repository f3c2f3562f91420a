/**
 * The part of a server's first flight that TLS 1.3 encrypts, read with a key exchange of our own: only there does a server ask for
 * a client certificate, and no library tells whether it did. RFC 8446 4.3.2, 7.1, 7.3
 */
import {
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
} from 'node:crypto';
import { WireError } from '#lib/wire/error.ts';
import { GROUPS, type KeyShare } from '#lib/wire/tls/client-hello.ts';
import type { ServerHello } from '#lib/wire/tls/handshake.ts';
import { MESSAGE, MessageReader } from '#lib/wire/tls/messages.ts';
import { HANDSHAKE } from '#lib/wire/tls/records.ts';
import { FlightReader, type ServerFlight } from '#lib/wire/tls/server-flight.ts';

/** RFC 8446 B.4 */
const SUITES: Readonly<Record<number, { hash: 'sha256' | 'sha384'; cipher: string; keyLength: number }>> = {
  4865: { hash: 'sha256', cipher: 'aes-128-gcm', keyLength: 16 },
  4866: { hash: 'sha384', cipher: 'aes-256-gcm', keyLength: 32 },
  4867: { hash: 'sha256', cipher: 'chacha20-poly1305', keyLength: 32 },
};
const HEADER = 5;
const TAG = 16;

/** Two key exchanges, of which every server has one. */
export class OwnKeys {
  readonly #x25519 = generateKeyPairSync('x25519');
  readonly #p256 = createECDH('prime256v1');
  readonly shares: readonly KeyShare[];

  constructor() {
    const { x = '' } = this.#x25519.publicKey.export({ format: 'jwk' });
    this.shares = [
      { group: GROUPS.x25519, key: Buffer.from(x, 'base64url') },
      { group: GROUPS.secp256r1, key: this.#p256.generateKeys() },
    ];
  }

  /** The secret that both sides share. Throws for a key of the server that is none. */
  agree({ group, key }: KeyShare): Buffer {
    if (group === GROUPS.secp256r1) return this.#p256.computeSecret(key);
    const jwk = { kty: 'OKP', crv: 'X25519', x: Buffer.from(key).toString('base64url') };
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    return diffieHellman({ privateKey: this.#x25519.privateKey, publicKey });
  }
}

/** Listens up to the message behind the encrypted extensions: that is the request, or there is none. */
export class HiddenFlight {
  readonly #outer = new FlightReader(true);
  readonly #messages = new MessageReader();
  readonly #keys: OwnKeys;
  readonly #hello: Uint8Array;
  #opener: Opener | null = null;
  #opened = 0;
  /** Null as long as nobody knows. */
  wantsCertificate: boolean | null = null;

  /** @param hello the record that was sent */
  constructor(keys: OwnKeys, hello: Uint8Array) {
    this.#keys = keys;
    this.#hello = hello.subarray(HEADER);
  }

  get flight(): ServerFlight {
    return this.#outer.flight;
  }

  /** Takes the next bytes and says whether it is enough. @throws WireError */
  push(piece: Uint8Array): boolean {
    const isOver = this.#outer.push(piece);
    const { hello, helloBytes, encrypted } = this.flight;
    if (hello === null || helloBytes === null || hello.isRetryRequest) return isOver;
    this.#opener ??= openerFor(hello, this.#keys, [this.#hello, helloBytes]);
    if (this.#opener === null) return true;
    for (; this.#opened < encrypted.length && this.wantsCertificate === null; this.#opened++) {
      this.#read(this.#opener(encrypted[this.#opened] ?? new Uint8Array(), this.#opened));
    }
    return isOver || this.wantsCertificate !== null;
  }

  #read(content: Uint8Array): void {
    // The type of the content stands behind it, then come zeros. RFC 8446 5.2
    const end = content.findLastIndex((byte) => byte !== 0);
    if (content[end] !== HANDSHAKE) throw unreadable('not a handshake message');
    for (const { type } of this.#messages.push(content.subarray(0, end))) {
      if (type === MESSAGE.encryptedExtensions) continue;
      this.wantsCertificate ??= type === MESSAGE.certificateRequest;
    }
  }
}

/** Decrypts the record of this number. */
type Opener = (record: Uint8Array, number: number) => Uint8Array;

/** Null where the server chose what we cannot do. */
function openerFor(hello: ServerHello, keys: OwnKeys, transcript: readonly Uint8Array[]): Opener | null {
  const suite = SUITES[hello.suite];
  const { keyShare } = hello;
  if (suite === undefined || !keys.shares.some(({ group }) => group === keyShare?.group) || keyShare === null)
    return null;
  const secret = serverSecret(suite.hash, agreed(keys, keyShare), transcript);
  const key = expand(suite.hash, secret, 'key', new Uint8Array(), suite.keyLength);
  const iv = expand(suite.hash, secret, 'iv', new Uint8Array(), 12);
  return (record, number) => {
    const nonce = Buffer.from(iv);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ number) >>> 0, 8);
    return decrypt(suite.cipher, key, nonce, record);
  };
}

function agreed(keys: OwnKeys, share: KeyShare): Buffer {
  try {
    return keys.agree(share);
  } catch {
    throw unreadable('this is no key');
  }
}

function decrypt(cipher: string, key: Buffer, nonce: Buffer, record: Uint8Array): Uint8Array {
  if (record.length < HEADER + TAG) throw unreadable('too short for its checksum');
  const decipher = createDecipheriv(cipher as 'aes-128-gcm', key, nonce, { authTagLength: TAG });
  decipher.setAAD(record.subarray(0, HEADER));
  decipher.setAuthTag(record.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(record.subarray(HEADER, -TAG)), decipher.final()]);
  } catch {
    throw unreadable('its checksum does not fit');
  }
}

/** The secret of which the server's handshake keys are made. RFC 8446 7.1 */
function serverSecret(hash: string, shared: Buffer, transcript: readonly Uint8Array[]): Buffer {
  const empty = createHash(hash).digest();
  const zeros = Buffer.alloc(empty.length);
  const early = createHmac(hash, zeros).update(zeros).digest();
  const salt = expand(hash, early, 'derived', empty, empty.length);
  const secret = createHmac(hash, salt).update(shared).digest();
  const said = createHash(hash).update(Buffer.concat(transcript)).digest();
  return expand(hash, secret, 's hs traffic', said, empty.length);
}

/** HKDF-Expand-Label, for lengths of one block. RFC 8446 7.1, RFC 5869 2.3 */
function expand(hash: string, secret: Buffer, label: string, context: Uint8Array, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`);
  const info = [
    Buffer.of(length >> 8, length & 0xff, name.length),
    name,
    Buffer.of(context.length),
    context,
    Buffer.of(1),
  ];
  return createHmac(hash, secret).update(Buffer.concat(info)).digest().subarray(0, length);
}

function unreadable(reason: string): WireError {
  return new WireError('bad-value', { path: 'flight.encrypted', offset: 0, spec: 'RFC 8446 5.2' }, reason);
}
