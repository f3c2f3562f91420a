import { expect, test } from 'vitest';
import { parseArticle } from '#lib/advice/articles.ts';
import { parseInline, parseMarkdown } from '#lib/advice/markdown.ts';

const text = (words: string) => ({ kind: 'text', text: words });

test('blocks', () => {
  const source =
    '## Why\n\nOne line\nand the next.\n\n- first\n  goes on\n- second\n\n1. one\n\n2. two\n\n```sh\na  <b>\n```\n';
  expect(parseMarkdown(source)).toEqual([
    { kind: 'heading', parts: [text('Why')] },
    { kind: 'paragraph', parts: [text('One line and the next.')] },
    { kind: 'list', ordered: false, items: [[text('first goes on')], [text('second')]] },
    { kind: 'list', ordered: true, items: [[text('one')], [text('two')]] },
    { kind: 'code', text: 'a  <b>' },
  ]);
});

test('code that is never closed, and an empty text', () => {
  expect(parseMarkdown('```\nopen')).toEqual([{ kind: 'code', text: 'open' }]);
  expect(parseMarkdown('')).toEqual([]);
});

test('inside a line', () => {
  expect(parseInline('A **bold `x`** of {host}, see [there](https://a.example/b).')).toEqual([
    text('A '),
    { kind: 'bold', parts: [text('bold '), { kind: 'code', text: 'x' }] },
    text(' of '),
    { kind: 'placeholder', text: 'host' },
    text(', see '),
    { kind: 'link', href: 'https://a.example/b', parts: [text('there')] },
    text('.'),
  ]);
});

test.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', 'mailto:a@b.example'])(
  'a link to %s stays text',
  (href) => {
    expect(parseInline(`[x](${href})`).every((part) => part.kind === 'text')).toBe(true);
  },
);

test('the front matter', () => {
  const article = parseArticle(
    '---\ncode: a.b\nseverity: error\nactor: you\ntitle: It: fails\nspec: none\n---\n\nText.\n',
  );
  expect(article).toMatchObject({ code: 'a.b', severity: 'error', actor: 'you', title: 'It: fails', spec: null });
  expect(() => parseArticle('Text.')).toThrow('begins with its front matter');
  expect(() => parseArticle('---\ncode: a.b\n---\n')).toThrow('lacks "severity"');
});
