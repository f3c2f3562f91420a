/** The scanner that the border test relies on. */
import { expect, test } from 'vitest';
import { goalOf, importsIn } from './imports.ts';

test.for<[code: string, specifier: string, names: string[], typesOnly: boolean]>([
  ["import { connect } from 'node:net';", 'node:net', ['connect'], false],
  ["import { connect as dial } from 'node:net';", 'node:net', ['connect'], false],
  ["import net from 'node:net';", 'node:net', ['default'], false],
  ["import * as net from 'node:net';", 'node:net', ['*'], false],
  ["import './globals.css';", './globals.css', [], false],
  ["import type { Socket } from 'node:net';", 'node:net', ['Socket'], true],
  ["import { type Socket } from 'node:net';", 'node:net', ['Socket'], true],
  ["import { type Socket, connect } from 'node:net';", 'node:net', ['Socket', 'connect'], false],
  ["export { one as two } from './a.ts';", './a.ts', ['one'], false],
  ["export type { One } from './a.ts';", './a.ts', ['One'], true],
  ["export * from './a.ts';", './a.ts', ['*'], false],
  ["const a = await import('./a.ts');", './a.ts', ['*'], false],
  ['const a = await import(somewhere);', '(computed)', ['*'], false],
  ["let a: import('./a.ts').A;", './a.ts', ['*'], true],
  ["import {\n  one,\n  type Two,\n} from './a.ts';", './a.ts', ['one', 'Two'], false],
])('%s', ([code, specifier, names, typesOnly]) => {
  expect(importsIn(code)).toEqual([{ specifier, names, typesOnly }]);
});

test.for([
  ["/** import { a } from './a.ts' */ // import './b.ts'"],
  ["const text = `\nimport { a } from './a.ts';\n`;"],
  ["const pattern = /import '(.*)'/;"],
  ['export const a = 1; export { a as b };'],
])('no import: %s', ([code = '']) => {
  expect(importsIn(code)).toEqual([]);
});

test('JSX is read as well', () => {
  const code = "import { A } from './a.tsx';\nexport const B = () => <A one={1}>text</A>;";
  expect(importsIn(code, 'b.tsx')).toEqual([{ specifier: './a.tsx', names: ['A'], typesOnly: false }]);
});

test.for([
  ['#lib/net/tls.ts', 'lib/net/tls.ts'],
  ['../wire/error.ts', 'lib/wire/error.ts'],
  ['./plan.ts', 'lib/run/plan.ts'],
  ['node:dns/promises', 'node:dns/promises'],
  ['next/link', 'next'],
  ['@playwright/test/reporter', '@playwright/test'],
])('%s leads to %s', ([specifier = '', goal]) => {
  expect(goalOf('lib/run/scope.ts', specifier)).toBe(goal);
});
