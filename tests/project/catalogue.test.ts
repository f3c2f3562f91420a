/** The finding codes: what the code says, what the catalogue holds, and what a world shows agree with each other. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Severity } from '#lib/result/catalogue/entry.ts';
import { catalogue, type FindingCode, isFindingCode } from '#lib/result/catalogue/index.ts';
import { allWorlds } from '#tests/lab/worlds/index.ts';
import { draftedWith } from './drafted.ts';
import { callsOf, codeIn, isNode, literal, nodesOf, productCode, type SyntaxNode, treeOf } from './sources.ts';

const codes = Object.keys(catalogue) as FindingCode[];

describe('drafts', () => {
  const drafts = productCode().flatMap((file) =>
    callsOf(treeOf(file), 'draft').map(([code, , severity]) => ({ file, code: literal(code), severity })),
  );

  test('each names a code of the catalogue', () => {
    expect(drafts.length).toBeGreaterThan(codes.length / 2);
    expect(drafts.filter(({ code }) => code === null || !isFindingCode(code))).toEqual([]);
  });

  test('every code is drafted somewhere', () => {
    expect(codes.filter((code) => !drafts.some((draft) => draft.code === code))).toEqual([]);
  });

  test('a severity other than the default has its rule', () => {
    const lawless = drafts.filter(({ code, severity }) => {
      const entry = catalogue[code as FindingCode];
      return severitiesOf(severity).some((word) => word !== entry.severity && entry.mayBe[word] === undefined);
    });
    expect(lawless).toEqual([]);
  });

  test('every rule for another severity is used', () => {
    const ruled = codes.flatMap((code) => Object.keys(catalogue[code].mayBe).map((word) => `${code} ${word}`));
    const used = drafts.flatMap(({ code, severity }) => severitiesOf(severity).map((word) => `${code} ${word}`));
    expect(ruled.filter((rule) => !used.includes(rule))).toEqual([]);
  });
});

/** One that is written out; or both milder ones, where it is computed: then each of them needs its rule. */
function severitiesOf(severity: unknown): Severity[] {
  if (severity === undefined) return [];
  const word = literal(severity) as Severity | null;
  return word === null ? ['warning', 'notice'] : [word];
}

describe('probes', () => {
  const files = codeIn('lib/probes').filter((file) => !/\/(judging|survey)\/|\/vetted\.ts$/.test(file));

  test.for(files)('%s declares the codes that it and its judges draft', async (file) => {
    const lists = Object.values((await import(path.resolve(file))) as Record<string, unknown>).filter(isProbe);
    expect(lists.map(({ emits }) => emits.toSorted())).toEqual([draftedWith(file)]);
  });

  test.for(files)('%s is named after its file', (file) => {
    const ids = propertiesOf(treeOf(file), 'id').map(literal);
    expect(ids).toEqual([path.basename(file, '.ts')]);
  });
});

const isProbe = (value: unknown): value is { emits: readonly string[] } =>
  typeof value === 'object' && value !== null && 'emits' in value && Array.isArray(value.emits);

function propertiesOf(tree: SyntaxNode, name: string): SyntaxNode[] {
  const properties = nodesOf(tree, 'Property').filter(({ key }) => isNode(key) && key.name === name);
  return properties.map(({ value }) => value).filter(isNode);
}

describe('worlds', () => {
  /** Errors and warnings that no world shows, each with the reason. */
  const WITHOUT_WORLD: Partial<Record<FindingCode, string>> = {};

  test('every error and warning has a world that must give it', () => {
    const shown = new Set(allWorlds.flatMap(({ must }) => must));
    const weighty = codes.filter((code) => catalogue[code].severity !== 'notice' && !code.startsWith('tool.'));
    expect(weighty.filter((code) => !shown.has(code))).toEqual(Object.keys(WITHOUT_WORLD));
  });

  test('each has a name and a file of its own', () => {
    const files = codeIn('tests/lab/worlds').map((file) => path.basename(file, '.ts'));
    expect(allWorlds.map(({ name }) => name).sort()).toEqual(files.filter((name) => name !== 'index').sort());
  });
});
