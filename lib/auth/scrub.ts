/** Removes a secret from text that came from outside: a server may send back what it was given, written in its own way. */
import type { Secret } from './secret.ts';
import { type Reading, readings } from './spellings.ts';

/** Shorter ones occur by chance; replacing them would spoil the evidence and hide nothing. */
export const SHORTEST = 4;
const HIDDEN = '[hidden]';

/** Where something stands in a text: behind `from` places, and no further than `to`. */
export type Span = readonly [from: number, to: number];

/** Finds every place of a secret in a text. */
export type Find = (text: string) => readonly Span[];

/** A function that hides the secret wherever it stands. */
export function scrubber(user: string, secret: Secret | null): (text: string) => string {
  const find = finder(user, secret);
  return (text) => hideAt(text, find(text));
}

/**
 * A function that finds the secret wherever it stands: plain, in the escapes of HTML, XML, URLs and JSON or several of them, as UTF-8
 * that somebody took for Latin-1; in Base64 at any offset, and behind its user name however short it is. It takes time in proportion
 * to the text: the text, and often the secret too, is an attacker's.
 */
export function finder(user: string, secret: Secret | null): Find {
  if (secret === null) return () => [];
  const value = secret.reveal();
  const needles = value.length < SHORTEST ? [] : [value, Buffer.from(value, 'utf8').toString('latin1')];
  const tokens = [Buffer.from(`${user}:${value}`, 'utf8').toString('base64'), ...base64Cores(value)];
  const isSpaced = needles.some((needle) => needle.includes(' '));
  return (text) => {
    const read = needles.length === 0 ? [] : readings(text, isSpaced);
    return [
      ...read.flatMap((reading) => needles.flatMap((needle) => find(reading, needle))),
      ...tokens.flatMap((token) => findTokens(text, token)),
    ];
  };
}

/** Where a needle stands, in places of the original text. */
function find({ text, at }: Reading, needle: string): Span[] {
  const spans: Span[] = [];
  for (let found = text.indexOf(needle); found >= 0; found = text.indexOf(needle, found + needle.length)) {
    const end = found + needle.length;
    spans.push(at === null ? [found, end] : [at[found] ?? 0, at[end] ?? 0]);
  }
  return spans;
}

const IN_TOKEN = /[\w+/=-]/;

/** The whole Base64 token goes: what is left of it would still tell a letter or two. */
function findTokens(text: string, core: string): Span[] {
  const spans: Span[] = [];
  let done = 0;
  for (let found = text.indexOf(core); found >= 0; found = text.indexOf(core, done)) {
    let start = found;
    while (start > done && IN_TOKEN.test(text.charAt(start - 1))) start--;
    done = found + core.length;
    while (IN_TOKEN.test(text.charAt(done))) done++;
    spans.push([start, done]);
  }
  return spans;
}

/** A text with a word in place of what stands there. */
export function hideAt(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  let clean = '';
  let done = 0;
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    if (from >= done) clean += text.slice(done, from) + HIDDEN;
    done = Math.max(done, to);
  }
  return clean + text.slice(done);
}

/** What Base64 makes of the value at each of the three offsets, without the characters that its neighbours share in. */
function base64Cores(value: string): string[] {
  const cores = [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value, 'utf8')]);
    const whole = Math.floor(bytes.length / 3) * 4;
    return bytes.toString('base64').slice(offset === 0 ? 0 : 4, whole);
  });
  const long = cores.filter((core) => core.length >= SHORTEST);
  return [...long, ...long.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'))];
}
