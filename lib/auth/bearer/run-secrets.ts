/** Secrets that come up while a run goes on: codes and tokens. From then on they are hidden wherever they stand. */

import { passwordSpellings, spellingsOf } from '../ntlm/traces.ts';
import { scrubber } from '../scrub.ts';
import type { Secret } from '../secret.ts';

type Scrub = (text: string) => string;

/** As long as passwords are, a secret is looked for in all its spellings; longer ones are tokens, which have one. */
const LONGEST_WORD = 64;

export class RunSecrets {
  readonly #scrubs: Scrub[];
  /** By their first characters. */
  readonly #spelled = new Map<string, string[]>();

  constructor(user: string, password: Secret | null) {
    this.#scrubs = [scrubber(user, password)];
    if (password !== null) this.keepSpellings(passwordSpellings(password));
  }

  /** Hides this one, too. */
  keep(secret: Secret): void {
    const value = secret.reveal();
    const isWord = value.length <= LONGEST_WORD;
    this.#scrubs.push(isWord ? scrubber('', secret) : tokenScrubber(value));
    if (isWord) this.keepSpellings(spellingsOf(Buffer.from(value)));
  }

  /** Hides what is spelled in one of these ways, whole. */
  readonly keepSpellings = (spellings: readonly string[]): void => {
    for (const spelling of spellings) {
      const start = spelling.slice(0, SHORTEST_SPELLING);
      if (start.length === SHORTEST_SPELLING) this.#spelled.set(start, [...(this.#spelled.get(start) ?? []), spelling]);
    }
  };

  /** Hides all that is known by now. */
  readonly hide: Scrub = (text) =>
    withoutSpelled(
      this.#scrubs.reduce((rest, scrub) => scrub(rest), text),
      this.#spelled,
    );
}

/** Each place is looked up once, however many spellings there are: every sign-in adds some thirty. */
function withoutSpelled(text: string, spelled: ReadonlyMap<string, readonly string[]>): string {
  let clean = '';
  let done = 0;
  for (let at = 0; at + SHORTEST_SPELLING <= text.length; at++) {
    const known = spelled.get(text.slice(at, at + SHORTEST_SPELLING));
    const found = known?.find((spelling) => text.startsWith(spelling, at));
    if (found === undefined) continue;
    // What stands around it belongs to the same message.
    clean += text.slice(done, startOfRun(text, at, done)) + HIDDEN;
    done = endOfRun(text, at + found.length);
    at = done - 1;
  }
  return clean + text.slice(done);
}

/** A shorter piece of a proof is no use to anybody, and would be met by chance. */
const SHORTEST_SPELLING = 12;

/** So many characters of a token in a row are no chance. */
const PIECE = 16;
const HIDDEN = '[hidden]';
const IN_TOKEN = /[\w.~+/=%-]/;

/**
 * Hides a token wherever a part of it stands: servers quote it cut off. Each place of the text is looked up once, so it takes time in
 * proportion to the text, however the two are made: both can be an attacker's.
 */
export function tokenScrubber(token: string): Scrub {
  const digits = Buffer.from(token).toString('hex');
  const pieces = new Set([token, digits, digits.toUpperCase(), ...inBase64(token)].flatMap(cut));
  return (text) => {
    let clean = '';
    let done = 0;
    for (let at = 0; at + PIECE <= text.length; at++) {
      if (!pieces.has(text.slice(at, at + PIECE))) continue;
      const from = startOfRun(text, at, done);
      clean += text.slice(done, from) + HIDDEN;
      done = endOfRun(text, at + PIECE);
      at = done - 1;
    }
    return clean + text.slice(done);
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
