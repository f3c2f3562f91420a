/**
 * The tree of a document in the words of its schema: elements under the names they should have, each with its place, and whether
 * the schema knows it there. What a document does with letters, prefixes and white space is noted on the way and then forgotten.
 */
import type { XmlElement } from '../xml/reader.ts';
import { MAX_ROWS, type Row } from './settings.ts';
import type { Notebook } from './untidy.ts';

/** The elements and `@attributes` that a schema knows below an element, by the name of that element. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

export interface Part {
  readonly name: string;
  readonly known: boolean;
  readonly text: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly parts: readonly Part[];
  /** Element path from the top of the tree, which itself is the empty path. */
  readonly path: string;
  /** Its last step: the name, counted where it repeats. */
  readonly step: string;
}

/** Paths of this length are only met where somebody means to do harm. */
const LONGEST_PATH = 300;

export interface Schema {
  readonly vocabulary: Vocabulary;
  readonly notebook: Notebook;
  /** Where the schema uses prefixes itself there is nothing to say about them. */
  readonly prefixes: boolean;
}

/** Reads a tree below a root element of which the caller knows what it is. */
export function partOf(root: XmlElement, name: string, schema: Schema): Part {
  return toPart(root, { name, known: true, path: '', step: '' }, schema);
}

type Place = Pick<Part, 'name' | 'known' | 'path' | 'step'>;

function toPart(element: XmlElement, place: Place, schema: Schema): Part {
  const { vocabulary, notebook, prefixes } = schema;
  const names = place.known ? (vocabulary[place.name] ?? []) : [];
  const children = element.children.map((child) => ({ child, ...recognise(child, element, names, notebook) }));
  const counts = Map.groupBy(children, ({ name }) => name);
  const seen = new Map<string, number>();
  const parts = children.map(({ child, name, known }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const step = (counts.get(name)?.length ?? 0) > 1 ? `${name}[${count}]` : name;
    if (known && child.prefix !== '' && !prefixes) notebook.note('prefix', `${child.prefix}:`);
    return toPart(child, { name, known, step, path: join(place.path, step) }, schema);
  });
  if (place.known && parts.length === 0 && element.padded) notebook.note('padded-value', place.name);
  return { ...place, text: element.text, attributes: new Map(Object.entries(element.attributes)), parts };
}

/** The name that the schema has for an element; its own where the schema has none. */
function recognise(
  { name, namespace }: XmlElement,
  parent: XmlElement,
  names: readonly string[],
  notebook: Notebook,
): { readonly name: string; readonly known: boolean } {
  const isForeign = namespace !== parent.namespace && namespace !== '' && !isAutodiscover(namespace);
  if (isForeign || names.includes(name)) return { name, known: !isForeign };
  const meant = names.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (meant === undefined) return { name, known: false };
  notebook.note('odd-case', name);
  return { name: meant, known: true };
}

/** Any of the schemas', whoever wrote it down wrongly. */
export function isAutodiscover(namespace: string): boolean {
  return /schemas\.microsoft\.com\/exchange\/([0-9]+\/)?autodiscover/i.test(namespace.slice(0, LONGEST_PATH));
}

function join(path: string, step: string): string {
  if (path === '') return step.slice(0, LONGEST_PATH);
  if (path.endsWith('/…')) return path;
  return path.length + step.length < LONGEST_PATH ? `${path}/${step}` : `${path}/…`;
}

/** The first known child of this name. */
export function part(parent: Part | undefined, name: string): Part | undefined {
  return parent?.parts.find((one) => one.known && one.name === name);
}

/** All known children of this name. */
export function partsOf(parent: Part | undefined, name: string): readonly Part[] {
  return parent?.parts.filter((one) => one.known && one.name === name) ?? [];
}

/** The text of the first known child of this name that has one; null where there is none. */
export function textOf(parent: Part | undefined, name: string): string | null {
  return partsOf(parent, name).find(({ text }) => text !== '')?.text ?? null;
}

/** Every leaf and attribute below an element, with paths from there on; leaves out what belongs to somebody else. */
export function rowsOf(
  parent: Part,
  { vocabulary, notebook }: Schema,
  isElsewhere: (one: Part) => boolean = () => false,
): readonly Row[] {
  const rows: Row[] = [];
  const visit = (one: Part, path: string): void => {
    if (one !== parent && isElsewhere(one)) return;
    if (one !== parent && one.parts.length === 0) rows.push({ path, value: one.text, known: one.known });
    for (const [name, value] of one.attributes) {
      const known = one.known && (vocabulary[one.name]?.includes(`@${name}`) ?? false);
      rows.push({ path: `${path}@${name}`, value, known });
    }
    for (const child of one.parts) visit(child, join(path, child.step));
  };
  visit(parent, '');
  if (rows.length > MAX_ROWS) notebook.note('cut-short', `${MAX_ROWS} values`);
  return rows.slice(0, MAX_ROWS);
}

/** Whether this is On or Off, or one of the other pairs that servers use for it; null for anything else. */
export function toBoolean(text: string | null): boolean | null {
  const word = text?.toLowerCase();
  if (word === 'on' || word === 'true' || word === 'yes' || word === '1') return true;
  if (word === 'off' || word === 'false' || word === 'no' || word === '0') return false;
  return null;
}

/** A whole number of a size that means something. */
export function toNumber(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
