/** The steps that every host has in common: name, port, TLS, certificate. */
import type { Dialed } from '#lib/net/dialer.ts';
import type { Net } from '#lib/net/door.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { dnsLookup } from '#lib/probes/dns-lookup.ts';
import { tcpConnect } from '#lib/probes/tcp-connect.ts';
import { tlsHandshake } from '#lib/probes/tls-handshake.ts';
import { type VettedSession, vet } from '#lib/probes/vetted.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { isAcceptable, judgeCertificate, planCertificate } from './certificate-steps.ts';
import type { Context } from './context.ts';
import { planGroup, planStep } from './plan.ts';

/** The plan of the host steps. */
export function planHost(subject: Subject): PlannedNode[] {
  return [
    planStep(dnsLookup, subject, 'dns'),
    planStep(tcpConnect, subject, 'tcp'),
    planStep(tlsHandshake, subject, 'tls'),
    planGroup('certificate', title('certificate.title', { host: subject.host }), planCertificate(subject)),
  ];
}

/** A host that is reached. */
export interface HostTarget extends Subject {
  /** SHA-256 of certificates that were seen from elsewhere. */
  readonly pins?: readonly string[];
}

/** What there is to look at as soon as a handshake was tried, well or not. */
export interface Opened {
  readonly dialed: Dialed;
  readonly session: StepResult<TlsSession>;
}

/**
 * Runs the host steps. The session comes out vetted, so only what passed here can carry credentials.
 * @param opened hears of the handshake, while the certificate is still being judged
 */
export async function reachHost(
  scope: Scope<Net>,
  subject: HostTarget,
  context: Context,
  opened: (seen: Opened) => void = () => undefined,
): Promise<StepResult<VettedSession>> {
  const resolution = await scope.step(dnsLookup, subject, 'dns');
  if (!resolution.ok) return resolution;
  const dialed = await scope.step(tcpConnect, { ...subject, resolution: resolution.value }, 'tcp');
  if (!dialed.ok) return dialed;
  const { clientCertificate } = context;
  const session = await scope.step(tlsHandshake, { ...subject, dialed: dialed.value, clientCertificate }, 'tls');
  opened({ dialed: dialed.value, session });
  if (!session.ok) return session;
  const { stapledOcsp } = session.value;
  const input = { ...subject, shown: session.value, session: session.value, stapledOcsp, now: context.now() };
  const certificate = await scope.group('certificate', (group) => judgeCertificate(group, input));
  if (certificate.ok) return { ...certificate, value: vet(session.value, 'certificate-passed') };
  if (!context.ignoreCertificateProblems) return certificate;
  return { ok: true, node: certificate.node, value: vet(session.value, 'person-accepted') };
}

/** Judges a certificate that turns up on a later connection to the same host. */
export function acceptsAgain(subject: Subject, context: Context): (session: TlsSession) => boolean {
  return (shown) => isAcceptable({ ...subject, shown, now: context.now() });
}
