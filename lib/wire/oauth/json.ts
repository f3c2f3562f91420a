/** JSON out of bytes, where an object is expected. RFC 8259 */
export type JsonObject = Readonly<Record<string, unknown>>;

export type ReadObject =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly reason: string };

/** Reads it, or says why it cannot be read. The bytes are bounded by whoever received them. */
export function readObject(bytes: Uint8Array): ReadObject {
  const text = textOf(bytes);
  if (text === null) return { ok: false, reason: 'it is not UTF-8' };
  if (text.trim() === '') return { ok: false, reason: 'it is empty' };
  const value = parsed(text);
  if (value === undefined) return { ok: false, reason: /^\s*</.test(text) ? 'it is a web page' : 'it is not JSON' };
  return isObject(value) ? { ok: true, value } : { ok: false, reason: 'it is JSON, but not an object' };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
