import { Breakable } from '#components/ui/breakable.tsx';
import type { TlsSurveyEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import type { Drawn } from './drawn.ts';
import { commonName, cut } from './names.ts';
import { Facts, Mono, Part, Table } from './parts.tsx';
import { Mark, type Remark } from './remark.tsx';

/** What a server offers beyond the connection that was used, each answer got by a connection of its own. */
export function TlsSurvey({ body }: Drawn<TlsSurveyEvidence>) {
  const { host, address, handshakes, elapsedMs, versions, weak, withoutSni, clientCertificate } = body;
  const { given } = clientCertificate;
  return (
    <>
      <Facts
        facts={[
          ['Host', <Mono key="host" text={cut(host)} />],
          ['Address', <Mono key="address" text={cut(address)} />],
          ['Without SNI', withoutSni === null ? null : <Mark key="sni" remark={nameless(withoutSni)} />],
          ['Client certificate', <Mark key="client" remark={askedFor(clientCertificate)} />],
          ['The one that was given', given ? <Mark key="given" remark={reception(given)} /> : null],
          ['Connections', `${handshakes}, in ${showDuration(elapsedMs)}`],
        ]}
      />
      {versions.length > 0 && (
        <Part name="Versions">
          <Table
            head={['Version', 'Answer', 'Time']}
            rows={versions.map(({ version, answer, detail, elapsedMs: took }) => [
              version,
              <Answer key="answer" tone={versionTone(version, answer)} answer={answer} detail={detail} />,
              showDuration(took),
            ])}
          />
        </Part>
      )}
      {weak.length > 0 && (
        <Part name="Encryption that has been broken">
          <Table
            head={['Kind', 'Answer']}
            rows={weak.map(({ kind, answer, suite, version }) => [
              kind,
              <Answer
                key="answer"
                tone={answer === 'accepted' ? 'warn' : 'mute'}
                answer={answer}
                detail={[suite, version].filter((part) => part !== null).join(' in ')}
              />,
            ])}
          />
        </Part>
      )}
    </>
  );
}

/** What the server did, and below it the suite that it chose, or why it did not. */
function Answer({ tone, answer, detail }: { tone: Remark['tone']; answer: string; detail: string }) {
  return (
    <>
      <Mark remark={{ tone, text: cut(answer) }} />
      {detail !== '' && (
        <span className="block text-soft">
          {detail.startsWith('TLS_') ? <Mono text={cut(detail)} /> : <Breakable text={cut(detail)} />}
        </span>
      )}
    </>
  );
}

/** Versions before TLS 1.2 were retired. RFC 8996 */
function versionTone(version: string, answer: string): Remark['tone'] {
  if (answer !== 'accepted') return 'mute';
  return /1\.[23]$/.test(version) ? 'good' : 'warn';
}

function nameless({ answer, certificate, same }: NonNullable<TlsSurveyEvidence['withoutSni']>): Remark {
  if (certificate === null) return { tone: 'mute', text: cut(answer) };
  const name = commonName(certificate);
  return same === true
    ? { tone: 'good', text: `the same certificate (${name})` }
    : { tone: 'mute', text: `another certificate: ${name}` };
}

const asked: Readonly<Record<string, Remark>> = {
  no: { tone: 'good', text: 'not asked for' },
  wished: { tone: 'mute', text: 'asked for, but not demanded' },
  demanded: { tone: 'bad', text: 'demanded' },
  unknown: { tone: 'unknown', text: 'not known whether one is asked for' },
};

const tones: Readonly<Record<string, Remark['tone']>> = { taken: 'good', refused: 'bad' };

function reception({ answer, how }: NonNullable<TlsSurveyEvidence['clientCertificate']['given']>): Remark {
  return { tone: tones[answer] ?? 'unknown', text: cut(how.includes(answer) ? how : `${answer} (${how})`) };
}

function askedFor({ answer, how }: TlsSurveyEvidence['clientCertificate']): Remark {
  const { tone, text } = asked[answer] ?? { tone: 'unknown', text: answer };
  return { tone, text: cut(how === '' ? text : `${text} (${how})`) };
}
