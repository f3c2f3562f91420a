/** The sentences: every key that is used exists, none is left over, and no placeholder is without its argument. */
import { expect, test } from 'vitest';
import { catalogue } from '#lib/result/catalogue/index.ts';
import type { Sentence } from '#lib/result/message.ts';
import { titles } from '#lib/result/titles.ts';
import { callsOf, isNode, literal, nodesIn, nodesOf, productCode, type SyntaxNode, treeOf } from './sources.ts';

const WHERE_THEY_ARE_WRITTEN = 'lib/result/titles.ts';
const users = productCode()
  .filter((file) => file !== WHERE_THEY_ARE_WRITTEN)
  .map((file) => ({ file, tree: treeOf(file) }));
const keys = Object.keys(titles);

test('a title is built by a key that exists', () => {
  const built = users.flatMap(({ file, tree }) =>
    callsOf(tree, 'title').flatMap(([key]) => keysIn(key, tree).map((each) => ({ file, key: each }))),
  );
  expect(built.length).toBeGreaterThan(20);
  expect(built.filter(({ key }) => key === null || !keys.includes(key))).toEqual([]);
});

/** The key that is written out, or all keys of the table of the same file that it is looked up in; null where it cannot be told. */
function keysIn(key: SyntaxNode | undefined, tree: SyntaxNode): (string | null)[] {
  if (key?.type !== 'MemberExpression' || !isNode(key.object)) return [literal(key)];
  const { name } = key.object;
  const table = nodesOf(tree, 'VariableDeclarator').find(({ id }) => isNode(id) && id.name === name);
  const values = table === undefined ? [] : nodesOf(table, 'Property').map(({ value }) => literal(value));
  return values.length === 0 ? [null] : values;
}

test('no title is left over', () => {
  const patterns = users.flatMap(({ tree }) => [...nodesIn(tree)].flatMap((node) => patternOf(node) ?? []));
  expect(keys.filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
});

/** What a text in the code can be the key of: a literal itself, a template every key that fits into it. */
function patternOf(node: SyntaxNode): RegExp | null {
  const text = literal(node);
  if (text !== null) return keys.includes(text) ? fits([text]) : null;
  if (node.type !== 'TemplateLiteral') return null;
  const parts = (node.quasis as unknown[]).filter(isNode).map(({ value }) => (value as { raw: string }).raw);
  // One that begins with a gap would fit nearly everything.
  return /^[a-z]+\.[a-z.-]*$/.test(parts[0] ?? '') ? fits(parts) : null;
}

/** Keys that consist of these parts, with a word in each gap. */
function fits(parts: readonly string[]): RegExp {
  const literally = parts.map((part) => part.replaceAll(/[^a-z-]/g, '\\$&'));
  return new RegExp(`^${literally.join('[a-z-]+')}$`);
}

test('every analyzer has a sentence for each end that a run can have', () => {
  const analyzers = keys.flatMap((key) => /^verdict\.running\.(.+)$/.exec(key)?.[1] ?? []);
  const wanted = analyzers.flatMap((name) => ['passed', 'warning', 'failed'].map((end) => `verdict.${end}.${name}`));
  expect(analyzers).not.toEqual([]);
  expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
});

const sentences: [key: string, sentence: Sentence][] = [...Object.entries(catalogue), ...Object.entries(titles)];

test.for(sentences)('%s names arguments that it has', ([, { text, args }]) => {
  const names = [...text.matchAll(/\{(\w+)/g)].map(([, name = '']) => name);
  expect(names.filter((name) => !Object.hasOwn(args, name))).toEqual([]);
  expect(text.replaceAll(/\{(\w+)(?:\?[^{}]*| [^|{}]+\|[^{}]+)?\}/g, '')).not.toMatch(/[{}]/);
});

test.for(sentences)('%s counts with its noun only what can be counted', ([, { text, args }]) => {
  const counted = [...text.matchAll(/\{(\w+) [^|{}]+\|/g)].map(([, name = '']) => args[name]);
  expect(counted.filter((type) => type !== 'count')).toEqual([]);
});
