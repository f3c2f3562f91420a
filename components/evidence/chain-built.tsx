/** The path as it was built, from the server's certificate to the root: a box for each, joined by what joins them. */
import type { BuiltCertificate, CertificatesEvidence } from '#lib/result/evidence.ts';
import { CertificateBox } from './certificate-box.tsx';
import { isGiven, isSelfIssued, missingIssuer, roleOf } from './chain.ts';
import { cut } from './names.ts';
import { Mono } from './parts.tsx';
import { Mark, type Remark } from './remark.tsx';

export function ChainBuilt({ body, at }: { body: CertificatesEvidence; at: string }) {
  const { built = [], trust } = body;
  const missing = missingIssuer(body);
  if (built.length === 0) return <p>No path could be built.</p>;
  return (
    <ol className="chain">
      {built.map((one, place) => (
        <li key={one.facts.fingerprint256}>
          {place > 0 && <Joint text="issued by" isWhole={!isMissing(one)} />}
          <CertificateBox
            facts={one.facts}
            part={`${place + 1} · ${roleOf(one.facts, place)}`}
            problems={[...new Set(one.problems)]}
            remarks={[sourceOf(one, isGiven(body))]}
            at={at}
          />
        </li>
      ))}
      {missing !== null && (
        <li>
          <Joint text="issued by" isWhole={false} />
          <MissingBox name={missing} text={nowhere(trust)} />
        </li>
      )}
      {trust !== undefined && missing === null && (
        <li>
          <Joint text="looked for in" isWhole={trust.trusted} />
          <p className={`chain-box ${trust.trusted ? '' : 'chain-box-missing'}`}>
            {cut(trust.list)}
            <Mark remark={anchored(trust)} />
          </p>
        </li>
      )}
    </ol>
  );
}

/** What lies between two boxes. */
function Joint({ text, isWhole }: { text: string; isWhole: boolean }) {
  return <p className={`chain-joint ${isWhole ? '' : 'chain-joint-broken'}`}>{text}</p>;
}

/** A gap, drawn where a certificate should be. */
export function MissingBox({ name, text }: { name: string; text: string }) {
  return (
    <p className="chain-box chain-box-missing">
      <Mark remark={{ tone: 'bad', text: 'Missing' }} />
      <span>
        <Mono text={name} /> {text}
      </span>
    </p>
  );
}

type Trust = NonNullable<CertificatesEvidence['trust']>;

function nowhere(trust: Trust | undefined): string {
  const list = trust === undefined ? '' : ` (asked as well: ${cut(trust.list)})`;
  return `was found nowhere${list}, so the path ends here.`;
}

/** A root need not be sent, so it was not missing. */
const isMissing = ({ source, facts }: BuiltCertificate): boolean => source === 'fetched' && !isSelfIssued(facts);

function sourceOf({ source, url, facts }: BuiltCertificate, given: boolean): Remark {
  const from = url === undefined ? 'fetched' : `fetched from ${cut(url)}`;
  switch (source) {
    case 'sent':
      return { tone: 'good', text: 'sent by the server' };
    case 'given':
      return { tone: given ? 'good' : 'mute', text: 'given for this test' };
    case 'trusted':
      return { tone: 'good', text: 'from the trust list' };
    case 'fetched':
      if (isSelfIssued(facts)) return { tone: 'mute', text: from };
      return { tone: 'bad', text: given ? `not among those given; ${from}` : `not sent by the server; ${from}` };
  }
}

function anchored({ trusted }: Trust): Remark {
  return trusted
    ? { tone: 'good', text: 'it is there: trusted' }
    : { tone: 'bad', text: 'it is not there: not trusted' };
}
