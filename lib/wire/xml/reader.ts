/**
 * XML as a small tree with places. A streaming parser without entities of its own does the reading, so that depth and size can be
 * limited while it runs: a hostile document costs what the limit costs.
 */
import sax from 'sax';
import { decodeText } from './encoding.ts';

export interface XmlElement {
  /** Local name. */
  readonly name: string;
  /** What stands before the colon; empty for an element of the default namespace. */
  readonly prefix: string;
  readonly namespace: string;
  /** Local name to value. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Character data of this element alone, trimmed. */
  readonly text: string;
  /** Whether there was anything to trim around that text. */
  readonly padded: boolean;
}

/** Where and why a document could not be read; line and column count from 1. Truncated: right as far as it goes. */
export interface XmlFault {
  readonly kind: 'empty' | 'truncated' | 'malformed' | 'too-deep' | 'too-many';
  readonly reason: string;
  readonly line: number;
  readonly column: number;
}

export type XmlResult =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly fault: XmlFault };

/** A root element that was read to its end, and what is wrong behind it. */
export type XmlReading =
  | { readonly ok: true; readonly root: XmlElement; readonly after: XmlFault | null }
  | { readonly ok: false; readonly fault: XmlFault };

/** Autodiscover answers are six levels deep; SOAP and WSDL stay below thirty. */
export const MAX_DEPTH = 100;
/** A name stands in every path below it, so a long one multiplies. */
export const MAX_NAME = 256;
/** The largest settings documents have some hundred elements. */
export const MAX_ELEMENTS = 20_000;
export const MAX_ATTRIBUTES = 20_000;

interface Growing {
  name: string;
  prefix: string;
  namespace: string;
  attributes: Record<string, string>;
  children: Growing[];
  text: string;
  padded: boolean;
}

/** An element that has not been closed, and the namespaces that it declares, by prefix. */
interface Open {
  readonly element: Growing;
  readonly declared: ReadonlyMap<string, string>;
}

class Stop extends Error {
  readonly kind: XmlFault['kind'];
  constructor(kind: XmlFault['kind'], reason: string) {
    super(reason);
    this.kind = kind;
  }
}

/** HTML's entities are not XML's. The types of sax do not know this option. */
const OPTIONS: sax.SAXOptions & { strictEntities: true } = { position: true, strictEntities: true };

/** Reads a whole document. Faults are values: a broken answer is something to report, not an accident. */
export function readXml(bytes: Uint8Array): XmlResult {
  const reading = readXmlText(decodeText(bytes, null).text);
  if (reading.ok && reading.after !== null) return { ok: false, fault: reading.after };
  return reading;
}

/** Reads a document, and takes its root element even where something stands behind it that should not. */
export function readXmlText(text: string): XmlReading {
  if (text.trim() === '') return fault('empty', 'the answer is empty', 1, 1);
  // Not sax's own namespaces: their cost grows with declarations times elements, and attributes come too late to be counted.
  const parser = sax.parser(true, OPTIONS);
  const built: Built = { root: null, isWhole: false };
  build(parser, built);
  let isRead = false;
  try {
    parser.write(text);
    isRead = true;
    parser.close();
  } catch (error) {
    const kind = error instanceof Stop ? error.kind : isRead ? 'truncated' : 'malformed';
    const failed = fault(kind, firstLine(error), parser.line + 1, Math.max(1, parser.column));
    return built.root !== null && built.isWhole ? { ok: true, root: built.root, after: failed.fault } : failed;
  }
  if (built.root === null) return fault('truncated', 'there is no element', 1, 1);
  return { ok: true, root: built.root, after: null };
}

interface Built {
  root: Growing | null;
  isWhole: boolean;
}

/** sax drops a second attribute of the same name without a word. With this for a memory it reports every one. */
const FORGETFUL: Record<string, string> = new Proxy(
  {},
  { get: (_target, key) => (key === 'hasOwnProperty' ? () => false : undefined), set: () => true },
);

function build(parser: sax.SAXParser, built: Built): void {
  const open: Open[] = [];
  let attributes = new Map<string, string>();
  const read = { elements: 0, attributes: 0 };
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentagstart = (tag) => {
    tag.attributes = FORGETFUL;
  };
  parser.onattribute = ({ name, value }) => {
    if (name.length > MAX_NAME) throw new Stop('too-many', `a name of more than ${MAX_NAME} characters`);
    if (++read.attributes > MAX_ATTRIBUTES) throw new Stop('too-many', `more than ${MAX_ATTRIBUTES} attributes`);
    if (attributes.has(name)) throw new Stop('malformed', `the attribute "${name}" stands twice in one element`);
    attributes.set(name, value);
  };
  parser.onopentag = ({ name }) => {
    if (name.length > MAX_NAME) throw new Stop('too-many', `a name of more than ${MAX_NAME} characters`);
    if (open.length >= MAX_DEPTH) throw new Stop('too-deep', `elements nested more than ${MAX_DEPTH} deep`);
    if (++read.elements > MAX_ELEMENTS) throw new Stop('too-many', `more than ${MAX_ELEMENTS} elements`);
    if (open.length === 0 && built.root !== null) throw new Stop('malformed', 'a second root element');
    const { element, declared } = begin(name, [...attributes], open);
    built.root ??= element;
    open.at(-1)?.element.children.push(element);
    open.push({ element, declared });
    attributes = new Map();
  };
  parser.onclosetag = () => {
    const closed = open.pop()?.element;
    if (closed === undefined) return;
    const text = closed.text.trim();
    closed.padded = text !== '' && text.length < closed.text.length;
    closed.text = text;
    built.isWhole = open.length === 0;
  };
  const addText = (text: string): void => {
    const current = open.at(-1)?.element;
    if (current !== undefined) current.text += text;
  };
  parser.ontext = addText;
  parser.oncdata = addText;
}

/** Namespaces in XML 1.0, 5 and 6: a declaration holds for its own element too; attributes take no default namespace. */
function begin(name: string, attributes: readonly (readonly [string, string])[], around: readonly Open[]): Open {
  const declarations = attributes.flatMap(([attribute, value]) =>
    /^xmlns(:|$)/.test(attribute) ? [[attribute.slice(6), value] as const] : [],
  );
  const declared = new Map(declarations);
  const inScope = [declared, ...around.map((one) => one.declared).reverse()];
  const resolve = (prefix: string): string => {
    const found = inScope.find((scope) => scope.has(prefix))?.get(prefix) ?? PREDECLARED[prefix] ?? '';
    if (prefix !== '' && found === '') throw new Stop('malformed', `the namespace prefix "${prefix}" is not declared`);
    return found;
  };
  const [prefix, local] = split(name);
  const own = attributes
    .filter(([attribute]) => !/^xmlns(:|$)/.test(attribute))
    .map(([attribute, value]) => {
      const [attributePrefix, attributeName] = split(attribute);
      if (attributePrefix !== '') resolve(attributePrefix);
      return [attributeName, value] as const;
    });
  const element = {
    name: local,
    prefix,
    namespace: resolve(prefix),
    attributes: Object.fromEntries(own),
    children: [],
    text: '',
    padded: false,
  };
  return { element, declared };
}

const PREDECLARED: Readonly<Record<string, string>> = { xml: 'http://www.w3.org/XML/1998/namespace' };

function split(name: string): [prefix: string, local: string] {
  const at = name.indexOf(':');
  return at < 0 ? ['', name] : [name.slice(0, at), name.slice(at + 1)];
}

const fault = (
  kind: XmlFault['kind'],
  reason: string,
  line: number,
  column: number,
): { readonly ok: false; readonly fault: XmlFault } => ({
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
