/** One certificate: what matters at a glance, and the rest folded below it. */
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Icon } from '#components/ui/icons.tsx';
import type { CertificateFacts } from '#lib/result/evidence.ts';
import { showDate } from '#lib/result/message.ts';
import { DatesBar } from './dates-bar.tsx';
import { commonName, cut, oneLine } from './names.ts';
import { Facts, Mono } from './parts.tsx';
import { Marks, type Remark } from './remark.tsx';

interface CertificateBoxProps {
  facts: CertificateFacts;
  /** What it is in its chain. */
  part: string;
  problems?: readonly string[];
  remarks: readonly Remark[];
  at: string;
}

export function CertificateBox({ facts, part, problems = [], remarks, at }: CertificateBoxProps) {
  const { subject, issuer, names, notBefore, notAfter, key, signatureAlgorithm } = facts;
  return (
    <div className={`chain-box ${problems.length > 0 ? 'chain-box-bad' : ''}`}>
      <p>
        <span className="block text-[0.8125rem] text-soft">{part}</span>
        <strong className="font-semibold">
          <Mono text={commonName(subject)} />
        </strong>
      </p>
      <Marks remarks={[...problems.map((text): Remark => ({ tone: 'bad', text: cut(text) })), ...remarks]} />
      <DatesBar notBefore={notBefore} notAfter={notAfter} at={at} />
      <Facts
        facts={[
          ['Names', names.length === 0 ? null : <Names key="names" names={names} />],
          ['Valid', `${showDate(notBefore)} to ${showDate(notAfter)}`],
          ['Issued by', <Mono key="issuer" text={commonName(issuer)} />],
          ['Key', cut(key)],
          ['Signed with', signatureAlgorithm === undefined ? null : cut(signatureAlgorithm)],
        ]}
      />
      <More facts={facts} />
    </div>
  );
}

function More({ facts }: { facts: CertificateFacts }) {
  const { subject, issuer, isAuthority, keyUsage, extendedKeyUsage, fingerprint1, pem } = facts;
  return (
    <details className="fold">
      <summary>
        <Icon name="chevron" /> Fingerprints, usage, PEM
        <span className="sr-only"> of {commonName(subject)}</span>
      </summary>
      <div className="mt-1.5 grid gap-2">
        <Facts
          facts={[
            ['Subject', <Mono key="subject" text={oneLine(subject)} />],
            ['Issuer', <Mono key="issuer" text={oneLine(issuer)} />],
            ['Serial number', <Mono key="serial" text={cut(facts.serialNumber)} />],
            ['May sign certificates', isAuthority === undefined ? null : yesNo(isAuthority)],
            ['Key usage', usages(keyUsage)],
            ['Extended key usage', usages(extendedKeyUsage)],
            ['SHA-256', <Fingerprint key="sha-256" text={facts.fingerprint256} />],
            ['SHA-1', fingerprint1 === undefined ? null : <Fingerprint key="sha-1" text={fingerprint1} />],
          ]}
        />
        {pem !== '' && <Pem pem={pem} label="Copy PEM" />}
      </div>
    </details>
  );
}

const yesNo = (is: boolean): string => (is ? 'yes' : 'no');

function usages(usage: readonly string[] | undefined) {
  if (usage === undefined) return null;
  return usage.length === 0 ? 'none' : <Mono text={cut(usage.join(', '), 1000)} />;
}

function Fingerprint({ text }: { text: string }) {
  return <span className="font-mono break-all">{cut(text)}</span>;
}

export function Pem({ pem, label }: { pem: string; label: string }) {
  return (
    <div>
      <pre className="evidence-text">{pem}</pre>
      <CopyButton label={label} text={pem} className="button mt-2 min-h-8 text-sm" />
    </div>
  );
}

/** As many as a glance takes in, the rest folded; a certificate may have thousands. */
const [AT_ONCE, AT_MOST] = [8, 500];

function Names({ names }: { names: readonly string[] }) {
  const rest = names.slice(AT_ONCE, AT_MOST);
  return (
    <>
      <NameList names={names.slice(0, AT_ONCE)} />
      {rest.length > 0 && (
        <details className="fold">
          <summary>
            <Icon name="chevron" /> {names.length - AT_ONCE} more names
          </summary>
          <NameList names={rest} />
          {names.length > AT_MOST && <p className="text-soft">The other {names.length - AT_MOST} are not shown.</p>}
        </details>
      )}
    </>
  );
}

function NameList({ names }: { names: readonly string[] }) {
  return (
    <ul>
      {names.map((name, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a certificate may say a name twice, and evidence never changes
        <li key={place}>
          <Mono text={cut(name)} />
        </li>
      ))}
    </ul>
  );
}
