/** The certificates in the order in which they came, beside the path: what is missing, doubled, strange or out of order is seen here. */
import type { CertificatesEvidence } from '#lib/result/evidence.ts';
import { CertificateBox } from './certificate-box.tsx';
import { roleOf, type SentRow, sentRows } from './chain.ts';
import { MissingBox } from './chain-built.tsx';
import { commonName } from './names.ts';
import { Mono } from './parts.tsx';
import { Mark } from './remark.tsx';

/** Beside a path: those that are in it are drawn there in full, the others here. */
export function ChainSent({ body, at }: { body: CertificatesEvidence; at: string }) {
  return (
    <ol className="chain-list">
      {sentRows(body).map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one certificate may be sent twice, and evidence never changes
        <li key={place}>
          <Row row={row} at={at} />
        </li>
      ))}
    </ol>
  );
}

function Row({ row, at }: { row: SentRow; at: string }) {
  if (row.kind === 'missing')
    return (
      <MissingBox name={row.name} text={row.known ? 'should stand here.' : 'should stand here, unless it is a root.'} />
    );
  const { facts, remark, place } = row;
  if (place === null) return <CertificateBox facts={facts} part="Not in the path" remarks={[remark]} at={at} />;
  return (
    <p className="chain-box">
      <span>
        <span className="text-soft">{place + 1} · </span>
        <Mono text={commonName(facts.subject)} />
      </span>
      <Mark remark={remark} />
    </p>
  );
}

/** Without a path, as in results of older versions, or where the first certificate cannot be read: each in full. */
export function ChainAlone({ body, at }: { body: CertificatesEvidence; at: string }) {
  return (
    <ol className="chain-list">
      {body.chain.map((facts, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <li key={place}>
          <CertificateBox
            facts={facts}
            part={`${place + 1} · ${roleOf(facts, facts.isAuthority ? 1 : place)}`}
            remarks={[]}
            at={at}
          />
        </li>
      ))}
    </ol>
  );
}
