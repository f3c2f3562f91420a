/** What a PKCS #12 file holds: certificates and keys, each in a bag of its own. RFC 7292 4.1, 4.2 */
import { identifier, octets, parts, readBer, toDer, Unreadable, type Value } from './ber.ts';
import { decrypt } from './decrypt.ts';
import type { Effort, PassPhrase } from './keys.ts';

/** A certificate or a PrivateKeyInfo. */
export interface Item {
  readonly der: Uint8Array;
  /** What a key and its certificate have in common, in hexadecimal digits; empty where nothing is said. */
  readonly localKeyId: string;
}

export interface Content {
  readonly certificates: Item[];
  readonly keys: Item[];
}

/** A server's certificate with all of its issuers needs five; each key takes rounds of derivation. */
const MOST_ITEMS = 20;
const DEEPEST = 4;

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const BAG = '1.2.840.113549.1.12.10.1.';
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';

/**
 * Everything in an AuthenticatedSafe.
 * @throws WrongKey, Unreadable
 */
export async function unpack(safe: Uint8Array, passPhrase: PassPhrase, effort: Effort): Promise<Content> {
  const content: Content = { certificates: [], keys: [] };
  const unpacking = { content, passPhrase, effort };
  for (const info of parts(readBer(safe))) await bagsIn(await safeContents(info, unpacking), unpacking, 0);
  return content;
}

interface Unpacking {
  readonly content: Content;
  readonly passPhrase: PassPhrase;
  readonly effort: Effort;
}

/** One ContentInfo: plain, or encrypted with the pass phrase. */
async function safeContents(info: Value, { passPhrase, effort }: Unpacking): Promise<Value> {
  const [kind, wrapped] = parts(info);
  const [inner] = parts(wrapped);
  const name = identifier(kind);
  if (name === DATA) return readBer(octets(inner));
  if (name !== ENCRYPTED_DATA) throw new Unreadable('it is locked by a certificate instead of a pass phrase');
  const [, encrypted] = parts(inner);
  const [, algorithm, bytes] = parts(encrypted);
  return readBer(await decrypt(algorithm, octets(bytes), passPhrase, effort));
}

async function bagsIn(contents: Value, unpacking: Unpacking, depth: number): Promise<void> {
  if (depth > DEEPEST) throw new Unreadable('its bags are nested too deeply');
  for (const bag of parts(contents)) await unpackBag(bag, unpacking, depth);
}

async function unpackBag(bag: Value, unpacking: Unpacking, depth: number): Promise<void> {
  const [kind, wrapped, attributes] = parts(bag);
  const [value] = parts(wrapped);
  const { content, passPhrase, effort } = unpacking;
  const localKeyId = localKeyIdOf(attributes);
  switch (identifier(kind).replace(BAG, '')) {
    case '1':
      if (value !== undefined) add(content.keys, { der: toDer(value), localKeyId });
      return;
    case '2': {
      const [algorithm, encrypted] = parts(value);
      add(content.keys, { der: await decrypt(algorithm, octets(encrypted), passPhrase, effort), localKeyId });
      return;
    }
    case '3': {
      const [type, certificate] = parts(value);
      if (identifier(type) !== X509_CERTIFICATE) return;
      add(content.certificates, { der: octets(parts(certificate)[0]), localKeyId });
      return;
    }
    case '6':
      if (value !== undefined) await bagsIn(value, unpacking, depth + 1);
  }
}

function add(list: Item[], item: Item): void {
  if (list.push(item) > MOST_ITEMS) throw new Unreadable(`it holds more than ${MOST_ITEMS} certificates or keys`);
}

function localKeyIdOf(attributes: Value | undefined): string {
  if (attributes === undefined) return '';
  for (const attribute of parts(attributes)) {
    const [name, values] = parts(attribute);
    if (identifier(name) === LOCAL_KEY_ID) return Buffer.from(octets(values)).toString('hex');
  }
  return '';
}
