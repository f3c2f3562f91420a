/** Removes a secret from text that came from outside: a server may send back what it was given, written in its own way. */
import type { Secret } from './secret.ts';

/** Shorter ones occur by chance; replacing them would spoil the evidence and hide nothing. */
const SHORTEST = 4;
const HIDDEN = '[hidden]';

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * A function that hides the secret wherever it stands: each character plain or in the escapes of HTML, XML, URLs and JSON, in any
 * mixture; the whole in Base64 at any offset, alone or behind its user name.
 */
export function scrubber(secret: Secret | null): (text: string) => string {
  const value = secret?.reveal() ?? '';
  if (value.length < SHORTEST) return (text) => text;
  const spelled = new RegExp(Array.from(value, spellings).join(''), 'gi');
  const cores = base64Cores(value);
  return (text) => cores.reduce(hideToken, text.replace(spelled, HIDDEN));
}

const IN_TOKEN = /[\w+/=-]/;

/**
 * Hides every Base64 token with this core in it. The whole token goes: what is left of it would still tell a letter or two. No
 * pattern does this in linear time: it would look for the token's end from each of its letters.
 */
function hideToken(text: string, core: string): string {
  let clean = '';
  let done = 0;
  for (let at = text.indexOf(core); at >= 0; at = text.indexOf(core, done)) {
    let start = at;
    while (start > done && IN_TOKEN.test(text.charAt(start - 1))) start--;
    clean += text.slice(done, start) + HIDDEN;
    done = at + core.length;
    while (IN_TOKEN.test(text.charAt(done))) done++;
  }
  return clean + text.slice(done);
}

function spellings(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...Buffer.from(character, 'utf8')];
  const forms = [
    character,
    NAMED_ENTITIES[character],
    `&#0*${code};`,
    `&#x0*${code.toString(16)};`,
    bytes.map((byte) => `%${hex(byte, 2)}`).join(''),
    [...character].flatMap(utf16).join(''),
    `\\${character}`,
    // UTF-8 that somebody took for Latin-1, as it happens in headers.
    Buffer.from(bytes).toString('latin1'),
    character === ' ' ? '+' : undefined,
  ];
  const patterns = forms.flatMap((form, at) =>
    form === undefined ? [] : at === 2 || at === 3 ? [form] : [quote(form)],
  );
  return `(?:${[...new Set(patterns)].join('|')})`;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

function utf16(character: string): string[] {
  return Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at), 4)}`);
}

const quote = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

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
