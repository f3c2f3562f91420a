import type { RevocationEvidence, RevocationSource } from '#lib/result/evidence.ts';
import { showDate, showDuration } from '#lib/result/message.ts';
import type { Drawn } from './drawn.ts';
import { moment } from './moment.ts';
import { commonName, cut } from './names.ts';
import { Facts, Mono, Part } from './parts.tsx';
import { Mark, type Remark } from './remark.tsx';

/** One certificate after the other, and below each what was asked about it. */
export function Revocation({ body }: Drawn<RevocationEvidence>) {
  if (body.certificates.length === 0) return <p>There was no certificate to ask about.</p>;
  return (
    <ol className="grid gap-4">
      {body.certificates.map(({ name, serialNumber, status, sources }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and evidence never changes
        <li key={place}>
          <Part name={commonName(name)}>
            <Facts
              facts={[
                ['Status', <Mark key="status" remark={standing(status)} />],
                ['Serial number', <Mono key="serial" text={cut(serialNumber)} />],
              ]}
            />
            <ul className="mt-2 grid gap-2">
              {sources.map((source, number) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <li key={number} className="chain-box">
                  <Source source={source} />
                </li>
              ))}
            </ul>
          </Part>
        </li>
      ))}
    </ol>
  );
}

const kinds: Record<RevocationSource['kind'], string> = {
  stapled: 'OCSP answer that the server sent along',
  ocsp: 'OCSP',
  crl: 'Revocation list',
};

function Source({ source }: { source: RevocationSource }) {
  const { kind, url, answer, revokedAt, reason, thisUpdate, nextUpdate, signedBy, elapsedMs } = source;
  return (
    <>
      <p>
        {kinds[kind] ?? kind} {url !== null && <Mono text={cut(url)} />}
      </p>
      <Mark remark={standing(answer)} />
      <Facts
        facts={[
          ['Revoked on', revokedAt && showDate(revokedAt)],
          ['Reason', reason && cut(reason)],
          ['As of', thisUpdate && moment(thisUpdate)],
          ['Next one by', nextUpdate && moment(nextUpdate)],
          ['Signed by', signedBy && <Mono key="signed" text={commonName(signedBy)} />],
          ['Took', elapsedMs === null ? null : showDuration(elapsedMs)],
        ]}
      />
    </>
  );
}

const standings: Readonly<Record<string, Remark['tone']>> = { good: 'good', revoked: 'bad', 'not covered': 'mute' };

/** Whatever else is said is why there is no answer. */
const standing = (answer: string): Remark => ({
  tone: Object.hasOwn(standings, answer) ? (standings[answer] ?? 'unknown') : 'unknown',
  text: answer === 'good' ? 'not revoked' : cut(answer),
});
