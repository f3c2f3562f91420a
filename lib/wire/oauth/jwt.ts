/** A JSON Web Token taken apart. Nothing is verified: who issued it is what it says itself. RFC 7519 7.2, RFC 7515 3.1 */
import { decodeBase64 } from '../base64.ts';
import { WireError } from '../error.ts';
import { type JsonObject, readObject } from './json.ts';

/** The claims; null where the text is not such a token, or is encrypted: then it says something to its reader alone. */
export function decodeClaims(token: string): JsonObject | null {
  const [head = '', claims = '', ...rest] = token.split('.', 4);
  if (rest.length !== 1) return null;
  return objectIn(head) === null ? null : objectIn(claims);
}

function objectIn(part: string): JsonObject | null {
  const read = readObject(bytesOf(part) ?? new Uint8Array());
  return read.ok ? read.value : null;
}

/** Base64 for URLs, without padding. RFC 7515 2 */
function bytesOf(part: string): Uint8Array | null {
  if (!/^[\w-]*$/.test(part)) return null;
  const usual = part.replaceAll('-', '+').replaceAll('_', '/');
  try {
    return decodeBase64(usual + '='.repeat((4 - (usual.length % 4)) % 4), { path: 'token', offset: 0 });
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}
