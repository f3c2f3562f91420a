/** What must not be left lying about in the project. */
import { expect, test } from 'vitest';
import { filesIn, nodesOf, productCode, textOf, treeOf } from './sources.ts';

const written = filesIn('.').filter(
  (file) => /\.(ts|tsx|js|mjs|css|md|json|yml)$/.test(file) && !['package-lock.json', 'next-env.d.ts'].includes(file),
);

/** Put together here, so that this file does not find itself. */
const LEFTOVERS = ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'];

test('nothing is left for later without a name', () => {
  const pattern = new RegExp(`\\b(${LEFTOVERS.join('|')})\\b`);
  expect(written.filter((file) => pattern.test(textOf(file)))).toEqual([]);
});

test('no path of somebody’s machine is written down', () => {
  const pattern = new RegExp(`(?<![\\w.~-])/(${['work', 'root', 'home', 'tmp', 'Users'].join('|')})/\\w`);
  expect(written.filter((file) => pattern.test(textOf(file)))).toEqual([]);
});

test('types are not switched off', () => {
  const untyped = productCode().filter((file) => nodesOf(treeOf(file), 'TSAnyKeyword').length > 0);
  expect(untyped).toEqual([]);
  const silenced = productCode().filter((file) =>
    /@ts-(ignore|nocheck|expect-error)|[{<|]\s*any\s*[}>|[]/.test(textOf(file)),
  );
  expect(silenced).toEqual([]);
});

test('a rule of the linter is switched off only with its reason', () => {
  const careless = written.filter((file) => /biome-ignore(?! [\w/]+: \w)/.test(textOf(file)));
  expect(careless.filter((file) => !file.startsWith('tests/project/'))).toEqual([]);
});
