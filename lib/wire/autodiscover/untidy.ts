/** What is wrong with a document that can be read all the same. */
import type { EncodingNote } from '../xml/encoding.ts';

export type UntidyCode =
  | EncodingNote['code']
  | 'content-type'
  | 'leading-content'
  | 'trailing-content'
  | 'namespace-missing'
  | 'namespace-https'
  | 'namespace-wrong'
  | 'prefix'
  | 'odd-case'
  | 'padded-value'
  | 'mapi-http-misplaced'
  | 'mapi-http-type-element'
  | 'repeated-user'
  | 'cut-short';

export interface Untidy {
  readonly code: UntidyCode;
  /** A clause: "the namespace of Autodiscover is missing". */
  readonly words: string;
  /** A strict reader, or one that looks elements up by their namespace, gets nothing out of the document. */
  readonly breaks: boolean;
}

interface Saying {
  readonly breaks: boolean;
  readonly words: (what: string) => string;
}

const SAYINGS: Readonly<Record<UntidyCode, Saying>> = {
  'byte-order-mark': { breaks: false, words: () => 'it begins with a byte order mark' },
  'utf-16': { breaks: false, words: (what) => `it is written in ${what}, not in UTF-8` },
  'charset-lies': { breaks: true, words: (what) => `the Content-Type header promises another character set: ${what}` },
  'encoding-lies': { breaks: true, words: (what) => `the XML declaration promises another encoding: ${what}` },
  'charset-unknown': { breaks: true, words: (what) => `nobody knows the character set ${what}` },
  'broken-characters': { breaks: true, words: (what) => `some bytes are no characters of ${what}` },
  'content-type': { breaks: false, words: (what) => `it comes as ${what}` },
  'leading-content': { breaks: true, words: (what) => `${what} before it` },
  'trailing-content': { breaks: true, words: (what) => `something follows its end (${what})` },
  'namespace-missing': { breaks: true, words: (what) => `${what} without a namespace` },
  'namespace-https': {
    breaks: true,
    words: (what) => `the namespace of ${what} begins with https:// instead of http://`,
  },
  'namespace-wrong': { breaks: true, words: (what) => `the namespace of ${what} is another one` },
  prefix: { breaks: false, words: (what) => `elements have a prefix (${what})` },
  'odd-case': {
    breaks: true,
    words: (what) => `written in other letters, large or small, than they should be: ${what}`,
  },
  'padded-value': { breaks: false, words: (what) => `white space around the value of ${what}` },
  'mapi-http-misplaced': {
    breaks: true,
    words: (what) => `mapiHttp does not stand directly in Account, but at ${what}`,
  },
  'mapi-http-type-element': {
    breaks: true,
    words: () => 'mapiHttp is named by an element Type, where clients look for an attribute',
  },
  'repeated-user': { breaks: false, words: (what) => `it answers for ${what} people, and one was asked for` },
  'cut-short': { breaks: false, words: (what) => `it holds more than ${what}; the rest was not looked at` },
};

/** As many places as a sentence can bear. */
const MOST_PLACES = 5;
const LONGEST_PLACE = 200;

/** Notes while a document is read: each kind once, with the first few of its places. */
export class Notebook {
  private readonly places = new Map<UntidyCode, Set<string>>();

  note(code: UntidyCode, what = ''): void {
    const known = this.places.get(code) ?? new Set();
    if (known.size <= MOST_PLACES) known.add(what.slice(0, LONGEST_PLACE));
    this.places.set(code, known);
  }

  list(): readonly Untidy[] {
    return [...this.places].map(([code, places]) => {
      const { words, breaks } = SAYINGS[code];
      const shown = [...places].slice(0, MOST_PLACES).join(', ');
      return { code, breaks, words: words(places.size > MOST_PLACES ? `${shown}, …` : shown) };
    });
  }
}
