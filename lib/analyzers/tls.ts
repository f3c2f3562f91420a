/** One host and port: name, connection, TLS and certificate; then what else the server offers. Without credentials. */
import type { Net } from '#lib/net/door.ts';
import { certificatePrincipal } from '#lib/probes/certificate-principal.ts';
import { httpGreeting } from '#lib/probes/http-greeting.ts';
import { tlsSurvey } from '#lib/probes/tls-survey.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Context } from './context.ts';
import { type HostTarget, type Opened, planHost, reachHost } from './host.ts';
import { planGroup, planStep } from './plan.ts';

export interface TlsTarget extends HostTarget {
  /** Whom Outlook expects in the certificate. */
  readonly principal?: string;
}

/** The plan of the test. */
export function planTls(target: TlsTarget): PlannedNode[] {
  const { host, port, principal } = target;
  return [
    planGroup('host', title('host.title', { host, port: String(port) }), planHost(target)),
    ...(principal === undefined ? [] : [planStep(certificatePrincipal, target, 'principal')]),
    planStep(httpGreeting, target, 'greeting'),
    planStep(tlsSurvey, target, 'survey'),
  ];
}

/** Runs the test. What lies beyond the handshake does not wait for those who are asked about the certificate. */
export async function tls(scope: Scope<Net>, target: TlsTarget, context: Context): Promise<StepResult<unknown>> {
  const { promise: opened, resolve: open } = Promise.withResolvers<Opened | null>();
  const reaching = scope.group('host', (group) => reachHost(group, target, context, open));
  const [host] = await Promise.all([
    reaching.finally(() => open(null)),
    opened.then((seen) => seen && lookBeyond(scope, target, seen, context)),
  ]);
  return host;
}

/** Ends of a handshake after which the server still has something to say. */
const TELLING: readonly FindingCode[] = [
  'tls.handshake-failed',
  'tls.protocol-too-old',
  'tls.client-certificate-required',
];

/** The first session is used up before others are opened: some servers serve one at a time. */
async function lookBeyond(
  scope: Scope<Net>,
  target: TlsTarget,
  { dialed, session }: Opened,
  { now, clientCertificate }: Context,
): Promise<void> {
  const { principal } = target;
  if (session.ok) {
    if (principal !== undefined)
      await scope.step(certificatePrincipal, { ...target, principal, shown: session.value }, 'principal');
    await scope.step(httpGreeting, { ...target, session: session.value, now }, 'greeting');
  } else if (!session.codes.some((code) => TELLING.includes(code))) return;
  const input = { ...target, dialed, session: session.ok ? session.value : null, clientCertificate };
  await scope.step(tlsSurvey, input, 'survey');
}
