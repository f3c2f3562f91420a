/** The articles: one for each code, each complete and in the same order, so that a reader finds his way in all of them. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { articleFolder, readArticle } from '#lib/advice/articles.ts';
import type { Block, Inline } from '#lib/advice/markdown.ts';
import { projectRoot } from '#lib/launch/project.js';
import { catalogue, type FindingCode, isFindingCode } from '#lib/result/catalogue/index.ts';
import { filesIn, textOf } from './sources.ts';

const codes = Object.keys(catalogue) as FindingCode[];

test('every code has one article, and every article a code', () => {
  const names = filesIn('lib/advice/en').map((file) => path.basename(file));
  expect(names.toSorted()).toEqual(codes.map((code) => `${code}.md`).sort());
});

const HEADINGS = [
  'What the test saw',
  'What users notice',
  'Why',
  'Likely causes',
  'What to change',
  'Check it yourself',
  'See also',
];

describe.for(codes)('%s', (code) => {
  const text = textOf(`lib/advice/en/${code}.md`);
  const article = readArticle(articleFolder(projectRoot), code);
  const blocks = article?.blocks ?? [];

  test('says of itself what the catalogue says', () => {
    const { severity, actor } = catalogue[code];
    expect(article).toMatchObject({ code, severity, actor });
    expect(article?.title).toMatch(/^[A-Z].*[^.]$/);
  });

  test('has its chapters in order, and something in each', () => {
    const headings = blocks.filter(({ kind }) => kind === 'heading');
    expect(headings.map(textOfBlock)).toEqual(HEADINGS);
    const adjacent = blocks.filter(({ kind }, at) => kind === 'heading' && blocks[at + 1]?.kind === 'heading');
    expect(adjacent).toEqual([]);
    expect(blocks.at(-1)?.kind).not.toBe('heading');
  });

  test('is neither a note nor a book', () => {
    const lines = text.trimEnd().split('\n').length;
    expect(lines).toBeGreaterThanOrEqual(40);
    expect(lines).toBeLessThanOrEqual(90);
  });

  test('uses arguments that the finding has', () => {
    const used = blocks.flatMap(inlinesOf).filter(({ kind }) => kind === 'placeholder');
    const names = used.map((part) => ('text' in part ? part.text.replaceAll(/[{}]/g, '') : ''));
    expect(names.filter((name) => !Object.hasOwn(catalogue[code].args, name))).toEqual([]);
  });

  test('points to other codes that exist, and not to itself', () => {
    const named = blocks.slice(blocks.findLastIndex(({ kind }) => kind === 'heading')).flatMap(inlinesOf);
    const others = named.flatMap((part) => (part.kind === 'code' && looksLikeCode(part.text) ? [part.text] : []));
    expect(others.filter((other) => !isFindingCode(other) || other === code)).toEqual([]);
    expect(named.length).toBeGreaterThan(0);
  });
});

const AREAS = new Set(codes.map((code) => code.split('.')[0]));

/** `tls.timeout` is meant as a code, `dig` and `mail.contoso.example` are not. */
function looksLikeCode(word: string): boolean {
  const [area = '', name, ...rest] = word.split('.');
  return AREAS.has(area) && name !== undefined && rest.length === 0;
}

function inlinesOf(block: Block): Inline[] {
  if (block.kind === 'code') return [];
  return (block.kind === 'list' ? block.items.flat() : block.parts).flatMap(withParts);
}

function withParts(part: Inline): Inline[] {
  return 'parts' in part ? [part, ...part.parts.flatMap(withParts)] : [part];
}

function textOfBlock(block: Block): string {
  return inlinesOf(block)
    .map((part) => ('text' in part ? part.text : ''))
    .join('');
}
