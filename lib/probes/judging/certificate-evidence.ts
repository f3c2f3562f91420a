/** The chain as sent and the path as built: the same evidence for every probe that judges a certificate. */
import type { ChainJudgement } from '#lib/pki/chain.ts';
import type { BuiltCertificate, Evidence } from '#lib/result/evidence.ts';
import { WireError } from '#lib/wire/error.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { describeCertificate, fingerprint, isoDate, nameOf } from './certificate-facts.ts';
import type { FetchedIssuer } from './presented.ts';
import { inWords, worstOf } from './problems.ts';
import { type CertificateInput, readShown } from './shown.ts';
import { trustListInFull } from './trust-list.ts';

/** Equal input gives equal evidence, which the runner stores once. */
export function certificateEvidence(
  { shown, session, host, now }: CertificateInput,
  judged: ChainJudgement | null,
  fetched: readonly FetchedIssuer[] = [],
): Evidence {
  const { leaf, others } = readShown(shown);
  const sent = leaf instanceof WireError ? others : [leaf, ...others];
  const anchored = judged?.ending === 'anchored';
  return {
    kind: 'certificates',
    body: {
      host,
      chain: sent.map(describeCertificate),
      path: anchored ? judged.path.map(nameOf) : [],
      built:
        judged === null
          ? []
          : judged.path.map((_, at) => built(judged, at, { sent, fetched, by: session ? 'sent' : 'given' })),
      trust: { list: trustListInFull(shown.roots), trusted: anchored },
      judgedAt: isoDate(now),
    },
  };
}

/** Where the certificates of a path came from. */
interface Origins {
  readonly sent: readonly Certificate[];
  readonly fetched: readonly FetchedIssuer[];
  /** A server that sent them, or a person who gave them. */
  readonly by: 'sent' | 'given';
}

function built(
  { path, problems, ending }: ChainJudgement,
  at: number,
  { sent, fetched, by }: Origins,
): BuiltCertificate {
  const certificate = path[at] as Certificate;
  const print = fingerprint(certificate);
  const same = (other: Certificate): boolean => fingerprint(other) === print;
  const source = sent.some(same) ? by : 'trusted';
  const from = fetched.find((one) => same(one.certificate));
  const wrong = worstOf(problems.filter((problem) => problem.at === at));
  const isAnchor = ending === 'anchored' && at === path.length - 1;
  return {
    source: from === undefined || (isAnchor && source === 'trusted') ? source : 'fetched',
    facts: describeCertificate(certificate),
    problems: wrong.map(inWords),
    ...(from && { url: from.url }),
  };
}
