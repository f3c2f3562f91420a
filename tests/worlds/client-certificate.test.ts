/** What a client certificate brings about in a whole run: shown to who asks, told where it is refused, and never in the result. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LockedFile, Secret } from '#lib/auth/secret.ts';
import type { TlsEvidence, TlsSurveyEvidence } from '#lib/result/evidence.ts';
import { walk } from '#lib/result/node.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { runWorld, type WorldRun } from './run-world.ts';

let lab: Lab;
beforeAll(async () => {
  const given = ['client-certificate-given', 'client-certificate-refused', 'client-certificate-refused-12'];
  lab = await startLab({ port: 'any', worlds: ['healthy', 'client-certificate-iis', ...given] });
});
afterAll(() => lab.stop());

const findingsIn = ({ report }: WorldRun) => [...walk(report.root)].flatMap(({ findings }) => findings);

function seenIn({ evidence }: WorldRun) {
  const bodies = [...evidence.values()] as (Partial<TlsEvidence> & Partial<TlsSurveyEvidence>)[];
  return {
    handshake: bodies.find(({ cipher }) => cipher !== undefined)?.clientCertificate,
    survey: bodies.find(({ versions }) => versions !== undefined)?.clientCertificate,
  };
}

/** A world that is tested with the certificate of another. */
const withCertificate = (name: string) => {
  const { clientCertificate = '' } = lab.world('client-certificate-given');
  return { ...lab.world(name), clientCertificate };
};

test('a server that demands one and takes it is passed, and both are told', async () => {
  const run = await runWorld(lab.world('client-certificate-given'), 'tls');
  const { handshake, survey } = seenIn(run);
  expect(run.report.verdict.status).toBe('passed');
  expect(handshake).toEqual({ asked: true, shown: 'Alice' });
  expect(survey).toMatchObject({ answer: 'demanded', given: { answer: 'taken' } });
});

test.each(['client-certificate-refused', 'client-certificate-refused-12'])(
  'a server that does not take it is told so: %s',
  async (name) => {
    const run = await runWorld(lab.world(name), 'tls');
    const how = 'the one that was given is refused without an alert';
    expect(findingsIn(run)).toMatchObject([{ code: 'tls.client-certificate-required', args: { how } }]);
    expect(seenIn(run).survey).toMatchObject({ answer: 'demanded', given: { answer: 'refused', how } });
  },
);

test('a server that does not ask never sees it, and nothing else changes', async () => {
  const run = await runWorld(withCertificate('healthy'), 'tls');
  const { handshake, survey } = seenIn(run);
  expect([run.report.verdict.status, findingsIn(run)]).toEqual(['passed', []]);
  expect(handshake).toEqual({ asked: false, shown: null });
  expect(survey).toMatchObject({ answer: 'no', given: null });
});

test('a web server that misses it only after the request has not asked for it', async () => {
  const run = await runWorld(withCertificate('client-certificate-iis'), 'tls');
  const how = 'it has not seen the one that was given, 403.7: a client certificate is required';
  expect(findingsIn(run)).toMatchObject([{ code: 'tls.client-certificate-required', args: { how } }]);
});

test('one that stays closed ends the test before anything is dialled', async () => {
  const world = lab.world('client-certificate-given');
  const file = LockedFile.of(readFileSync(world.clientCertificate ?? ''), Secret.of('not empty'));
  lab.resetCounts(world.name);
  const { report } = await runWorld(world, 'outlook', file);
  const [first, ...others] = report.root.children;
  expect(first).toMatchObject({ step: 'client-certificate', findings: [{ code: 'tool.not-tested' }] });
  const reached = others.filter(({ status, because }) => status !== 'skipped' || because !== 'client-certificate');
  expect([others.length > 0, reached]).toEqual([true, []]);
  expect(report.verdict).toMatchObject({ status: 'incomplete', summary: { key: 'tool.not-tested' } });
  expect(lab.counts(world.name).requests).toBe(0);
});

test('its private key is in no event and no evidence', async () => {
  const { events, evidence } = await runWorld(lab.world('client-certificate-given'));
  const all = JSON.stringify([events, [...evidence.values()]]);
  expect(all).toContain('Alice');
  expect(all).not.toMatch(/PRIVATE KEY|withKey|passPhrase/);
});
