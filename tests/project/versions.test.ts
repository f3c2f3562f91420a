/** What stands in two places says the same in both. */
import { expect, test } from 'vitest';
import { ENGINE } from '#lib/result/version.ts';
import { filesIn, textOf } from './sources.ts';

const manifest = JSON.parse(textOf('package.json'));
const documents = filesIn('.').filter((file) => file.endsWith('.md'));

test('a result names the version of the program', () => {
  expect(ENGINE).toBe(manifest.version);
  expect(JSON.parse(textOf('package-lock.json')).version).toBe(manifest.version);
});

test.for(documents)('%s names npm scripts that exist', (file) => {
  const named = textOf(file).matchAll(/\bnpm (?:(?:-s|--silent) )?(?:run (?:-s |--silent )?([\w:-]+)|(start|test)\b)/g);
  const scripts = [...named].map(([, script, short]) => script ?? short ?? '');
  expect(scripts.filter((script) => !Object.hasOwn(manifest.scripts, script))).toEqual([]);
});

test.for(documents)('%s links to files that exist', (file) => {
  const links = [...textOf(file).matchAll(/\]\((?!https?:|#|\/|mailto:)([^)#\s]+)/g)].map(([, link = '']) => link);
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  const all = filesIn('.');
  const goals = links.map((link) => new URL(link, `file:///${folder}`).pathname.slice(1));
  const missing = goals.filter(
    (goal) => !all.some((one) => one === goal || one.startsWith(`${goal.replace(/\/$/, '')}/`)),
  );
  expect(missing).toEqual([]);
});
