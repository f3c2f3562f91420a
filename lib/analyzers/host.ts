/** The steps that every host has in common: name, port, TLS, certificate. */
import type { Net } from '#lib/net/door.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { certificateDates } from '#lib/probes/certificate-dates.ts';
import { certificateName } from '#lib/probes/certificate-name.ts';
import { certificateTrust } from '#lib/probes/certificate-trust.ts';
import { dnsLookup } from '#lib/probes/dns-lookup.ts';
import type { CertificateInput } from '#lib/probes/judging/certificates.ts';
import { tcpConnect } from '#lib/probes/tcp-connect.ts';
import { tlsHandshake } from '#lib/probes/tls-handshake.ts';
import { type VettedSession, vet } from '#lib/probes/vetted.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Context } from './context.ts';
import { planGroup, planStep } from './plan.ts';

/** The plan of the host steps. */
export function planHost(subject: Subject): PlannedNode[] {
  return [
    planStep(dnsLookup, subject, 'dns'),
    planStep(tcpConnect, subject, 'tcp'),
    planStep(tlsHandshake, subject, 'tls'),
    planGroup('certificate', title('certificate.title', { host: subject.host }), [
      planStep(certificateName, subject, 'name'),
      planStep(certificateDates, subject, 'dates'),
      planStep(certificateTrust, subject, 'trust'),
    ]),
  ];
}

/** Runs the host steps. The session comes out vetted, so only what passed here can carry credentials. */
export async function reachHost(
  scope: Scope<Net>,
  subject: Subject,
  context: Context,
): Promise<StepResult<VettedSession>> {
  const resolution = await scope.step(dnsLookup, subject, 'dns');
  if (!resolution.ok) return resolution;
  const dialed = await scope.step(tcpConnect, { ...subject, resolution: resolution.value }, 'tcp');
  if (!dialed.ok) return dialed;
  const session = await scope.step(tlsHandshake, { ...subject, dialed: dialed.value }, 'tls');
  if (!session.ok) return session;
  const certificate = await scope.group('certificate', (group) =>
    judgeCertificate(group, subject, session.value, context),
  );
  if (certificate.ok) return { ...certificate, value: vet(session.value, 'certificate-passed') };
  if (!context.ignoreCertificateProblems) return certificate;
  return { ok: true, node: certificate.node, value: vet(session.value, 'person-accepted') };
}

async function judgeCertificate(
  scope: Scope<Net>,
  subject: Subject,
  shown: TlsSession,
  context: Context,
): Promise<StepResult<void>> {
  const input: CertificateInput = { ...subject, shown, now: context.now() };
  const judged = await Promise.all([
    scope.step(certificateName, input, 'name'),
    scope.step(certificateDates, input, 'dates'),
    scope.step(certificateTrust, input, 'trust'),
  ]);
  return judged.find((result) => !result.ok) ?? judged[0];
}

/** The same judgement without steps, for a certificate that turns up on a later connection to the same host. */
export function acceptsAgain(subject: Subject, context: Context): (session: TlsSession) => boolean {
  return (shown) => {
    const input: CertificateInput = { ...subject, shown, now: context.now() };
    return [certificateName, certificateDates, certificateTrust].every((probe) => probe.judge(shown, input).ok);
  };
}
