/** Octets as lines of text: where each starts, its octets in hexadecimal, and the characters that they stand for. Pure. */

/** A stretch of octets; `to` is behind its end. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How wide the lines are. */
export interface Columns {
  /** Octets in a line. */
  readonly width: 8 | 16;
  /** Digits of the offset. */
  readonly digits: number;
}

export const columnsFor = (width: 8 | 16, octets: number): Columns => ({ width, digits: octets > 0x10000 ? 6 : 4 });

const HEX = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** Column of an octet in hexadecimal. A wide line has a gap in its middle. */
export const hexColumn = ({ digits, width }: Columns, place: number): number =>
  digits + 2 + place * 3 + (width === 16 && place >= 8 ? 1 : 0);

/** Column of the character. */
export const textColumn = (columns: Columns, place: number): number => hexColumn(columns, columns.width) + 1 + place;

/** Columns of a whole line; every line is as long, so that places can be told from it. */
export const lineLength = (columns: Columns): number => textColumn(columns, columns.width);

/** The octet of a line at this column; null where there is none. */
export function placeAt(columns: Columns, column: number): number | null {
  const text = column - textColumn(columns, 0);
  if (text >= 0) return text < columns.width ? text : null;
  for (let place = columns.width - 1; place >= 0; place -= 1)
    if (column >= hexColumn(columns, place)) return column < hexColumn(columns, place) + 3 ? place : null;
  return null;
}

/** One line. Octets that are not kept are shown as dots. */
export function lineOf(octets: Uint8Array, from: number, columns: Columns, hidden: readonly Span[]): string {
  const { width, digits } = columns;
  let [hex, text] = ['', ''];
  for (let place = 0; place < width; place += 1) {
    const octet = octets[from + place];
    const isHidden = hidden.some((span) => from + place >= span.from && from + place < span.to);
    if (width === 16 && place === 8) hex += ' ';
    if (octet === undefined) hex += '   ';
    else hex += isHidden ? '·· ' : `${HEX[octet]} `;
    if (octet !== undefined) text += isHidden ? '·' : octet >= 0x20 && octet <= 0x7e ? String.fromCharCode(octet) : '.';
  }
  const offset = from.toString(16).padStart(digits, '0');
  return `${offset}  ${hex} ${text.padEnd(width)}`;
}

/** A part of a line, or several whole lines: plain, of the field that is marked, or at the place of a problem. */
export interface Piece {
  readonly text: string;
  readonly kind: 'plain' | 'marked' | 'problem';
}

/** What is to be seen in a stretch of octets. */
export interface Marks {
  readonly marked: Span | null;
  readonly problem: number | null;
}

/** Lines from `from` on, taken apart where marks begin and end. What is alike stays in one piece. */
export function piecesOf(
  octets: Uint8Array,
  span: Span,
  columns: Columns,
  hidden: readonly Span[],
  marks: Marks,
): Piece[] {
  const pieces: { text: string; kind: Piece['kind'] }[] = [];
  const add = (text: string, kind: Piece['kind']): void => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text !== '') pieces.push({ text, kind });
  };
  for (let from = span.from; from < span.to; from += columns.width) {
    const line = lineOf(octets, from, columns, hidden);
    let done = 0;
    for (const { start, end, kind } of stretches(from, columns, marks)) {
      add(line.slice(done, start), 'plain');
      add(line.slice(start, end), kind);
      done = end;
    }
    add(`${line.slice(done)}\n`, 'plain');
  }
  return pieces;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly kind: 'marked' | 'problem';
}

/** Columns of a line that are marked, from left to right: first of the hexadecimal part, then of the text. */
function stretches(from: number, columns: Columns, { marked, problem }: Marks): Stretch[] {
  const inLine = (at: number): number => Math.min(Math.max(at - from, 0), columns.width);
  const [first, end] = marked === null ? [0, 0] : [inLine(marked.from), inLine(marked.to)];
  const at = problem !== null && problem >= from && problem < from + columns.width ? problem - from : null;
  const runs: [first: number, end: number, kind: Stretch['kind']][] =
    at === null
      ? [[first, end, 'marked']]
      : [
          [first, Math.min(end, at), 'marked'],
          [at, at + 1, 'problem'],
          [Math.max(first, at + 1), end, 'marked'],
        ];
  const real = runs.filter((run) => run[0] < run[1]);
  return [
    ...real.map(([a, b, kind]) => ({ start: hexColumn(columns, a), end: hexColumn(columns, b - 1) + 2, kind })),
    ...real.map(([a, b, kind]) => ({ start: textColumn(columns, a), end: textColumn(columns, b), kind })),
  ];
}

/** The octets of a base64 text; those before the first mistake, if there is one. */
export function octetsOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array(0);
  }
}

export const inHex = (octets: Uint8Array): string => Array.from(octets, (octet) => HEX[octet]).join(' ');

/** 0x0010 */
export const offsetText = (offset: number): string => `0x${offset.toString(16).padStart(4, '0')}`;

export const octetCount = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'octet' : 'octets'}`;
