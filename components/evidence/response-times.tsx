import type { ResponseTimesEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Facts, Mono, Table } from './parts.tsx';

/** How long each request took: the way there and back, the server's own word, and what nobody accounts for. */
export function ResponseTimes({ body }: Drawn<ResponseTimesEvidence>) {
  const { host, request, networkMs, meanMs, spreadMs, rows } = body;
  const longest = Math.max(1, ...rows.map(({ totalMs }) => totalMs));
  const time = (ms: number | null) => (ms === null ? 'not known' : showDuration(ms));
  return (
    <>
      <Facts
        facts={[
          ['Host', <Mono key="host" text={cut(host)} />],
          ['Measured with', cut(request)],
          ['Network, one round trip', time(networkMs)],
          ['Without the network, on average', `${time(meanMs)}, spread ${time(spreadMs)}`],
        ]}
      />
      <Table
        head={['Request', 'Total', 'Network', 'Server', 'Rest', 'From the left: network, server, rest']}
        stacked={['', 'Total', 'Network', 'Server', 'Rest', '']}
        rows={rows.map((row) => {
          const parts = partsOf(row, networkMs);
          return [
            cut(row.request),
            time(row.totalMs),
            time(parts.network),
            row.serverMs === null ? 'not said' : time(row.serverMs),
            time(parts.rest),
            <Bar key="bar" parts={parts} longest={longest} />,
          ];
        })}
      />
    </>
  );
}

interface Parts {
  readonly network: number | null;
  readonly server: number | null;
  readonly rest: number;
}

/** No part is longer than what is left of the whole: clocks of two machines do not agree to the millisecond. */
function partsOf({ totalMs, serverMs }: ResponseTimesEvidence['rows'][number], networkMs: number | null): Parts {
  const network = networkMs === null ? null : Math.min(networkMs, totalMs);
  const left = totalMs - (network ?? 0);
  const server = serverMs === null ? null : Math.min(serverMs, left);
  return { network, server, rest: left - (server ?? 0) };
}

/** The numbers beside it say the same. */
function Bar({ parts: { network, server, rest }, longest }: { parts: Parts; longest: number }) {
  const stretches = [
    { length: network ?? 0, look: 'fill-soft' },
    { length: server ?? 0, look: 'fill-accent' },
    { length: rest, look: 'fill-edge/50' },
  ];
  let from = 0;
  return (
    <svg className="h-4 w-full min-w-24" aria-hidden="true">
      {stretches.map(({ length, look }) => {
        const x = from;
        from += length;
        return (
          <rect
            key={look}
            x={percent(x / longest)}
            width={percent(length / longest)}
            y="3"
            height="10"
            className={look}
          />
        );
      })}
    </svg>
  );
}

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;
