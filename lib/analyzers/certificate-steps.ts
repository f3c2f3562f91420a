/** The steps that judge a certificate: each looks at one side of it, so that one with three problems shows all three. */
import type { Net } from '#lib/net/door.ts';
import { certificateChain } from '#lib/probes/certificate-chain.ts';
import { certificateDates } from '#lib/probes/certificate-dates.ts';
import { certificateName } from '#lib/probes/certificate-name.ts';
import { certificateRevocation } from '#lib/probes/certificate-revocation.ts';
import { certificateRules } from '#lib/probes/certificate-rules.ts';
import { certificateTrust } from '#lib/probes/certificate-trust.ts';
import { judgeSent, type Presented } from '#lib/probes/judging/presented.ts';
import type { CertificateInput } from '#lib/probes/judging/shown.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { planStep } from './plan.ts';

/** What judges a certificate that came from a server. */
export interface JudgedCertificate extends CertificateInput {
  /** The OCSP answer that the server sent along, as it came. */
  readonly stapledOcsp: Uint8Array | null;
  /** Whether the sources of revocation are asked; they are unless somebody says no. */
  readonly askRevocation?: boolean;
}

/** The plan of the judgement: names first, as a person would ask. */
export function planCertificate(subject: Subject, names: readonly Subject[] = [subject]): PlannedNode[] {
  const name = (each: Subject, at: number): PlannedNode => planStep(certificateName, each, nameKey(at));
  return [
    ...names.map(name),
    planStep(certificateDates, subject, 'dates'),
    planStep(certificateChain, subject, 'chain'),
    planStep(certificateTrust, subject, 'trust'),
    planStep(certificateRules, subject, 'rules'),
    planStep(certificateRevocation, subject, 'revocation'),
  ];
}

const nameKey = (at: number): string => (at === 0 ? 'name' : `name-${at + 1}`);

/** Runs it. Every step is made, whatever the others say. */
export async function judgeCertificate(
  scope: Scope<Net>,
  given: JudgedCertificate,
  names: readonly Subject[] = [given],
): Promise<StepResult<void>> {
  const input = { ...given, hosts: names.map(({ host }) => host) };
  const [chain, ...first] = await Promise.all([
    judgeChain(scope, input),
    ...names.map((name, at) => scope.step(certificateName, { ...input, ...name }, nameKey(at))),
    scope.step(certificateDates, input, 'dates'),
  ]);
  return [...first, chain].find((result) => !result.ok) ?? chain;
}

async function judgeChain(scope: Scope<Net>, input: JudgedCertificate): Promise<StepResult<void>> {
  const chain = await scope.step(certificateChain, input, 'chain');
  if (!chain.ok) return chain;
  const known = { ...input, presented: chain.value };
  const judged = await Promise.all([
    scope.step(certificateTrust, known, 'trust'),
    scope.step(certificateRules, known, 'rules'),
    judgeRevocation(scope, input, chain.value),
  ]);
  return judged.find((result) => !result.ok) ?? judged[0];
}

async function judgeRevocation(
  scope: Scope<Net>,
  input: JudgedCertificate,
  { full }: Presented,
): Promise<StepResult<void>> {
  // Whoever makes a chain that nobody trusts names whatever addresses they like, and what is said there proves nothing.
  const path = full.ending === 'anchored' ? full.path : [];
  if (input.askRevocation !== false)
    return scope.step(certificateRevocation, { ...input, path, stapled: input.stapledOcsp }, 'revocation');
  scope.notNeeded('revocation');
  return { ok: true, value: undefined, node: scope.id };
}

/** The same judgement without steps and without the network, for a certificate that turns up on a later connection. */
export function isAcceptable(input: CertificateInput): boolean {
  const sent = judgeSent(input);
  if (sent === null) return false;
  const presented = { bare: sent, full: sent, fetched: [], vain: [], evidence: [] };
  const known = { ...input, presented };
  return (
    certificateName.judge(input.shown, input).ok &&
    certificateDates.judge({ shown: input.shown, serverTime: null }, input).ok &&
    certificateTrust.judge(presented, known).ok &&
    certificateRules.judge(presented, known).ok
  );
}
