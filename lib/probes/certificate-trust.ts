/** Who issued the certificate: does the chain that was sent lead to a trusted root, and is it all there? RFC 5280 6, RFC 8446 4.4.2 */
import type { Net } from '#lib/net/door.ts';
import { interceptorOf } from '#lib/pki/interception.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { sameName, shortName } from '#lib/wire/x509/name.ts';
import { certificateEvidence } from './judging/certificate-evidence.ts';
import { isoDate, nameOf } from './judging/certificate-facts.ts';
import type { ChainInput, Presented } from './judging/presented.ts';
import { type PlacedProblem, problemsOf } from './judging/problems.ts';
import { trustListOf } from './judging/trust-list.ts';

export const certificateTrust: Probe<Net, ChainInput, Presented, void> = {
  id: 'certificate-trust',
  titles: {
    planned: () => title('certificate-trust.planned', {}),
    failed: () => title('certificate-trust.failed', {}),
  },
  emits: [
    'tls.certificate-self-signed',
    'tls.certificate-untrusted-root',
    'tls.intermediate-missing',
    'tls.intermediate-expired',
    'tls.certificate-invalid',
    'tls.interception',
  ],
  observe: async (_net, { presented }) => presented,
  judge: (seen, input) => {
    const evidence = [certificateEvidence(input, seen.full, seen.fetched)];
    const said = [...endingOf(seen, input), ...missing(seen, input), ...problems(seen, input)];
    // Whatever else there was to say: without an anchor at its end no chain passes.
    const fails = said.some(({ severity }) => severity === undefined);
    const isLost = !fails && seen.full.ending !== 'anchored';
    const proxy = interception(seen, input);
    const [first, ...more] = [...proxy, ...(isLost ? [withoutAnchor(seen, input)] : []), ...said];
    if (first !== undefined && (fails || isLost)) return { ok: false, findings: [first, ...more], evidence };
    const root = seen.full.path.at(-1);
    const passed = title('certificate-trust.passed', { root: root === undefined ? '' : nameOf(root) });
    return { ok: true, value: undefined, title: passed, findings: [...proxy, ...said], evidence };
  },
};

/**
 * A known inspecting proxy signs with an authority of its own. Where clients trust that they notice nothing; where they do not, the
 * proxy is what they refuse.
 */
function interception({ full }: Presented, { host }: ChainInput): FindingDraft[] {
  const found = interceptorOf(full.path);
  if (found === null) return [];
  const args = { host, issuer: found.issuer, reason: `the issuer belongs to ${found.product}` };
  return [full.ending === 'anchored' ? draft('tls.interception', args) : draft('tls.interception', args, 'error')];
}

/** What the end of the path says. */
function endingOf({ bare, full, fetched, vain }: Presented, { shown, host }: ChainInput): FindingDraft[] {
  const last = full.path.at(-1);
  if (last === undefined) return [];
  const list = trustListOf(shown.roots);
  switch (full.ending) {
    case 'anchored':
      return [];
    case 'self-signed':
      return [draft('tls.certificate-self-signed', { host, name: nameOf(last) })];
    case 'untrusted-root':
      return [draft('tls.certificate-untrusted-root', { host, name: nameOf(last), list })];
    case 'issuer-missing': {
      const name = shortName(last.issuer);
      // Where more than the leaf came, the list looks complete: what is missing is the root, and a root is not sent.
      if (bare.path.length > 1) return [draft('tls.certificate-untrusted-root', { host, name, list })];
      const used = full.path.some((one) => fetched.some(({ certificate }) => certificate === one));
      return used ? [] : [draft('tls.intermediate-missing', { host, name, elsewhere: elsewhere(vain, fetched) })];
    }
    case 'bad-signature':
      // The problem of the same name says it.
      return [];
    case 'gave-up': {
      const reason = 'it takes more certificates than anybody would follow';
      return [draft('tls.certificate-invalid', { host, name: nameOf(last), reason })];
    }
  }
}

function withoutAnchor({ full }: Presented, { shown, host }: ChainInput): FindingDraft {
  const last = full.path.at(-1);
  const name = last === undefined ? host : shortName(last.issuer);
  return draft('tls.certificate-untrusted-root', { host, name, list: trustListOf(shown.roots) });
}

function elsewhere([tried]: Presented['vain'], fetched: Presented['fetched']): string {
  if (fetched.length > 0) return 'its address gave another certificate';
  return tried === undefined ? 'no address is given for it' : `its address gave nothing: ${tried.reason}`;
}

/** An intermediate that had to be fetched to get this far. A root that was fetched is no loss: servers need not send it. */
function missing({ full, fetched }: Presented, { host }: ChainInput): FindingDraft[] {
  const needed = full.path.find((one) => fetched.some(({ certificate }) => certificate === one));
  if (needed === undefined || sameName(needed.issuer, needed.subject)) return [];
  const had = 'it was fetched from the address that its certificate names';
  return [draft('tls.intermediate-missing', { host, name: nameOf(needed), elsewhere: had })];
}

function problems({ full }: Presented, input: ChainInput): FindingDraft[] {
  const placed = problemsOf(full, 'trust', input);
  const others = placed.filter(({ problem }) => problem.kind !== 'distrusted');
  return [...others.map((one) => findingOf(one, input.host)), ...distrust(placed, input.host)];
}

function findingOf({ problem, name, reason }: PlacedProblem, host: string): FindingDraft {
  return problem.kind === 'expired'
    ? draft('tls.intermediate-expired', { host, name, notAfter: isoDate(problem.notAfter) })
    : draft('tls.certificate-invalid', { host, name, reason });
}

/** The list that was asked, and the one that Outlook on Windows goes by. */
const DECISIVE: readonly string[] = ['Mozilla', 'Microsoft'];

/** What lists of certificates cannot express: a root that programmes have given up since a day. One finding for all of them. */
function distrust(placed: readonly PlacedProblem[], host: string): FindingDraft[] {
  const [first] = placed.filter(({ problem }) => problem.kind === 'distrusted');
  if (first === undefined) return [];
  const programmes = placed.flatMap(({ problem }) => (problem.kind === 'distrusted' ? [problem.programme] : []));
  const args = { host, name: first.name, list: `${programmes.join(', ')}: ${first.reason}` };
  return programmes.some((programme) => DECISIVE.includes(programme))
    ? [draft('tls.certificate-untrusted-root', args)]
    : [draft('tls.certificate-untrusted-root', args, 'warning')];
}
