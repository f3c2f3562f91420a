/**
 * International names: from the form that DNS knows (A-label, `xn--…`) to the one that people write (U-label). For display only,
 * and always beside the A-label: two names can look alike, their A-labels never do. RFC 5890 2.3.2.1, RFC 3492
 */

const PREFIX = 'xn--';
/** No label of DNS is longer. RFC 1035 2.3.4 */
const LONGEST_LABEL = 63;

/** RFC 3492 5: the parameters of Punycode. */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE = 0x80;
const LAST_CODE = 0x10ffff;

/**
 * The name as people write it: `xn--bcher-kva.example` gives `bücher.example`. Null where that is the same, cannot be read, or
 * would not be safe to show within a sentence.
 */
export function unicodeName(host: string): string | null {
  const labels = host.split('.').map((label) => (isALabel(label) ? unicodeLabel(label) : label));
  return labels.includes(null) || !host.split('.').some(isALabel) ? null : labels.join('.');
}

const isALabel = (label: string): boolean => label.toLowerCase().startsWith(PREFIX);

function unicodeLabel(label: string): string | null {
  if (label.length > LONGEST_LABEL) return null;
  const text = decodePunycode(label.slice(PREFIX.length).toLowerCase());
  return text !== null && isFitToShow(text) ? text : null;
}

/** Letters, digits and marks only: nothing invisible, no controls, no sign that looks like a dot, slash or bracket. RFC 5892 */
const PLAIN = /^[\p{L}\p{N}\p{M}-]+$/u;
/** The blocks of scripts that run from right to left: within a sentence they would turn its other parts around. Unicode, UAX 9 */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** ASCII alone needs no A-label: one that says so pretends. RFC 5891 4.4 */
const ASCII = /^[\x20-\x7f]*$/;

function isFitToShow(text: string): boolean {
  const isCanonical = text.normalize('NFKC').toLowerCase() === text;
  return isCanonical && PLAIN.test(text) && !ASCII.test(text) && !RIGHT_TO_LEFT.test(text) && !/^\p{M}/u.test(text);
}

/**
 * Punycode as RFC 3492 6.2 decodes it, without the prefix.
 * @returns null for what is no Punycode
 */
export function decodePunycode(input: string): string | null {
  const lastHyphen = input.lastIndexOf('-');
  const output = [...input.slice(0, Math.max(0, lastHyphen))];
  let code = FIRST_CODE;
  let place = 0;
  let bias = FIRST_BIAS;
  for (let at = lastHyphen + 1; at < input.length; ) {
    const read = readInteger(input, at, bias);
    if (read === null) return null;
    const length = output.length + 1;
    bias = adapt(read.value, length, place === 0);
    code += Math.floor((place + read.value) / length);
    place = (place + read.value) % length;
    if (code > LAST_CODE || isSurrogate(code)) return null;
    output.splice(place++, 0, String.fromCodePoint(code));
    at = read.end;
  }
  return output.join('');
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

/** A number of variable length. RFC 3492 3.3 */
function readInteger(input: string, start: number, bias: number): { value: number; end: number } | null {
  let value = 0;
  let weight = 1;
  for (let at = start, k = BASE; at < input.length; at++, k += BASE) {
    const digit = digitOf(input.charCodeAt(at));
    const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
    value += digit * weight;
    if (digit < 0 || value > 0x7fffffff) return null;
    if (digit < threshold) return { value, end: at + 1 };
    weight *= BASE - threshold;
  }
  return null;
}

/** `a` to `z` are 0 to 25, `0` to `9` are 26 to 35; -1 for anything else. */
function digitOf(character: number): number {
  if (character >= 0x30 && character <= 0x39) return character - 0x30 + 26;
  const letter = character | 0x20;
  return letter >= 0x61 && letter <= 0x7a ? letter - 0x61 : -1;
}

/** RFC 3492 3.4 */
function adapt(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
