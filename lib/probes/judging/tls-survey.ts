/** What a survey of TLS means. Only what a server did is held against it: where a connection was cut off, nothing is known. */
import { namesHost } from '#lib/pki/host-name.ts';
import type { TlsSurveyEvidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { WireError } from '#lib/wire/error.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import type { SurveySeen, WithoutSni } from '../survey/seen.ts';
import { alternativeNames, nameOf } from './certificate-facts.ts';
import { readShown } from './shown.ts';

const OLD = ['SSL 3.0', 'TLS 1.0', 'TLS 1.1'];

/** Findings, and the table of everything that was tried. */
export function judgeSurvey(seen: SurveySeen, host: string): Judgement<void> {
  const evidence = [{ kind: 'tls-survey', body: evidenceOf(seen, host) } as const];
  const accepted = seen.versions.filter(({ answer }) => answer === 'accepted').map(({ version }) => version);
  if (seen.versions.every(({ answer }) => answer === 'not tested')) {
    const reason = seen.versions.at(-1)?.detail ?? 'no answer';
    return { ok: false, findings: [draft('tool.not-tested', { what: `What else ${host} offers`, reason })], evidence };
  }
  const passed =
    accepted.length === 0
      ? title('tls-survey.nothing', { host })
      : title('tls-survey.passed', { host, versions: accepted.join(', ') });
  const findings = [...oldVersions(accepted, host), ...weakSuites(seen, host), ...withoutName(seen.withoutSni, host)];
  return { ok: true, value: undefined, title: passed, findings, evidence };
}

/** Without a newer version the handshake has failed already, and said why. */
function oldVersions(accepted: readonly string[], host: string): FindingDraft[] {
  const old = accepted.filter((version) => OLD.includes(version));
  if (old.length === 0 || old.length === accepted.length) return [];
  return [draft('tls.old-protocol-enabled', { host, protocols: old.join(', ') })];
}

function weakSuites({ weak }: SurveySeen, host: string): FindingDraft[] {
  const accepted = weak.filter(({ answer }) => answer === 'accepted');
  if (accepted.length === 0) return [];
  const kinds = accepted.map(({ kind }) => kind).join(', ');
  const suites = accepted.map(({ suite, version }) => `${suite} (${version})`).join(', ');
  return [draft('tls.weak-cipher', { host, kinds, suites })];
}

/** Another certificate that names the host as well does no harm: behind one name there may be several. */
function withoutName(tried: WithoutSni | null, host: string): FindingDraft[] {
  if (tried === null || tried.answer === 'not tested') return [];
  if (tried.answer === 'refused')
    return [draft('tls.no-sni-default', { host, what: `no certificate at all (${tried.detail})` })];
  if (tried.same === true || tried.leaf === null) return [];
  const leaf = readLeaf(tried.leaf);
  if (leaf !== null && namesHost(alternativeNames(leaf), host)) return [];
  return [draft('tls.no-sni-default', { host, what: `a certificate for somebody else: ${callIt(leaf)}` })];
}

function evidenceOf(seen: SurveySeen, host: string): TlsSurveyEvidence {
  const { address, handshakes, elapsedMs, withoutSni: bare, clientCertificate } = seen;
  return {
    ...{ host, address, handshakes, elapsedMs, clientCertificate },
    versions: [...seen.versions],
    weak: seen.weak.map(({ kind, answer, suite, version }) => ({ kind, answer, suite, version })),
    withoutSni: bare && {
      answer: bare.detail === '' ? bare.answer : `${bare.answer} (${bare.detail})`,
      certificate: bare.leaf && callIt(readLeaf(bare.leaf)),
      same: bare.same,
    },
  };
}

/** One that cannot be read names nobody. */
function readLeaf(pem: string): Certificate | null {
  const { leaf } = readShown({ chain: [pem], roots: [] });
  return leaf instanceof WireError ? null : leaf;
}

const callIt = (leaf: Certificate | null): string => (leaf === null ? 'one that cannot be read' : nameOf(leaf));
