/** PEM: base64 between two lines. RFC 7468; the headers of older private keys: RFC 1421 4.4 */
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { WireError, type WireErrorCode } from '../error.ts';
import { atMost, MAX_BUNDLE, MAX_CERTIFICATES_IN_BUNDLE } from './limits.ts';

export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY`, … */
  readonly label: string;
  readonly bytes: Uint8Array;
  /** `pem[2]`: the third block of the text. */
  readonly path: string;
  /** Where its first line begins, in characters. */
  readonly offset: number;
}

const BEGIN = '-----BEGIN ';
const END = '-----END ';
const DASHES = '-----';
const SPEC = 'RFC 7468 2';
/** The longest that is in use is half as long. */
const MAX_LABEL = 64;

/**
 * All blocks of a text, in their order. Text around the blocks is passed over, what is inside has to be right.
 * @param labels blocks with another label are passed over as well, and not decoded: no key is read that nobody asked for
 * @throws WireError where a block has no end, or is no base64; offsets are counted in characters
 */
export function decodePem(text: string, labels?: readonly string[]): PemBlock[] {
  atMost(MAX_BUNDLE, text, { path: 'pem', spec: SPEC });
  const blocks: PemBlock[] = [];
  let count = 0;
  for (let begin = findBegin(text, 0); begin >= 0; count++) {
    const path = `pem[${count}]`;
    if (count === MAX_CERTIFICATES_IN_BUNDLE) throw fault('too-large', path, begin, 'too many blocks');
    const { label, from, to, end } = frame(text, begin, path);
    if (labels?.includes(label) ?? true) {
      const content = from + headerLength(text.slice(from, to));
      const bytes = decodeBase64(text.slice(content, to), { path, offset: content });
      blocks.push({ label, bytes, path, offset: begin });
    }
    begin = findBegin(text, end);
  }
  return blocks;
}

/** The next first line of a block; -1 if there is none. It has to begin its line. */
function findBegin(text: string, from: number): number {
  let at = text.indexOf(BEGIN, from);
  while (at > 0 && !'\r\n'.includes(text.charAt(at - 1))) at = text.indexOf(BEGIN, at + 1);
  return at;
}

interface Frame {
  readonly label: string;
  /** Where the content begins and ends, and where the last line ends. */
  readonly from: number;
  readonly to: number;
  readonly end: number;
}

function frame(text: string, begin: number, path: string): Frame {
  const labelAt = begin + BEGIN.length;
  const line = text.slice(labelAt, labelAt + MAX_LABEL + DASHES.length);
  const label = line.slice(0, Math.max(0, line.indexOf(DASHES)));
  const from = labelAt + label.length + DASHES.length;
  if (!/^[ -~]+$/.test(label)) throw fault('bad-value', path, begin, 'a first line that cannot be read');
  const to = text.indexOf(END, from);
  if (to < 0) throw fault('truncated', path, text.length, 'a block without its last line');
  const last = `${END}${label}${DASHES}`;
  const end = to + last.length;
  if (text.slice(to, end) === last) return { label, from, to, end };
  const isCut = end > text.length && last.startsWith(text.slice(to));
  throw fault(isCut ? 'truncated' : 'bad-value', path, to, 'a last line that does not fit the first');
}

/** Headers have a colon, which base64 has not, and end at an empty line. */
function headerLength(content: string): number {
  const colon = content.indexOf(':');
  if (colon < 0) return 0;
  const ends = ['\n\n', '\n\r\n'].map((mark) => content.indexOf(mark, colon)).filter((at) => at >= 0);
  return ends.length === 0 ? 0 : Math.min(...ends);
}

function fault(code: WireErrorCode, path: string, offset: number, reason: string): WireError {
  return new WireError(code, { path, offset, spec: SPEC }, reason);
}

/** One block with lines of 64 characters. RFC 7468 2 */
export function encodePem(label: string, bytes: Uint8Array): string {
  const base64 = encodeBase64(bytes);
  const lines = Array.from({ length: Math.ceil(base64.length / 64) }, (_, line) =>
    base64.slice(line * 64, line * 64 + 64),
  );
  return [`${BEGIN}${label}${DASHES}`, ...lines, `${END}${label}${DASHES}`, ''].join('\n');
}
