/**
 * Which chain is it: what was sent, and what is fetched where that is not enough. Says only what is untidy or strange about it; whether
 * it can be trusted is judged by the steps after it. RFC 4158, RFC 5280 4.2.2.1, RFC 8446 4.4.2
 */
import type { Net } from '#lib/net/door.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { WireError } from '#lib/wire/error.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { shortName } from '#lib/wire/x509/name.ts';
import { certificateEvidence } from './judging/certificate-evidence.ts';
import { fingerprint, nameOf } from './judging/certificate-facts.ts';
import { untidiness } from './judging/chain-order.ts';
import { complete, type Presented } from './judging/presented.ts';
import { type CertificateInput, readShown } from './judging/shown.ts';

export const certificateChain: Probe<Net, CertificateInput, Presented | null, Presented> = {
  id: 'certificate-chain',
  titles: {
    planned: () => title('certificate-chain.planned', {}),
    failed: () => title('certificate-chain.failed', {}),
  },
  emits: ['tls.chain-order', 'tls.interception', 'tls.certificate-invalid'],
  observe: (net, input, signal) => complete(net, input, signal),
  judge: (seen, input) => {
    if (seen === null) return malformed(input);
    const { path } = seen.full;
    const top = path.at(-1);
    const evidence = [certificateEvidence(input, seen.full, seen.fetched), ...seen.evidence];
    const findings = [...unexpected(seen, input), ...untidy(seen, input)];
    const passed = title('certificate-chain.passed', { count: path.length, top: top === undefined ? '' : nameOf(top) });
    return { ok: true, value: seen, title: passed, findings, evidence };
  },
};

/** The leaf cannot be read at all: a strict client refuses it. */
function malformed({ shown, host }: CertificateInput): Judgement<never> {
  const { leaf } = readShown(shown);
  if (!(leaf instanceof WireError)) throw new Error('a leaf that can be read has a path');
  const reason = `${leaf.reason} (${leaf.path}, byte ${leaf.offset})`;
  return { ok: false, findings: [draft('tls.certificate-invalid', { host, name: host, reason })] };
}

/** Another certificate than the one that somebody saw from elsewhere. */
function unexpected({ full }: Presented, input: CertificateInput): FindingDraft[] {
  const { host } = input;
  const { leaf, others } = readShown(input.shown);
  if (leaf instanceof WireError || isExpected([leaf, ...others, ...full.path], input)) return [];
  const reason = 'it shows another certificate than was seen elsewhere';
  return [draft('tls.interception', { host, issuer: shortName(leaf.issuer), reason })];
}

/** One pin is enough, of the certificate or of an issuer. Without pins nobody knows what to expect. */
function isExpected(certificates: readonly Certificate[], { pins = [] }: CertificateInput): boolean {
  const plain = (certificate: Certificate): string => fingerprint(certificate).replaceAll(':', '').toLowerCase();
  return pins.length === 0 || certificates.some((certificate) => pins.includes(plain(certificate)));
}

function untidy({ full }: Presented, { shown, host }: CertificateInput): FindingDraft[] {
  const { leaf, others, unreadable } = readShown(shown);
  if (leaf instanceof WireError) return [];
  const found = untidiness([leaf, ...others], full.path);
  if (found !== null) return [draft('tls.chain-order', { host, ...found })];
  const reason = 'one of them cannot be read';
  return unreadable.length === 0 ? [] : [draft('tls.chain-order', { host, reason, names: [] })];
}
