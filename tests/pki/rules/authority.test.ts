/** Whether an issuer may issue, how far down, and that what makes an authority agrees with itself. */
import { expect, test } from 'vitest';
import { sequence } from '#tests/lab/pki/der.ts';
import { basicConstraints, extensionIds, keyUsage } from '#tests/lab/pki/extensions.ts';
import type { Wish } from '#tests/lab/pki/usual.ts';
import { authority, brief, judgeOrdered, problemsOf, type Row, server } from '../chains.ts';

const having = (...extensions: NonNullable<Wish['with']>): Wish => ({ with: extensions });
/** A key usage of no bits at all. */
const NO_USAGE = keyUsage();

test.each<Row>([
  [
    'without basic constraints',
    { issuing: { without: ['basicConstraints'] } },
    ['not-an-authority at 1', 'contradiction at 1 (strict)'],
  ],
  [
    'that is none',
    { issuing: having(basicConstraints(false)) },
    ['not-an-authority at 1', 'contradiction at 1 (strict)'],
  ],
  [
    'that says so without being critical',
    { issuing: having({ ...basicConstraints(true), critical: false }) },
    ['extension-criticality at 1 (strict)'],
  ],
  ['whose key is for CRLs alone', { issuing: having(keyUsage('cRLSign')) }, ['may-not-sign-certificates at 1']],
  ['whose key is for servers', { issuing: having(keyUsage('digitalSignature')) }, ['may-not-sign-certificates at 1']],
  [
    'whose key is for nothing',
    { issuing: having(NO_USAGE) },
    ['may-not-sign-certificates at 1', 'usage-form at 1 (strict)'],
  ],
  ['without key usage', { issuing: { without: ['keyUsage'] } }, ['missing-extension at 1 (strict)']],
  [
    'whose constraints cannot be read',
    { issuing: having({ id: extensionIds.basicConstraints, critical: true, value: Uint8Array.of(5, 0) }) },
    ['contradiction at 1 (strict)', 'malformed at 1'],
  ],
])('an authority %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

test.each<Row>([
  [
    'without basic constraints',
    { root: { without: ['basicConstraints'] } },
    ['not-an-authority at 2 (strict)', 'contradiction at 2 (strict)'],
  ],
  [
    'that says that it is none',
    { root: having(basicConstraints(false)) },
    ['not-an-authority at 2', 'contradiction at 2 (strict)'],
  ],
  ['whose key is for servers', { root: having(keyUsage('digitalSignature')) }, ['may-not-sign-certificates at 2']],
  ['without key usage', { root: { without: ['keyUsage'] } }, ['missing-extension at 2 (strict)']],
  [
    'without an identifier of its key',
    { root: { without: ['subjectKeyIdentifier'] } },
    ['missing-extension at 2 (strict)'],
  ],
])('a root %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

test.each<Row>([
  ['that says it is none', { leaf: having(basicConstraints(false)) }, []],
  ['that says nothing of it', { leaf: { without: ['basicConstraints'] } }, []],
  ['with a path length', { leaf: having(basicConstraints(false, 0)) }, ['contradiction at 0']],
  [
    'whose key signs certificates',
    { leaf: having(keyUsage('digitalSignature', 'keyCertSign')) },
    ['contradiction at 0 (strict)'],
  ],
  ['with empty constraints', { leaf: having({ id: extensionIds.basicConstraints, value: sequence() }) }, []],
])('a leaf %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

/** `above` limits the path; `between` follow below it, and `true` among them stands for an authority that issued itself a new certificate. */
function lengthOf(limit: number, between: readonly boolean[]): string[] {
  const root = authority('Root');
  const limited = authority('Limited', { issuer: root, with: [basicConstraints(true, limit)] });
  const chain = [root, limited];
  between.forEach((selfIssued, index) => {
    const issuer = chain.at(-1) ?? root;
    const name = selfIssued ? 'Limited' : `Between ${index}`;
    chain.push(authority(name, { issuer, key: authority(`Key ${index}`).key }));
  });
  chain.push(server(chain.at(-1) ?? root));
  return judgeOrdered(chain.reverse()).problems.map(brief);
}

test.each([
  [0, [], []],
  [0, [false], ['path-length at 2']],
  [1, [false], []],
  [1, [false, false], ['path-length at 3']],
  [2, [false, false], []],
  [0, [true], []],
  [0, [true, true], []],
  [0, [true, false], ['path-length at 3']],
])('a path length of %i with the authorities %j below', (limit, between, problems) => {
  expect(lengthOf(limit, between)).toEqual(problems);
});

test.each<Row>([
  ['a root may limit the path, too', { root: having(basicConstraints(true, 0)) }, ['path-length at 2']],
  ['one that is long enough', { root: having(basicConstraints(true, 1)) }, []],
])('%s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});
