/** A run that is stopped in the middle of a conversation ends at once, and leaves no connection open behind it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noOAuth } from '#lib/analyzers/oauth.ts';
import { parseRequest } from '#lib/analyzers/request.ts';
import { NO_CONFIDENCES, Secret } from '#lib/auth/secret.ts';
import { executeJob } from '#lib/engine/execute.ts';
import { RUN_BUDGET_MS } from '#lib/engine/job.ts';
import { profileFromArguments } from '#lib/net/profile.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';

const WORLDS = [
  'healthy-mapi-http',
  'healthy-mapi-ntlm',
  'rpc-healthy',
  'rpc-ntlm',
  'rpc-silent',
  'mapi-endless-pending',
];

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: WORLDS });
});
afterAll(() => lab.stop());

/** Of the lab and of the client alike: both are in this process. */
const connections = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;

/** Runs the world until so many steps have begun, and a moment longer. @returns how long it took to end after that, and its last events */
async function stopped(name: string, steps: number): Promise<{ tookMs: number; kinds: readonly string[] }> {
  const { analyzer, email, username, password, client, network } = lab.world(name);
  const parsed = parseRequest(analyzer, { email, username, client });
  const profile = profileFromArguments(network);
  if (!parsed.ok || !profile.ok) throw new Error(`${name} cannot be asked for`);
  const stop = new AbortController();
  const kinds: string[] = [];
  let [begun, stoppedAt] = [0, 0];
  const now = (): void => {
    stoppedAt = performance.now();
    stop.abort();
  };
  const job = { run: name, test: parsed.request, network: profile.profile, oauth: noOAuth, timeoutMs: RUN_BUDGET_MS };
  const output = {
    emit: ({ body }: { readonly body: { readonly kind: string } }) => {
      kinds.push(body.kind);
      if (body.kind === 'started' && ++begun === steps) setTimeout(now, steps % 7);
    },
    evidence: () => undefined,
  };
  // Where there are not so many.
  const guard = setTimeout(now, 4_000);
  await executeJob(job, { ...NO_CONFIDENCES, password: Secret.of(password) }, output, stop.signal);
  clearTimeout(guard);
  return { tookMs: stop.signal.aborted ? performance.now() - stoppedAt : 0, kinds: kinds.slice(-2) };
}

test.each(WORLDS)(
  '%s',
  async (name) => {
    for (let steps = 24; steps <= 56; steps += 8) {
      const { tookMs, kinds } = await stopped(name, steps);
      expect(kinds).toEqual(['judged', 'closed']);
      expect(tookMs).toBeLessThan(2_000);
    }
    await expect.poll(connections, { timeout: 5_000 }).toBe(0);
  },
  120_000,
);
