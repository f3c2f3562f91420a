import type { Random } from '../random.ts';
import { element, type Xml } from './xml.ts';

/** What an element holds, by path: "External/OWAUrl", "External/OWAUrl@AuthenticationMethod", "@Type". */
export type Leaves = Readonly<Record<string, string>>;

/** An element made of its leaves. What stands side by side is in no order that anybody could rely on. */
export function elementOf(name: string, leaves: Leaves, random: Random): Xml {
  const attributes = Object.entries(leaves).filter(([path]) => path.startsWith('@'));
  const written = Object.fromEntries(attributes.map(([path, value]) => [path.slice(1), value]));
  const { '': text } = leaves;
  if (text !== undefined) return element(name, text, written);
  const names = Object.keys(leaves).filter((path) => !path.startsWith('@'));
  const children = new Set(names.map((path) => path.split(/[/@]/)[0] ?? ''));
  const inside = random.shuffled([...children]).map((child) => elementOf(child, below(leaves, child), random));
  return element(name, inside, written);
}

function below(leaves: Leaves, child: string): Leaves {
  const own = Object.entries(leaves).flatMap(([path, value]) => {
    if (path === child) return [['', value]];
    if (path.startsWith(`${child}/`)) return [[path.slice(child.length + 1), value]];
    return path.startsWith(`${child}@`) ? [[path.slice(child.length), value]] : [];
  });
  return Object.fromEntries(own);
}
