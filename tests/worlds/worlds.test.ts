/** Every world gives its `must` codes and none of its `mustNot`, names one of its own as the root cause, and keeps the password safe. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { allWorlds } from '#tests/lab/worlds/index.ts';
import { codesIn, runWorld } from './run-world.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any' });
});
afterAll(() => lab.stop());

/** What a verdict may name: a notice never is a cause, unless it weighs more where it was found. */
function rootCauses(must: readonly FindingCode[]): (FindingCode | null)[] {
  const heavy = must.filter((code) => catalogue[code].severity !== 'notice');
  return heavy.length > 0 ? heavy : [null, ...must.filter(mayWeighMore)];
}

const mayWeighMore = (code: FindingCode): boolean => Object.keys(catalogue[code].mayBe ?? {}).length > 0;

/** A notice about the server that the world does not speak of. */
const isUninvited = (must: readonly FindingCode[]) => (code: FindingCode) =>
  code.startsWith('tls.') && catalogue[code].severity === 'notice' && !must.includes(code);

describe.concurrent('worlds', () => {
  test.for(allWorlds.map(({ name, title }) => [name, title] as const))('%s: %s', async ([name]) => {
    const world = lab.world(name);
    const { report } = await runWorld(world);
    const codes = codesIn(report.root);
    const must = world.must as FindingCode[];
    expect(codes).toEqual(expect.arrayContaining(must));
    expect(codes.filter((code) => world.mustNot.includes(code))).toEqual([]);
    // Where nothing but the server is looked at, notices are told as sparingly as warnings.
    if (world.analyzer === 'tls') expect(codes.filter(isUninvited(must))).toEqual([]);
    expect(rootCauses(must)).toContain(report.verdict.code);
    const counts = lab.counts(name);
    expect(counts.refusalsBeforeProof).toBeLessThanOrEqual(1);
    expect(counts.passwordsInClear).toBe(0);
  });
});

test('a hosting panel on the root domain never gets the password', async () => {
  for (const name of ['hosting-panel', 'hosting-panel-only']) {
    const world = lab.world(name);
    const domain = world.email.split('@')[1] ?? '';
    await runWorld(world);
    expect(lab.counts(name).requests).toBeGreaterThan(0);
    expect(lab.counts(name).passwords[domain] ?? 0).toBe(0);
  }
});

/** What the analyzer `tls` can see of a mail server: everything up to the certificate. */
const visibleToTls = /^(dns|tcp|tls)\.(?!certificate-changes)|^net\.reset/;

describe.concurrent('the same hosts, looked at with the analyzer tls', () => {
  const shown = allWorlds.filter(
    ({ must, analyzer }) => analyzer === 'outlook' && must.length > 0 && must.every((code) => visibleToTls.test(code)),
  );
  test.for(shown.map(({ name }) => name))('%s', async (name) => {
    const world = lab.world(name);
    const { report } = await runWorld(world, 'tls');
    expect(codesIn(report.root).toSorted()).toEqual([...world.must].toSorted());
    expect(rootCauses(world.must)).toContain(report.verdict.code);
  });

  test('healthy', async () => {
    const { report } = await runWorld(lab.world('healthy'), 'tls');
    expect([report.verdict.status, codesIn(report.root)]).toEqual(['passed', []]);
  });
});
