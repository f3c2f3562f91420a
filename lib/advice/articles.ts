/** The articles: one file for each finding code, named after it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Actor, Severity } from '#lib/result/catalogue/entry.ts';
import { type Block, parseMarkdown } from './markdown.ts';

export interface ArticleHead {
  readonly code: string;
  readonly severity: Severity;
  readonly actor: Actor;
  readonly title: string;
  /** The document that says how it should be; `null` where there is none. */
  readonly spec: string | null;
}

export interface Article extends ArticleHead {
  readonly blocks: readonly Block[];
}

/** The folder of the articles below the folder of the program. */
export function articleFolder(root: string): string {
  return path.join(/* turbopackIgnore: true */ root, 'lib', 'advice', 'en');
}

/** The article of a code; `null` when there is none. */
export function readArticle(folder: string, code: string): Article | null {
  if (!codes(folder).includes(code)) return null;
  const text = readFileSync(path.join(/* turbopackIgnore: true */ folder, `${code}.md`), 'utf8');
  return parseArticle(text);
}

/** The heads of all articles, ordered by code. */
export function listArticles(folder: string): ArticleHead[] {
  return codes(folder).flatMap((code) => {
    const article = readArticle(folder, code);
    return article === null ? [] : [article];
  });
}

function codes(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /^[a-z]+\.[a-z0-9-]+\.md$/.test(name));
  return names.map((name) => name.slice(0, -'.md'.length)).sort();
}

/** Front matter and text. @throws Error for a file that has no complete front matter: it is ours, and a test reads them all */
export function parseArticle(text: string): Article {
  const [, front, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(text.replaceAll('\r\n', '\n')) ?? [];
  if (front === undefined || body === undefined) throw new Error('An article begins with its front matter.');
  const values = new Map(front.split('\n').map((line) => splitOnce(line)));
  const wanted = (name: string): string => {
    const value = values.get(name);
    if (value === undefined || value === '') throw new Error(`The front matter of an article lacks "${name}".`);
    return value;
  };
  const spec = values.get('spec') ?? 'none';
  return {
    code: wanted('code'),
    severity: wanted('severity') as Severity,
    actor: wanted('actor') as Actor,
    title: wanted('title'),
    spec: spec === 'none' || spec === '' ? null : spec,
    blocks: parseMarkdown(body),
  };
}

function splitOnce(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}
