import type { FactsEvidence } from '#lib/result/evidence.ts';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Facts, Mono, Part, Table } from './parts.tsx';

/** Names and values in groups, then what comes in rows. */
export function FactGroups({ body: { host, groups, tables = [] } }: Drawn<FactsEvidence>) {
  return (
    <>
      <Facts facts={[['Host', <Mono key="host" text={cut(host)} />]]} />
      {groups.map(({ title, rows }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: evidence never changes, and titles may repeat
        <Part key={place} name={cut(title)}>
          {/* A name may come twice, as headers do. */}
          <dl className="facts">
            {rows.map(({ name, value }, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <div key={row}>
                <dt className="wrap-anywhere">{cut(name)}</dt>
                <dd>
                  <Mono text={cut(value, LONGEST_VALUE)} />
                </dd>
              </div>
            ))}
          </dl>
        </Part>
      ))}
      {tables.map(({ title, columns, rows }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <Part key={place} name={cut(title)}>
          {rows.length === 0 ? (
            <p className="text-soft">None.</p>
          ) : (
            <Table head={columns.map((name) => cut(name))} rows={rows.map((row) => row.map((cell) => cut(cell)))} />
          )}
        </Part>
      ))}
    </>
  );
}

/** What a server writes for those who maintain it is long, and handed on as a whole. */
const LONGEST_VALUE = 2_000;
