/** What a wrong password costs, by whatever way the mailbox is opened: one failed sign-in, none of it in the clear, and nothing elsewhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import type { WorldEntry } from '#tests/lab/list.ts';
import { codesIn, runWorld } from '#tests/worlds/run-world.ts';

const WORLDS = [
  'healthy',
  'healthy-mapi-http',
  'healthy-mapi-ntlm',
  'rpc-healthy',
  'rpc-ntlm',
  'anonymous',
  'services-elsewhere',
  'mail-certificate-wrong-name',
];
const WRONG = 'Not:the-Password';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: WORLDS });
});
afterAll(() => lab.stop());

const hostOf = ({ email }: WorldEntry): string => `autodiscover.${email.split('@')[1]}`;

/** What is typed in beside the address. */
const TYPED: Readonly<Record<string, (world: WorldEntry) => Partial<WorldEntry>>> = {
  nothing: () => ({}),
  'the mailbox service': (world) => ({ server: `https://${hostOf(world)}/mapi/emsmdb/` }),
  'the proxy': (world) => ({ server: hostOf(world) }),
  'the proxy, by Basic': (world) => ({ server: hostOf(world), rpcAuth: 'basic' }),
  'the proxy, by NTLM': (world) => ({ server: hostOf(world), rpcAuth: 'ntlm' }),
  'the proxy, by Negotiate': (world) => ({ server: hostOf(world), rpcAuth: 'negotiate' }),
};

describe('a wrong password is refused once', () => {
  test.each([
    ['outlook', 'healthy', 'nothing'],
    ['outlook', 'healthy-mapi-ntlm', 'nothing'],
    ['mapi-http', 'healthy-mapi-http', 'nothing'],
    ['mapi-http', 'healthy-mapi-http', 'the mailbox service'],
    ['mapi-http', 'healthy-mapi-ntlm', 'nothing'],
    ['mapi-http', 'healthy-mapi-ntlm', 'the mailbox service'],
    ['rpc-http', 'rpc-healthy', 'nothing'],
    ['rpc-http', 'rpc-healthy', 'the proxy'],
    ['rpc-http', 'rpc-healthy', 'the proxy, by Basic'],
    ['rpc-http', 'rpc-healthy', 'the proxy, by NTLM'],
    ['rpc-http', 'rpc-healthy', 'the proxy, by Negotiate'],
    ['rpc-http', 'rpc-ntlm', 'nothing'],
    ['rpc-http', 'rpc-ntlm', 'the proxy'],
  ] as const)('%s of %s, with %s typed in', async (analyzer, name, typed) => {
    const world = lab.world(name);
    lab.resetCounts(name);
    const { report } = await runWorld({ ...world, ...TYPED[typed]?.(world), password: WRONG }, analyzer);
    const codes = codesIn(report.root);
    expect(codes).toContain('auth.rejected');
    expect(codes).not.toContain('tool.fault');
    const { refusalsBeforeProof, deliberateRefusals, passwordsInClear } = lab.counts(name);
    expect([refusalsBeforeProof, deliberateRefusals, passwordsInClear]).toEqual([1, 0, 0]);
  });
});

test.each(['mapi-http', 'rpc-http', 'outlook'] as const)(
  'a right one by %s is not sent in the clear',
  async (analyzer) => {
    const world = lab.world(analyzer === 'rpc-http' ? 'rpc-healthy' : 'healthy');
    lab.resetCounts(world.name);
    await runWorld(world, analyzer);
    const { refusalsBeforeProof, deliberateRefusals, passwordsInClear, passwords } = lab.counts(world.name);
    expect([refusalsBeforeProof, passwordsInClear]).toEqual([0, 0]);
    expect(deliberateRefusals).toBeLessThanOrEqual(3);
    expect(Object.keys(passwords)).toEqual([hostOf(world)]);
  },
);

test('where the proxy lets everybody in, the sign-in within RPC is refused once', async () => {
  const world = lab.world('anonymous');
  lab.resetCounts(world.name);
  const { report } = await runWorld({ ...world, client: 'outlook-2010', password: WRONG }, 'rpc-http');
  expect(codesIn(report.root)).toContain('rpc.access-denied');
  const { refusalsBeforeProof, deliberateRefusals } = lab.counts(world.name);
  expect([refusalsBeforeProof, deliberateRefusals]).toEqual([1, 0]);
});

describe('to a mail server in another domain a right password goes only with leave', () => {
  test.each([
    ['outlook', undefined],
    ['outlook', 'no'],
    ['mapi-http', undefined],
    ['mapi-http', 'no'],
    ['rpc-http', undefined],
    ['rpc-http', 'no'],
    ['mapi-http', 'yes'],
    ['rpc-http', 'yes'],
  ] as const)('%s, answered with %s', async (analyzer, answers) => {
    const world = lab.world('services-elsewhere');
    lab.resetCounts(world.name);
    await runWorld({ ...world, ...(answers && { answers }) }, analyzer);
    const { passwords, ntlmResponses, refusalsBeforeProof } = lab.counts(world.name);
    const hosts = new Set([...Object.keys(passwords), ...Object.keys(ntlmResponses)]);
    expect([...hosts].filter((host) => host !== hostOf(world)).length > 0).toBe(answers === 'yes');
    expect(refusalsBeforeProof).toBe(0);
  });
});

test.each(['mapi-http', 'rpc-http', 'outlook'] as const)(
  'by %s it goes to no mail server whose certificate is for another name',
  async (analyzer) => {
    const world = lab.world('mail-certificate-wrong-name');
    lab.resetCounts(world.name);
    const { report } = await runWorld(world, analyzer);
    expect(codesIn(report.root)).toContain('tls.certificate-name-mismatch');
    const { passwords, ntlmResponses } = lab.counts(world.name);
    expect(Object.keys({ ...passwords, ...ntlmResponses })).toEqual([hostOf(world)]);
  },
);
