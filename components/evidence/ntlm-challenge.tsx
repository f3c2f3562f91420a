import type { NtlmChallengeEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import type { Drawn } from './drawn.ts';
import { moment } from './moment.ts';
import { cut } from './names.ts';
import { Facts, Mono } from './parts.tsx';
import { Mark, type Remark } from './remark.tsx';

/** What a server tells of itself before it has seen any password. */
export function NtlmChallenge({ body }: Drawn<NtlmChallengeEvidence>) {
  const { host, targetName, names, build, clock, aheadMs, flags } = body;
  return (
    <>
      <p className="text-soft">The server tells this to everybody who asks, before any password.</p>
      <Facts
        facts={[
          ['Host', <Mono key="host" text={cut(host)} />],
          ['Calls itself', targetName === null ? null : <Mono key="target" text={cut(targetName)} />],
          ...names.map(({ what, value }) => [cut(what), <Mono key={what} text={cut(value)} />] as const),
          ['Windows build', build === null ? 'not told' : <Mono key="build" text={cut(build)} />],
          ['Its clock', clock === null ? 'not told' : moment(clock, 'second')],
          ['Against ours', aheadMs === null ? null : <Mark key="ahead" remark={difference(aheadMs)} />],
          ['Flags', flags.length === 0 ? null : <Mono key="flags" text={flags.map((flag) => cut(flag)).join(', ')} />],
        ]}
      />
    </>
  );
}

/** What Kerberos tolerates unless somebody has set it otherwise. */
const TOLERATED_MS = 5 * 60_000;

function difference(aheadMs: number): Remark {
  const apart = Math.abs(aheadMs);
  const text = apart < 1_000 ? 'the same' : `${showDuration(apart)} ${aheadMs > 0 ? 'ahead' : 'behind'}`;
  return { tone: apart > TOLERATED_MS ? 'warn' : 'good', text };
}
