/** Secrets that come up while a run goes on: codes and tokens. From then on they are hidden wherever they stand. */

import { passwordSpellings, spellingsOf } from '../ntlm/traces.ts';
import { type Find, finder, hideAt, SHORTEST, type Span } from '../scrub.ts';
import type { Secret } from '../secret.ts';

type Scrub = (text: string) => string;

/** As long as passwords are, a secret is looked for in all its spellings; longer ones are tokens, which have one. */
const LONGEST_WORD = 64;

export class RunSecrets {
  readonly #finds: Find[];
  /** By their first characters. */
  readonly #spelled = new Map<string, string[]>();
  /** The same as octets, for what is no text. */
  readonly #octets: Buffer[] = [];

  constructor(user: string, password: Secret | null) {
    this.#finds = [finder(user, password)];
    if (password === null) return;
    this.#keepOctets(password.reveal());
    this.keepSpellings(passwordSpellings(password));
  }

  /** Hides this one, too. */
  keep(secret: Secret): void {
    const value = secret.reveal();
    const isWord = value.length <= LONGEST_WORD;
    this.#finds.push(isWord ? finder('', secret) : tokenFinder(value));
    this.#keepOctets(value);
    if (isWord) this.keepSpellings(spellingsOf(Buffer.from(value)));
  }

  /** Hides what is spelled in one of these ways, whole. */
  readonly keepSpellings = (spellings: readonly string[]): void => {
    for (const spelling of spellings) {
      const start = spelling.slice(0, SHORTEST_SPELLING);
      if (start.length === SHORTEST_SPELLING) this.#spelled.set(start, [...(this.#spelled.get(start) ?? []), spelling]);
      // What is spelled in digits stands in messages as it is.
      if (DIGITS.test(spelling)) this.#octets.push(Buffer.from(spelling, 'hex'));
    }
  };

  /** Hides all that is known by now. */
  readonly hide: Scrub = (text) => hideAt(text, this.#find(text));

  /** Where a message of octets holds any of it: as text in one or in two octets for each letter, or as it is. */
  readonly findIn = (octets: Uint8Array): readonly Span[] => {
    const bytes = Buffer.from(octets.buffer, octets.byteOffset, octets.length);
    const asIs = this.#octets.flatMap((needle) => placesOf(bytes, needle));
    return joined([...this.#find(bytes.toString('latin1')), ...asIs]);
  };

  #find(text: string): readonly Span[] {
    return [...this.#finds.flatMap((find) => find(text)), ...findSpelled(text, this.#spelled)];
  }

  /** With two octets for each letter, as in all protocols of Windows. */
  #keepOctets(value: string): void {
    if (value.length >= SHORTEST) this.#octets.push(Buffer.from(value, 'utf16le'));
  }
}

/** In small letters alone: each spelling in digits comes in both. Shorter ones would be met by chance. */
const DIGITS = /^(?:[0-9a-f]{2}){12,}$/;

/** What overlaps becomes one. */
function joined(spans: readonly Span[]): Span[] {
  const whole: [number, number][] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = whole.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else whole.push([from, to]);
  }
  return whole;
}

function placesOf(bytes: Buffer, needle: Buffer): Span[] {
  const places: Span[] = [];
  for (let found = bytes.indexOf(needle); found >= 0; found = bytes.indexOf(needle, found + needle.length))
    places.push([found, found + needle.length]);
  return places;
}

/** Each place is looked up once, however many spellings there are: every sign-in adds some thirty. */
function findSpelled(text: string, spelled: ReadonlyMap<string, readonly string[]>): Span[] {
  const spans: Span[] = [];
  let done = 0;
  for (let at = 0; at + SHORTEST_SPELLING <= text.length; at++) {
    const known = spelled.get(text.slice(at, at + SHORTEST_SPELLING));
    const found = known?.find((spelling) => text.startsWith(spelling, at));
    if (found === undefined) continue;
    // What stands around it belongs to the same message.
    const from = startOfRun(text, at, done);
    done = endOfRun(text, at + found.length);
    spans.push([from, done]);
    at = done - 1;
  }
  return spans;
}

/** A shorter piece of a proof is no use to anybody, and would be met by chance. */
const SHORTEST_SPELLING = 12;

/** So many characters of a token in a row are no chance. */
const PIECE = 16;
const IN_TOKEN = /[\w.~+/=%-]/;

/** Hides a token wherever `tokenFinder` finds it. */
export function tokenScrubber(token: string): Scrub {
  const find = tokenFinder(token);
  return (text) => hideAt(text, find(text));
}

/**
 * Finds a token wherever a part of it stands: servers quote it cut off. Each place of the text is looked up once, so it takes time in
 * proportion to the text, however the two are made: both can be an attacker's.
 */
function tokenFinder(token: string): Find {
  const digits = Buffer.from(token).toString('hex');
  const pieces = new Set([token, digits, digits.toUpperCase(), ...inBase64(token)].flatMap(cut));
  return (text) => {
    const spans: Span[] = [];
    let done = 0;
    for (let at = 0; at + PIECE <= text.length; at++) {
      if (!pieces.has(text.slice(at, at + PIECE))) continue;
      const from = startOfRun(text, at, done);
      done = endOfRun(text, at + PIECE);
      spans.push([from, done]);
      at = done - 1;
    }
    return spans;
  };
}

function cut(token: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at + PIECE <= token.length; at += PIECE) pieces.push(token.slice(at, at + PIECE));
  return pieces;
}

/** At each of the three offsets; what is shared with neighbours stays in the first and last piece, which need not match. */
function inBase64(token: string): string[] {
  return [0, 1, 2].map((offset) =>
    Buffer.from(' '.repeat(offset) + token)
      .toString('base64')
      .slice(offset === 0 ? 0 : 4),
  );
}

function startOfRun(text: string, at: number, least: number): number {
  let from = at;
  while (from > least && IN_TOKEN.test(text.charAt(from - 1))) from--;
  return from;
}

function endOfRun(text: string, at: number): number {
  let until = at;
  while (until < text.length && IN_TOKEN.test(text.charAt(until))) until++;
  return until;
}
