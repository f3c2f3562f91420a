/**
 * Answers of a server that shares no code with us or with Exchange, recorded over loopback, and two of the requests that it took.
 * Its names lead nowhere.
 */
import { readFileSync } from 'node:fs';

export type Recorded =
  | 'pox.request.xml'
  | 'pox.xml'
  | 'pox-unknown-address.xml'
  | 'pox-unknown-schema.xml'
  | 'pox-empty-request.xml'
  | 'mobilesync.request.xml'
  | 'mobilesync.xml'
  | 'v2-autodiscover.json'
  | 'v2-activesync.json'
  | 'v2-unknown-protocol.json'
  | 'v2-no-protocol.json';

export function recorded(name: Recorded): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
}

/** Name and text of each leaf, found without a parser: these documents have neither comments nor CDATA. */
export function leavesOf(document: Uint8Array): readonly (readonly [name: string, text: string])[] {
  const text = new TextDecoder().decode(document);
  const found = text.matchAll(/<([\w-]+)(?:\s[^<>]*)?(?:\/>|>([^<]*)<\/\1>)/g);
  return [...found].map(([, name = '', inside = '']) => [name, inside.trim()]);
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
