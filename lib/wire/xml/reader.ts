/**
 * XML as a small tree with places. A streaming parser without entities of its own does the reading, so that depth and size can be
 * limited while it runs: a hostile document costs what the limit costs.
 */
import sax from 'sax';

export interface XmlElement {
  /** Local name. */
  readonly name: string;
  readonly namespace: string;
  /** Local name to value. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Character data of this element alone, trimmed. */
  readonly text: string;
}

/** Where and why a document could not be read; line and column count from 1. */
export interface XmlFault {
  readonly kind: 'empty' | 'malformed' | 'too-deep' | 'too-many';
  readonly reason: string;
  readonly line: number;
  readonly column: number;
}

export type XmlResult =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly fault: XmlFault };

/** Autodiscover answers are six levels deep; SOAP and WSDL stay below thirty. */
export const MAX_DEPTH = 100;
/** The largest settings documents have some hundred elements. */
export const MAX_ELEMENTS = 20_000;

interface Growing {
  name: string;
  namespace: string;
  attributes: Record<string, string>;
  children: Growing[];
  text: string;
}

class Stop extends Error {
  readonly kind: XmlFault['kind'];
  constructor(kind: XmlFault['kind'], reason: string) {
    super(reason);
    this.kind = kind;
  }
}

/** Reads a whole document. Faults are values: a broken answer is something to report, not an accident. */
export function readXml(bytes: Uint8Array): XmlResult {
  const text = decode(bytes);
  if (text.trim() === '') return fault('empty', 'the answer is empty', 1, 1);
  const parser = sax.parser(true, { xmlns: true, position: true });
  const top: Growing[] = [];
  build(parser, top);
  try {
    parser.write(text).close();
  } catch (error) {
    const kind = error instanceof Stop ? error.kind : 'malformed';
    return fault(kind, firstLine(error), parser.line + 1, parser.column + 1);
  }
  const root = top[0];
  return root === undefined ? fault('malformed', 'there is no element', 1, 1) : { ok: true, root };
}

function build(parser: sax.SAXParser, top: Growing[]): void {
  const open: Growing[] = [];
  let elements = 0;
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = (tag) => {
    if (open.length >= MAX_DEPTH) throw new Stop('too-deep', `elements nested more than ${MAX_DEPTH} deep`);
    if (++elements > MAX_ELEMENTS) throw new Stop('too-many', `more than ${MAX_ELEMENTS} elements`);
    const element = begin(tag as sax.QualifiedTag);
    (open.at(-1)?.children ?? top).push(element);
    open.push(element);
  };
  parser.onclosetag = () => {
    const closed = open.pop();
    if (closed !== undefined) closed.text = closed.text.trim();
  };
  const addText = (text: string): void => {
    const current = open.at(-1);
    if (current !== undefined) current.text += text;
  };
  parser.ontext = addText;
  parser.oncdata = addText;
}

function begin(tag: sax.QualifiedTag): Growing {
  const named = Object.values(tag.attributes).filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns');
  const attributes = Object.fromEntries(named.map(({ local, value }) => [local, value]));
  return { name: tag.local, namespace: tag.uri, attributes, children: [], text: '' };
}

/** A byte order mark decides; without one it is UTF-8, which every Autodiscover server sends. */
function decode(bytes: Uint8Array): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  return new TextDecoder(utf16 ?? 'utf-8').decode(bytes);
}

const fault = (kind: XmlFault['kind'], reason: string, line: number, column: number): XmlResult => ({
  ok: false,
  fault: { kind, reason, line, column },
});

/** sax adds its own "Line: … Column: …" below the reason. */
function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').toLowerCase().slice(0, 200);
}

/** The first child of this local name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}

/** The text of the first child of this local name; null where there is none. */
export function childText(element: XmlElement | undefined, name: string): string | null {
  return child(element, name)?.text ?? null;
}
