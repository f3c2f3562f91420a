/** A text as it reads once its escapes are undone, with the way back: linear in the text, whatever stands in it. */

/** `at[i]` is where the i-th character of `text` begins in the original, `at[length]` the original's end; null: where it stands. */
export interface Reading {
  readonly text: string;
  readonly at: readonly number[] | null;
}

interface Escape {
  /** Without it there is none in a text: most have none, and are done at once. */
  readonly sign: string;
  readonly pattern: RegExp;
  /** What the escape stands for; null where it is none after all. */
  readonly undo: (match: RegExpExecArray) => string | null;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const JSON_LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** HTML and XML. */
const entities: Escape = {
  sign: '&',
  pattern: /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
  undo: ([, decimal, hexadecimal, name]) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? null;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : null;
  },
};

/** URLs: the bytes of one character in UTF-8. */
const percent: Escape = {
  sign: '%',
  pattern: /%[0-7][\da-f]|%[c-f][\da-f](?:%[89ab][\da-f]){1,3}/gi,
  undo: ([run]) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
};

/** Forms, in addition to `percent`. */
const plus: Escape = { sign: '+', pattern: /\+/g, undo: () => ' ' };

/** JSON, and every other use of the backslash. */
const backslash: Escape = {
  sign: '\\',
  pattern: /\\(?:u([\da-f]{4})|(.))/gi,
  undo: ([, unit, letter = '']) =>
    unit === undefined ? (JSON_LETTERS[letter] ?? letter) : String.fromCharCode(Number.parseInt(unit, 16)),
};

/** Servers use one kind of escape, two kinds one after the other, or undo some and forget others. */
const LAYERS: readonly (readonly Escape[])[] = [
  [],
  [entities],
  [percent],
  [percent, plus],
  [plus, percent],
  [backslash],
  [backslash, entities],
  [entities, backslash],
  [entities, percent],
  [percent, entities],
  [percent, plus, entities],
  [entities, percent, backslash],
];

/** For whoever looks for something without a space: where that stands, no plus sign was undone. */
const LAYERS_WITHOUT_PLUS = LAYERS.filter((layer) => !layer.includes(plus));

/**
 * Every reading of a text that differs from the others, the text itself first.
 * @param isSpaced whether what is looked for in them holds a space
 */
export function readings(text: string, isSpaced: boolean): Reading[] {
  const itself: Reading = { text, at: null };
  const layers = isSpaced ? LAYERS : LAYERS_WITHOUT_PLUS;
  return [...new Set(layers.map((layer) => layer.reduce(undo, itself)))];
}

function undo(reading: Reading, { sign, pattern, undo: undone }: Escape): Reading {
  if (!reading.text.includes(sign)) return reading;
  const parts: string[] = [];
  const at: number[] = [];
  const origin = (place: number): number => (reading.at === null ? place : (reading.at[place] ?? 0));
  let done = 0;
  const keep = (until: number): void => {
    parts.push(reading.text.slice(done, until));
    for (let place = done; place < until; place++) at.push(origin(place));
    done = until;
  };
  for (const match of reading.text.matchAll(pattern)) {
    const plain = undone(match);
    if (plain === null) continue;
    keep(match.index);
    parts.push(plain);
    for (let unit = 0; unit < plain.length; unit++) at.push(origin(match.index));
    done = match.index + match[0].length;
  }
  if (parts.length === 0) return reading;
  keep(reading.text.length);
  at.push(origin(reading.text.length));
  return { text: parts.join(''), at };
}
