/** What a file imports: static, dynamic, re-exported, and in types. */
import path from 'node:path';
import { isNode, literal, nodesIn, parse, type SyntaxNode, textOf } from './sources.ts';

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The imported names as the other module calls them; `*` where all are taken or it cannot be told. */
  readonly names: readonly string[];
  /** Nothing of it is there when the program runs. */
  readonly typesOnly: boolean;
}

/** The imports of a file of the project. */
export function importsOf(file: string): Import[] {
  return importsIn(textOf(file), file);
}

/** The imports in a text. */
export function importsIn(text: string, file = 'text.ts'): Import[] {
  return [...nodesIn(parse(text, file))].flatMap((node) => toImport(node) ?? []);
}

function toImport(node: SyntaxNode): Import | null {
  switch (node.type) {
    case 'ImportDeclaration':
      return declared(node, node.importKind === 'type', 'imported');
    case 'ExportNamedDeclaration':
      return node.source === null ? null : declared(node, node.exportKind === 'type', 'local');
    case 'ExportAllDeclaration':
      return { specifier: literal(node.source) ?? '', names: ['*'], typesOnly: node.exportKind === 'type' };
    case 'ImportExpression':
      return { specifier: literal(node.source) ?? COMPUTED, names: ['*'], typesOnly: false };
    case 'TSImportType':
      return { specifier: literal(node.source) ?? COMPUTED, names: ['*'], typesOnly: true };
    default:
      return null;
  }
}

/** The specifier of an import whose module is worked out while the program runs. */
export const COMPUTED = '(computed)';

function declared(node: SyntaxNode, asTypes: boolean, from: 'imported' | 'local'): Import {
  const specifiers = (node.specifiers as unknown[]).filter(isNode);
  const names = specifiers.map((one) => nameOf(one, from));
  const marked = specifiers.filter((one) => (one.importKind ?? one.exportKind) === 'type');
  // Without names it is imported for what it does: `import './globals.css'`.
  const typesOnly = asTypes || (specifiers.length > 0 && marked.length === specifiers.length);
  return { specifier: literal(node.source) ?? '', names, typesOnly };
}

function nameOf(specifier: SyntaxNode, from: 'imported' | 'local'): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  const named = specifier[from];
  return isNode(named) && specifier.type !== 'ImportNamespaceSpecifier' ? String(named.name ?? named.value) : '*';
}

/** Where an import leads: a path in the project for what is ours, else the module's name (`node:net`, `undici`, `next`). */
export function goalOf(file: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier);
  if (specifier.startsWith('node:') || specifier === COMPUTED) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
