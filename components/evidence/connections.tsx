import type { ConnectionsEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import type { Drawn } from './drawn.ts';
import { Mono, Table } from './parts.tsx';

/** Each address that was tried, and what it did. */
export function Connections({ body }: Drawn<ConnectionsEvidence>) {
  return (
    <Table
      head={['Address', 'Port', 'Outcome', 'Time']}
      rows={body.attempts.map(({ address, port, outcome, elapsedMs }) => [
        <Mono key="address" text={address} />,
        String(port),
        outcome,
        showDuration(elapsedMs),
      ])}
    />
  );
}
