import { CopyButton } from '#components/ui/copy-button.tsx';
import { Icon } from '#components/ui/icons.tsx';
import type { CertificateFacts, CertificatesEvidence } from '#lib/result/evidence.ts';
import { showDate } from '#lib/result/message.ts';
import { DatesBar } from './dates-bar.tsx';
import type { Drawn } from './drawn.ts';
import { Facts, Mono } from './parts.tsx';

/** The certificates in the order in which the server sent them, then the path that could be built out of them. */
export function Certificates({ body, at }: Drawn<CertificatesEvidence>) {
  return (
    <>
      <ol className="chain">
        {body.chain.map((certificate, place) => (
          <li key={certificate.fingerprint256}>
            <Certificate certificate={certificate} role={roleOf(certificate, place)} at={at} />
          </li>
        ))}
      </ol>
      <p>
        <span className="text-soft">Path of trust: </span>
        {body.path.length === 0 ? 'none could be built' : body.path.map(commonName).join(' → ')}
      </p>
    </>
  );
}

function roleOf({ subject, issuer }: CertificateFacts, place: number): string {
  if (place === 0) return subject === issuer ? 'Server certificate, self-signed' : 'Server certificate';
  return subject === issuer ? 'Root' : 'Intermediate';
}

/** The name by which people know a certificate: the common name, else the whole subject. */
export function commonName(name: string): string {
  return /(?:^|[,\n/]\s*)CN=([^,\n/]+)/.exec(name)?.[1]?.trim() ?? name.replaceAll('\n', ', ');
}

function Certificate({ certificate, role, at }: { certificate: CertificateFacts; role: string; at: string }) {
  const { subject, issuer, names, notBefore, notAfter } = certificate;
  return (
    <div className="grid gap-2">
      <p>
        <span className="block text-[0.8125rem] text-soft">{role}</span>
        <strong className="font-semibold">
          <Mono text={commonName(subject)} />
        </strong>
      </p>
      <DatesBar notBefore={notBefore} notAfter={notAfter} at={at} />
      <Facts
        facts={[
          ['Names', names.length === 0 ? null : <Names key="names" names={names} />],
          ['Valid', `${showDate(notBefore)} to ${showDate(notAfter)}`],
          ['Issued by', <Mono key="issuer" text={commonName(issuer)} />],
          ['Subject', <Mono key="subject" text={subject.replaceAll('\n', ', ')} />],
          ['Key', certificate.key],
          ['Serial number', <Mono key="serial" text={certificate.serialNumber} />],
          [
            'SHA-256',
            <span key="fingerprint" className="font-mono break-all">
              {certificate.fingerprint256}
            </span>,
          ],
        ]}
      />
      <details className="pem">
        <summary>
          <Icon name="chevron" /> PEM
        </summary>
        <pre className="evidence-text mt-1 max-h-60">{certificate.pem}</pre>
        <CopyButton label="Copy PEM" text={certificate.pem} className="button mt-2 min-h-8 text-sm" />
      </details>
    </div>
  );
}

function Names({ names }: { names: readonly string[] }) {
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>
          <Mono text={name} />
        </li>
      ))}
    </ul>
  );
}
