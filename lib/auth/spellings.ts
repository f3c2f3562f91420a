/** A text as it reads once its escapes are undone, with the way back: linear in the text, whatever stands in it. */

/** `at[i]` is where the i-th character of `text` begins in the original, `at[length]` the original's end. */
export interface Reading {
  readonly text: string;
  readonly at: readonly number[];
}

interface Escape {
  readonly pattern: RegExp;
  /** What the escape stands for; null where it is none after all. */
  readonly undo: (match: RegExpExecArray) => string | null;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const JSON_LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** HTML and XML. */
const entities: Escape = {
  pattern: /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
  undo: ([, decimal, hexadecimal, name]) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? null;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : null;
  },
};

/** URLs: bytes of UTF-8. */
const percent: Escape = {
  pattern: /(?:%[\da-f]{2}){1,12}/gi,
  undo: ([run]) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
};

/** Forms, in addition to `percent`. */
const plus: Escape = { pattern: /\+/g, undo: () => ' ' };

/** JSON, and every other use of the backslash. */
const backslash: Escape = {
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
  [entities, percent, backslash],
];

/** Every reading of a text, the text itself first. */
export function readings(text: string): Reading[] {
  const itself: Reading = { text, at: Array.from({ length: text.length + 1 }, (_, at) => at) };
  return LAYERS.map((layer) => layer.reduce(undo, itself));
}

function undo(reading: Reading, { pattern, undo: undone }: Escape): Reading {
  const parts: string[] = [];
  const at: number[] = [];
  let done = 0;
  const keep = (until: number): void => {
    parts.push(reading.text.slice(done, until));
    for (let place = done; place < until; place++) at.push(reading.at[place] ?? 0);
    done = until;
  };
  for (const match of reading.text.matchAll(pattern)) {
    const plain = undone(match);
    if (plain === null) continue;
    keep(match.index);
    parts.push(plain);
    for (let unit = 0; unit < plain.length; unit++) at.push(reading.at[match.index] ?? 0);
    done = match.index + match[0].length;
  }
  keep(reading.text.length);
  at.push(reading.at[reading.text.length] ?? 0);
  return { text: parts.join(''), at };
}
