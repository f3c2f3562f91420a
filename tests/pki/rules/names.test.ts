/** How alternative names are written, and common names beside them. */
import { expect, test } from 'vitest';
import { element } from '#tests/lab/pki/der.ts';
import { subjectAltName } from '#tests/lab/pki/extensions.ts';
import type { GeneralName } from '#tests/lab/pki/names.ts';
import type { Wish } from '#tests/lab/pki/usual.ts';
import { chainOf, HOST, judgeOrdered, problemsOf } from '../chains.ts';

/** A leaf with these besides the host's name. */
const also = (...names: readonly GeneralName[]): Wish => ({ with: [subjectAltName([{ dns: HOST }, ...names])] });

const MISSPELT = ['alternative-name at 0 (strict)'];

test.each<[GeneralName, readonly string[]]>([
  [{ dns: '*.example.test' }, []],
  [{ dns: 'xn--bcher-kva.example' }, []],
  [{ dns: 'UPPER.example.test' }, []],
  [{ dns: 'under_score.example.test' }, MISSPELT],
  [{ dns: 'a..example.test' }, MISSPELT],
  [{ dns: '.example.test' }, MISSPELT],
  [{ dns: 'example.test.' }, MISSPELT],
  [{ dns: '' }, MISSPELT],
  [{ dns: 'two words' }, MISSPELT],
  [{ dns: '-a.example.test' }, MISSPELT],
  [{ dns: `${'a'.repeat(64)}.test` }, MISSPELT],
  [{ dns: `${'a.'.repeat(126)}test` }, MISSPELT],
  [{ dns: 'bücher.example' }, ['malformed at 0', 'common-name-only at 0']],
  [{ dns: '*.x.constructor' }, []],
  [{ dns: '*.__proto__' }, MISSPELT],
  [{ dns: 'mail.*.example.test' }, MISSPELT],
  [{ dns: 'm*.example.test' }, MISSPELT],
  [{ dns: '*' }, MISSPELT],
  [{ dns: '*.test' }, MISSPELT],
  [{ dns: '*.co.uk' }, MISSPELT],
  [{ dns: '192.0.2.1' }, MISSPELT],
  [{ dns: '2001:db8::1' }, MISSPELT],
  [{ ip: '192.0.2.1' }, []],
  [{ ip: '2001:db8::1' }, []],
  [{ raw: element(0x87, Uint8Array.of(192, 0, 2)) }, MISSPELT],
  [{ ip: '192.0.2.0/24' }, MISSPELT],
  [{ mail: 'anna@example.test' }, []],
  [{ mail: 'example.test' }, MISSPELT],
  [{ mail: 'anna @example.test' }, MISSPELT],
  [{ uri: 'https://example.test/' }, []],
  [{ directory: { CN: 'Anna' } }, []],
])('%j', (name, problems) => {
  expect(problemsOf({ leaf: also(name) })).toEqual(problems);
});

test('an empty list', () => {
  const problems = problemsOf({ leaf: { with: [subjectAltName([])] } }, { hosts: [] });
  expect(problems).toEqual(['alternative-name at 0 (strict)', 'common-name at 0 (nobody)']);
});

const ADDRESSES = also({ ip: '192.0.2.1' }, { ip: '2001:db8::1:0:0:1' }, { dns: '*.example.test' });

test.each([
  [HOST, []],
  ['*.example.test', []],
  ['192.0.2.1', []],
  ['2001:db8::1:0:0:1', []],
  ['Mail.Example.Test', ['common-name at 0 (strict)']],
  ['192.000.002.001', ['common-name at 0 (strict)']],
  ['0xC0000201', ['common-name at 0 (strict)']],
  ['2001:DB8::1:0:0:1', ['common-name at 0 (strict)']],
  ['2001:db8:0:0:1:0:0:1', ['common-name at 0 (strict)']],
  ['bücher.example', ['common-name at 0 (strict)']],
  ['other.example.test', ['common-name at 0 (nobody)']],
  ['Anna Müller', ['common-name at 0 (nobody)']],
  ['x/../y?#@:80', ['common-name at 0 (nobody)']],
])('the common name %s', (CN, problems) => {
  expect(problemsOf({ leaf: { ...ADDRESSES, subject: { CN } } })).toEqual(problems);
});

test('several common names, and whom nobody asks for', () => {
  const subject = { CN: [HOST, 'one', 'two'] };
  expect(problemsOf({ leaf: { subject } })).toEqual(['common-name at 0 (nobody)', 'common-name at 0 (nobody)']);
  expect(problemsOf({ leaf: { subject: { O: 'Test' } } })).toEqual([]);
});

test('the name that is wrong is told, and cut where it is long', () => {
  const dns = `_${'a'.repeat(5_000)}`;
  const [problem] = judgeOrdered(chainOf({ leaf: also({ dns }) })).problems;
  expect(problem).toMatchObject({ spec: 'RFC 5280 4.2.1.6', reason: expect.stringContaining('no host name: _aaa') });
  expect(JSON.stringify(problem).length).toBeLessThan(400);
});
