/** The borders between the parts of the project. What crosses one is named with the file, the import and the rule. */
import { expect, test } from 'vitest';
import { areaOf, areas, breach } from './borders.ts';
import { goalOf, type Import, importsOf } from './imports.ts';
import { callsOf, codeIn, filesIn, isNode, nodesOf, productCode, textOf, treeOf } from './sources.ts';

const code = [...productCode(), ...codeIn('tests/lab')];

test('no import crosses a border', () => {
  const breaches = code.flatMap((file) => importsOf(file).flatMap((one) => breach(file, one) ?? []));
  expect(breaches).toEqual([]);
});

test('every file belongs to an area, and every area has files', () => {
  expect(code.filter((file) => areaOf(file) === undefined)).toEqual([]);
  const inhabited = new Set(code.map((file) => areaOf(file)?.area));
  expect(areas.filter(({ area }) => !inhabited.has(area))).toEqual([]);
});

test('nothing that runs outside the tests imports them', () => {
  const goals = productCode().flatMap((file) => importsOf(file).map(({ specifier }) => goalOf(file, specifier)));
  expect(goals.filter((goal) => goal.startsWith('tests/'))).toEqual([]);
});

test('every package that is imported is one that package.json names', () => {
  const { dependencies, devDependencies } = JSON.parse(textOf('package.json'));
  const named = Object.keys({ ...dependencies, ...devDependencies });
  const imported = new Map(
    [...code, ...codeIn('tests')].flatMap((file) =>
      importsOf(file)
        .filter(({ specifier }) => /^(?!node:)[@a-z]/.test(specifier))
        .map(({ specifier }) => [goalOf(file, specifier), file]),
    ),
  );
  expect([...imported].filter(([name = '']) => !named.includes(name))).toEqual([]);
});

/** Global functions that open connections. Code for the browser may: the pages' policy lets it ask its own server alone. */
const OPENERS = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];

test('no global opens a connection outside the browser', () => {
  const server = productCode().filter((file) => !file.startsWith('components/'));
  const users = server.filter((file) => {
    const made = nodesOf(treeOf(file), 'NewExpression').map(({ callee }) => (isNode(callee) ? callee.name : null));
    return OPENERS.some((name) => made.includes(name) || callsOf(treeOf(file), name).length > 0);
  });
  expect(users).toEqual([]);
});

test('no module is fetched behind the back of imports', () => {
  const hidden = productCode().filter((file) =>
    /\b(createRequire|getBuiltinModule)\b|[^.\w]require\(/.test(textOf(file)),
  );
  // A program of one line that it starts with another Node, to ask Playwright for the place of its browser.
  expect(hidden).toEqual(['lib/launch/browser.js']);
});

test('a page is not drawn by its own script: no file in public is code', () => {
  expect(filesIn('public').filter((file) => /\.(js|mjs|html)$/.test(file))).toEqual([]);
});

const take = (specifier: string, names = ['one'], typesOnly = false): Import => ({ specifier, names, typesOnly });

test.for<[file: string, one: Import, complaint: string | null]>([
  ['lib/result/node.ts', take('./finding.ts'), null],
  ['lib/result/node.ts', take('#lib/net/tls.ts', ['A'], true), 'lib/result may not'],
  ['lib/result/node.ts', take('node:crypto'), 'it runs in the browser, too'],
  ['lib/auth/basic.ts', take('#lib/net/tls.ts'), 'lib/auth may take types only'],
  ['lib/auth/basic.ts', take('#lib/net/tls.ts', ['A'], true), null],
  ['lib/probes/a.ts', take('./b.ts'), 'lib/probes may not'],
  ['lib/probes/a.ts', take('./judging/b.ts'), null],
  ['lib/run/a.ts', take('#lib/net/tls.ts', ['A'], true), 'lib/run may not'],
  ['lib/run/a.ts', take('#lib/net/failure.ts'), null],
  ['lib/probes/a.ts', take('node:net', ['connect']), 'lib/net is the only door to the network'],
  ['lib/probes/a.ts', take('node:net', ['isIP']), null],
  ['lib/probes/a.ts', take('node:net', ['isIP', 'connect']), 'lib/net is the only door to the network'],
  ['lib/probes/a.ts', take('node:net', ['Socket'], true), null],
  ['lib/probes/a.ts', take('node:dns/promises', ['resolve4']), 'lib/net is the only door to the network'],
  ['lib/net/talk.ts', take('undici', ['Client']), null],
  ['lib/report/tree.ts', take('react', ['default']), 'only app and components know the framework'],
  ['lib/engine/a.ts', take('(computed)', ['*']), 'an import has to name its module'],
  ['tests/lab/a.ts', take('#lib/wire/xml/reader.ts'), 'tests/lab may not'],
  ['lib/new/a.ts', take('./b.ts'), 'no area of the table holds this file'],
])('%s: %j', ([file, one, complaint]) => {
  const expected = complaint && `${file} imports ${goalOf(file, one.specifier)}: ${complaint}`;
  expect(breach(file, one)).toBe(expected);
});
