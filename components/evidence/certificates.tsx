import { Icon } from '#components/ui/icons.tsx';
import type { CertificatesEvidence } from '#lib/result/evidence.ts';
import { Pem } from './certificate-box.tsx';
import { chainToSend, isGiven } from './chain.ts';
import { ChainBuilt } from './chain-built.tsx';
import { ChainAlone, ChainSent } from './chain-sent.tsx';
import type { Drawn } from './drawn.ts';
import { commonName } from './names.ts';

/** The path that was built beside what was sent for it; without a path, what was sent. */
export function Certificates({ body, at }: Drawn<CertificatesEvidence>) {
  const judgedAt = body.judgedAt ?? at;
  const asCame = isGiven(body) ? 'As given' : 'As the server sends it';
  if (body.built === undefined || body.built.length === 0)
    return (
      <>
        <h4 className="font-medium">{asCame}</h4>
        <ChainAlone body={body} at={judgedAt} />
        <p>
          <span className="text-soft">Path of trust: </span>
          {body.path.length === 0 ? 'none could be built' : body.path.map(commonName).join(' → ')}
        </p>
      </>
    );
  return (
    <>
      <div className="chain-sides">
        <section>
          <h4 className="mb-2 font-medium">The chain as built</h4>
          <ChainBuilt body={body} at={judgedAt} />
        </section>
        <section>
          <h4 className="mb-2 font-medium">{asCame}</h4>
          <ChainSent body={body} at={judgedAt} />
        </section>
      </div>
      <ToSend body={body} />
    </>
  );
}

function ToSend({ body }: { body: CertificatesEvidence }) {
  const chain = chainToSend(body);
  if (chain === null) return null;
  return (
    <details className="fold">
      <summary>
        <Icon name="chevron" /> The chain as the server should send it ({chain.count} certificates)
      </summary>
      <div className="mt-1.5">
        <Pem pem={chain.pem} label="Copy the chain" />
      </div>
    </details>
  );
}
