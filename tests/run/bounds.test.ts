/** A peer writes arguments and evidence as it likes; what leaves the run is of one size and one line. */
import { expect, test } from 'vitest';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft } from '#lib/result/finding.ts';
import type { Args } from '#lib/result/message.ts';
import { fails, inTurn, message, planOf, probe, run, shows } from './fakes.ts';

const HOSTILE = '\u001b[2J\r\nVerdict:\u0000passed\u0085\u009b31m\t\u202eback\u2069\u2028\ufeffwards';
const TAME = ' [2J Verdict: passed 31m back wards';

async function argsOf(args: Parameters<typeof draft<'dns.internal-address'>>[1]): Promise<Args> {
  const ran = await run(planOf(['a']), (scope) => inTurn(scope, { a: fails(draft('dns.internal-address', args)) }));
  return ran.node('a').findings[0]?.args ?? {};
}

test('arguments of a finding', async () => {
  const addresses = Array.from({ length: 30 }, (_, at) => `${at}\n${'x'.repeat(600)}`);
  const args = await argsOf({ host: `${'h'.repeat(499)}\u001btail`, addresses, rule: HOSTILE });
  expect(args).toEqual({
    host: `${'h'.repeat(499)} `,
    addresses: addresses.slice(0, 20).map((each) => each.replace('\n', ' ').slice(0, 500)),
    rule: TAME,
  });
});

test('a character that is cut in half', async () => {
  const { rule } = await argsOf({ host: 'a.test', addresses: [], rule: `${'x'.repeat(499)}👋` });
  expect(rule).toBe(`${'x'.repeat(499)}\ufffd`);
});

test('short ones stay as they are', async () => {
  const args = { host: 'a.test', addresses: ['10.0.0.1', '10.0.0.2'], rule: 'Grüße 👋 <b>' };
  expect(await argsOf(args)).toEqual(args);
});

test('arguments of a title', async () => {
  const long = `${HOSTILE}${'x'.repeat(10_000)}`;
  const titled = probe({ judge: (value) => ({ ok: true, value, title: message(long) }) });
  const ran = await run(planOf(['a']), (scope) => inTurn(scope, { a: titled }));
  const { host } = ran.node('a').title.args;
  expect(host).toBe(`${TAME}${'x'.repeat(500)}`.slice(0, 500));
});

test('evidence that is larger than anything that we keep says only how large it was', async () => {
  const evidenceOf = (length: number): Evidence => ({
    kind: 'connections',
    body: { host: 'x'.repeat(length), port: 443, attempts: [] },
  });
  const ran = await run(planOf(['large', 'largest']), (scope) =>
    inTurn(scope, { large: shows(evidenceOf(900_000)), largest: shows(evidenceOf(1_000_001)) }),
  );
  expect(ran.node('large').evidence).toMatchObject([{ kind: 'connections' }]);
  const [ref] = ran.node('largest').evidence;
  expect(ref).toMatchObject({ kind: 'too-large', bytes: expect.any(Number) });
  expect(ref?.bytes).toBeLessThan(100);
  const body = ran.evidence.find(({ id }) => id === ref?.id)?.body;
  expect(body).toEqual({ tooLarge: JSON.stringify(evidenceOf(1_000_001).body).length });
});

test('evidence without end is kept up to what a run may hold, and the rest says only how large it was', async () => {
  const pieces = Array.from({ length: 12 }, (_, at): [string, Evidence] => [
    `piece${at}`,
    { kind: 'connections', body: { host: `${at}${'x'.repeat(900_000)}`, port: 443, attempts: [] } },
  ]);
  const ran = await run(planOf(pieces.map(([key]) => key)), (scope) =>
    inTurn(scope, Object.fromEntries(pieces.map(([key, evidence]) => [key, shows(evidence)]))),
  );
  const kinds = pieces.map(([key]) => ran.node(key).evidence[0]?.kind);
  expect(kinds).toEqual([...Array(8).fill('connections'), ...Array(4).fill('too-large')]);
});

test('titles of steps that are planned on the way', async () => {
  const ran = await run(
    planOf([]),
    (scope) => {
      scope.plan([
        { key: 'a', step: 'fake', title: message(HOSTILE), children: planOf([`${HOSTILE}${'x'.repeat(900)}`]) },
      ]);
      return scope.step(probe({ observe: () => new Promise(() => undefined) }), { host: 'a.test', port: 443 }, 'a');
    },
    { timeoutMs: 20 },
  );
  const [planned] = ran.events.flatMap((event) =>
    event.kind === 'planned' && event.nodes.length > 0 ? event.nodes : [],
  );
  expect(planned?.title.args.host).toBe(TAME);
  expect(String(planned?.children[0]?.title.args.host)).toHaveLength(500);
});
