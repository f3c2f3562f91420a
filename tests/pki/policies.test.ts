/** Certificate policies along a path. RFC 5280 6.1 */
import { expect, test } from 'vitest';
import { policyProblems } from '#lib/pki/policies.ts';
import type { Extension } from '#tests/lab/pki/extensions.ts';
import { authority, brief, judgeOrdered, server } from './chains.ts';
import { inhibitAny, mappings, policies, policyConstraints } from './policy-extensions.ts';

/** From the top down, below the root; the last one is the leaf. A name that stands for the authority above is self-issued. */
type Step = readonly Extension[] | { readonly selfIssued: readonly Extension[] };

function problemsOf(steps: readonly Step[]): string[] {
  const chain = [authority('Root')];
  let name = 'Root';
  for (const [index, step] of steps.entries()) {
    const issuer = chain[0] ?? authority('Root');
    const extensions = 'selfIssued' in step ? step.selfIssued : step;
    if (index === steps.length - 1) chain.unshift(server(issuer, { with: extensions }));
    else {
      name = 'selfIssued' in step ? name : `Authority ${index}`;
      const { key } = authority(`Key ${index}`);
      chain.unshift(authority(name, { issuer, key, with: extensions }));
    }
  }
  return judgeOrdered(chain).problems.map(brief);
}

const explicit = (after = 0): Extension => policyConstraints({ explicit: after });
const noMapping = policyConstraints({ explicit: 0, mapping: 0 });
const AT_LEAF = ['policy at 0'];
const self = (...selfIssued: readonly Extension[]): Step => ({ selfIssued });

test.each<readonly [string, readonly Step[], readonly string[]]>([
  ['nobody asks', [[policies('a')], [policies('b')]], []],
  ['asked, and the same policy', [[explicit(), policies('a')], [policies('a')]], []],
  ['asked, and another policy', [[explicit(), policies('a')], [policies('b')]], AT_LEAF],
  ['asked, and no policy in the leaf', [[explicit(), policies('a')], []], AT_LEAF],
  ['asked, and no policy in the authority', [[explicit()], [policies('a')]], ['policy at 1']],
  ['asked, one of two', [[explicit(), policies('a', 'b')], [policies('b', 'c')]], []],
  ['asked, any-policy above', [[explicit(), policies('*')], [policies('a')]], []],
  ['asked, any-policy in the leaf', [[explicit(), policies('a')], [policies('*')]], []],
  ['asked by the leaf', [[policies('a')], [explicit(), policies('b')]], AT_LEAF],
  ['asked by the leaf, later', [[policies('a')], [explicit(1), policies('b')]], []],
  ['asked after one more', [[explicit(1), policies('a')], [policies('b')]], AT_LEAF],
  ['asked after two more', [[explicit(2), policies('a')], [policies('b')]], []],
  ['asked after two more, which are there', [[explicit(2)], [], []], AT_LEAF],
  ['asked after two more, one of them self-issued', [[explicit(2)], self(), []], []],
  ['the lower demand counts', [[explicit(5)], [explicit(0)], []], ['policy at 1']],
  ['an earlier demand is not taken back', [[explicit(0), policies('a')], [explicit(9), policies('a')], []], AT_LEAF],
  ['any-policy does not count', [[explicit(), inhibitAny(0), policies('a')], [policies('*')]], AT_LEAF],
  ['any-policy counts for one more', [[explicit(), inhibitAny(1), policies('a')], [policies('*')]], []],
  [
    'any-policy does not count two below',
    [[explicit(), inhibitAny(1), policies('*')], [policies('*')], [policies('*')]],
    AT_LEAF,
  ],
  [
    'any-policy counts in what is self-issued',
    [[explicit(), inhibitAny(0), policies('a')], self(policies('*')), [policies('a')]],
    [],
  ],
  [
    'any-policy does not count in a self-issued leaf',
    [[explicit(), inhibitAny(0), policies('a')], self(policies('*'))],
    AT_LEAF,
  ],
  ['mapped', [[explicit(), policies('a'), mappings('ab')], [policies('b')]], []],
  ['mapped away', [[explicit(), policies('a'), mappings('ab')], [policies('a')]], AT_LEAF],
  ['mapped to two', [[explicit(), policies('a'), mappings('ab', 'ac')], [policies('c')]], []],
  ['mapped out of any-policy', [[explicit(), policies('*'), mappings('ab')], [policies('b')]], []],
  ['mapped out of nothing', [[explicit(), policies('c'), mappings('ab')], [policies('b')]], AT_LEAF],
  [
    'mapped although that does not count any more',
    [[noMapping, policies('a')], [policies('a'), mappings('ab')], [policies('b')]],
    AT_LEAF,
  ],
  [
    'others stay what they are',
    [[noMapping, policies('a', 'c')], [policies('a', 'c'), mappings('ab')], [policies('c')]],
    [],
  ],
  [
    'mapped while that still counts',
    [[policyConstraints({ explicit: 0, mapping: 1 }), policies('a')], [policies('a'), mappings('ab')], [policies('b')]],
    [],
  ],
  ['mapped to any-policy', [[policies('a'), mappings('a*')], [policies('a')]], ['policy at 1']],
  ['mapped from any-policy', [[policies('a'), mappings('*a')], [policies('a')]], ['policy at 1']],
  ['the same policy twice', [[], [policies('a', 'b', 'a')]], ['policy at 0 (strict)']],
])('%s', (_what, steps, problems) => {
  expect(problemsOf(steps)).toEqual(problems);
});

test('the root says nothing about policies', () => {
  const root = authority('Root', { with: [explicit(), policies('a')] });
  expect(judgeOrdered([server(root), root]).problems.map(brief)).toEqual([]);
});

test('mappings do not grow', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const all = letters.flatMap((from) => letters.map((to) => from + to));
  const step = [policies(...letters), mappings(...all)];
  const begin = performance.now();
  expect(problemsOf([[explicit(), ...step], ...new Array<Step>(10).fill(step), [policies('b')]])).toEqual([]);
  expect(performance.now() - begin).toBeLessThan(2_000);
  expect(policyProblems([])).toEqual([]);
});
