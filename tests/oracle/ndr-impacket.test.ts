/** Every call in NDR, written by impacket and by us, and read by both. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type FieldNote, Trace } from '#lib/wire/bytes/trace.ts';
import { type MapiVersion, versionWords } from '#lib/wire/emsmdb/version.ts';
import { replies } from '#tests/wire/ndr/calls.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';
import { needs, output } from './foreign.ts';
import { callArguments, requests } from './ndr-requests.ts';

interface Theirs {
  /** Written by them, from the same arguments. */
  readonly requests: Readonly<Record<string, string>>;
  /** Ours, read and written again by them. */
  readonly again: Readonly<Record<string, string>>;
  /** What they read in replies. */
  readonly replies: Readonly<Record<string, readonly (number | string)[]>>;
}

/** Digits with dots for what NDR leaves to the writer: padding, and the ids of pointers. */
function comparable(bytes: Uint8Array, fields: readonly FieldNote[]): string {
  const shown = [...digits(bytes)];
  const walk = ({ name, value, offset, length, children }: FieldNote): void => {
    if (name === 'padding' || value?.endsWith('pointer')) shown.fill('.', offset * 2, (offset + length) * 2);
    children.forEach(walk);
  };
  fields.forEach(walk);
  return shown.join('');
}

/** Without NULs, so that both widths of characters read alike. */
const text = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1').replaceAll('\0', '');

/** What they keep as octets, and we take apart. */
const OURS_ALONE = ['aux', 'payloads', 'towers', 'serverGuid', 'type'];
const isVersion = (value: object): value is MapiVersion => 'major' in value;

/** What a decoder of ours says, in the order and the terms of the wire. */
function partsOf(value: unknown, key = ''): (number | string)[] {
  if (OURS_ALONE.includes(key) || value === null) return [];
  switch (typeof value) {
    case 'number':
      return [value | 0];
    case 'boolean':
      return [Number(value)];
    case 'bigint':
      return [Number(value & 0xffff_ffffn) | 0, Number(value >> 32n) | 0];
    case 'string':
      return [text(Buffer.from(value, 'latin1'))];
    case 'object':
      if (value instanceof Uint8Array) return key === 'handle' ? handleParts(value) : [text(value)];
      if (isVersion(value)) return [...versionWords(value)];
      return Object.entries(value).flatMap(([name, each]) => partsOf(each, name));
    default:
      throw new Error(`a ${typeof value}`);
  }
}

const handleParts = (handle: Uint8Array): (number | string)[] => [handle[0] ?? 0, text(handle.subarray(4))];

test('calls are written alike, and read alike', async (context) => {
  needs(context, 'impacket');
  const program = fileURLToPath(new URL('ndr-calls.py', import.meta.url));
  const ours = requests.map(({ name, encode }) => {
    const trace = new Trace();
    return { name, stub: encode(trace), fields: trace.fields };
  });
  const question = {
    ...callArguments,
    handle: digits(callArguments.handle),
    requests: Object.fromEntries(ours.map(({ name, stub }) => [name, digits(stub)])),
    replies: Object.fromEntries(replies.map(({ name, stub }) => [name, digits(stub)])),
  };
  const theirs = JSON.parse(await output('/usr/bin/python3', [program], JSON.stringify(question))) as Theirs;

  for (const { name, stub, fields } of ours) {
    const expected = comparable(stub, fields);
    expect(comparable(hex(theirs.requests[name] ?? ''), fields), name).toBe(expected);
    expect(comparable(hex(theirs.again[name] ?? ''), fields), `${name} again`).toBe(expected);
  }
  for (const { name, stub, decode } of replies) {
    const seen = (theirs.replies[name] ?? []).map((part) =>
      typeof part === 'number' ? part | 0 : text(Buffer.from(part, 'latin1')),
    );
    let at = 0;
    for (const part of partsOf(decode(stub))) {
      const found = seen.indexOf(part, at);
      expect(found, `${name}: ${part} in ${JSON.stringify(seen.slice(at))}`).not.toBe(-1);
      at = found + 1;
    }
    expect(at, name).toBeGreaterThan(0);
  }
});
