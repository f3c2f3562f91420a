/** The project's own files, as text and as syntax trees. A real parser reads them: what stands in a comment or a string is no code. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAst } from 'vitest/node';
import { projectRoot } from '#lib/launch/project.js';

/** Folders that hold nothing written by hand. */
const NOT_OURS = new Set(['node_modules', '.git', '.next', 'data', 'test-results', 'playwright-report']);

/** A node of the syntax tree, in the form that ESTree gives to JavaScript and TypeScript. */
export interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Every file below these entries of the project, relative to its root, in a fixed order. */
export function filesIn(...entries: readonly string[]): string[] {
  return entries.flatMap((entry) => {
    const found = readdirSync(path.join(projectRoot, entry), { withFileTypes: true });
    const names = found.filter(({ name }) => !NOT_OURS.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
    return names.flatMap((item) => {
      const file = path.posix.join(entry, item.name);
      return item.isDirectory() ? filesIn(file) : [file];
    });
  });
}

/** Those that a compiler reads. */
export function codeIn(...entries: readonly string[]): string[] {
  return filesIn(...entries).filter((file) => /\.(ts|tsx|js|mjs)$/.test(file) && !file.endsWith('.d.ts'));
}

/** The code at the top of the project that belongs to the web application. */
export const WEB_ENTRIES = ['proxy.ts', 'instrumentation.ts', 'instrumentation-node.ts'];

/** Everything that runs outside the tests. */
export function productCode(): string[] {
  return [...codeIn('lib', 'app', 'components'), ...WEB_ENTRIES];
}

/** The text of a file of the project. */
export function textOf(file: string): string {
  return readFileSync(path.join(projectRoot, file), 'utf8');
}

/** The syntax tree of a text. */
export function parse(text: string, file = 'text.ts'): SyntaxNode {
  const lang = file.endsWith('x') ? 'tsx' : file.endsWith('js') ? 'js' : 'ts';
  return parseAst(text, { lang }) as unknown as SyntaxNode;
}

/** The syntax tree of a file of the project. */
export function treeOf(file: string): SyntaxNode {
  return parse(textOf(file), file);
}

/** The node and everything below it, in the order of the text. */
export function* nodesIn(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const field of Object.values(node)) {
    for (const part of Array.isArray(field) ? field : [field]) if (isNode(part)) yield* nodesIn(part);
  }
}

/** All nodes of one type. */
export function nodesOf(node: SyntaxNode, type: string): SyntaxNode[] {
  return [...nodesIn(node)].filter((one) => one.type === type);
}

/** The calls of a function with this name, each as the list of its arguments. */
export function callsOf(node: SyntaxNode, name: string): SyntaxNode[][] {
  const calls = nodesOf(node, 'CallExpression').filter(({ callee }) => isNode(callee) && callee.name === name);
  return calls.map((call) => (call.arguments as unknown[]).filter(isNode));
}

/** The text of a string literal; null for anything else. */
export function literal(node: unknown): string | null {
  return isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
}

/** Whether a field of a node is a node itself. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
