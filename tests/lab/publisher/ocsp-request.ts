import { oid } from '../pki/der.ts';
import { extensionIds } from '../pki/extensions.ts';
import { type Hash, hashes } from '../pki/signatures.ts';
import { contentOf, type Element, elementsIn, inside, NotDer } from './der-reader.ts';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
/** `requestExtensions [2]`. */
const EXTENSIONS = 0xa2;

/** Which certificate is asked about. RFC 6960 4.1.1 */
export interface OcspQuestion {
  readonly idHash: Hash;
  readonly nameHash: Uint8Array;
  readonly keyHash: Uint8Array;
  /** The content of the INTEGER. */
  readonly serial: Uint8Array;
}

export interface OcspRequest {
  readonly questions: readonly OcspQuestion[];
  readonly nonce?: Uint8Array;
}

/**
 * Reads a request. RFC 6960 4.1.1
 * @throws NotDer for anything else
 */
export function readOcspRequest(bytes: Uint8Array): OcspRequest {
  const [request, ...more] = elementsIn(bytes);
  if (more.length > 0) throw new NotDer('There is something behind the request.');
  const [body] = inside(request, SEQUENCE);
  const parts = inside(body, SEQUENCE);
  const list = parts.find(({ tag }) => tag === SEQUENCE);
  const questions = inside(list, SEQUENCE).map(readQuestion);
  if (questions.length === 0) throw new NotDer('Nothing is asked.');
  const nonce = nonceIn(parts.find(({ tag }) => tag === EXTENSIONS));
  return { questions, ...(nonce === undefined ? {} : { nonce }) };
}

function readQuestion(request: Element): OcspQuestion {
  const [id] = inside(request, SEQUENCE);
  const [algorithm, nameHash, keyHash, serial] = inside(id, SEQUENCE);
  const [hash] = inside(algorithm, SEQUENCE);
  return {
    idHash: hashNamed(contentOf(hash, OBJECT_IDENTIFIER)),
    nameHash: contentOf(nameHash, OCTET_STRING),
    keyHash: contentOf(keyHash, OCTET_STRING),
    serial: contentOf(serial, INTEGER),
  };
}

function hashNamed(id: Uint8Array): Hash {
  const known = (Object.keys(hashes) as Hash[]).find((name) => isSame(id, oid(hashes[name]).subarray(2)));
  if (known === undefined) throw new NotDer('The hash is not known.');
  return known;
}

// The nonce is an OCTET STRING inside the OCTET STRING that every extension has. RFC 9654 2.1
function nonceIn(extensions: Element | undefined): Uint8Array | undefined {
  if (!extensions) return undefined;
  const all = inside(inside(extensions, EXTENSIONS)[0], SEQUENCE).map((each) => inside(each, SEQUENCE));
  const mine = all.find(([id]) => isSame(contentOf(id, OBJECT_IDENTIFIER), oid(extensionIds.ocspNonce).subarray(2)));
  return mine && contentOf(elementsIn(contentOf(mine.at(-1), OCTET_STRING))[0], OCTET_STRING);
}

/** Whether two pieces are equal, byte for byte. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
