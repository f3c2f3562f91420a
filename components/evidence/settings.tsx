import { Breakable } from '#components/ui/breakable.tsx';
import type { SettingsEvidence } from '#lib/result/evidence.ts';
import type { Drawn } from './drawn.ts';
import { Facts, Mono, Table } from './parts.tsx';

/** What the server tells Outlook, one table per protocol. */
export function Settings({ body }: Drawn<SettingsEvidence>) {
  return (
    <>
      <Facts
        facts={[
          ['Display name', body.displayName],
          ['Came from', <Mono key="source" text={body.source} />],
        ]}
      />
      {body.protocols.map(({ type, version, rows }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a protocol may be offered twice, and evidence never changes
        <div key={place}>
          <h4 className="mb-1 font-medium">
            {type}
            {version !== null && <span className="font-normal text-soft"> version {version}</span>}
          </h4>
          <Table
            head={['Setting', 'Value']}
            rows={rows.map(({ path, value }) => [
              <Breakable key="path" text={path} />,
              <Mono key="value" text={value} />,
            ])}
          />
        </div>
      ))}
    </>
  );
}
