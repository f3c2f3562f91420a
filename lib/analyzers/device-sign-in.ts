/**
 * Gets a token from a sign-in service: somebody types a code there, in a browser of his own (RFC 8628). The service is a host like any
 * other, and so is every further one that it names: looked up, checked against the target policy, dialled and judged before anything
 * is sent there.
 */
import type { Authority } from '#lib/auth/bearer/authority.ts';
import type { Secret } from '#lib/auth/secret.ts';
import type { Net } from '#lib/net/door.ts';
import { deviceCode } from '#lib/probes/device-code.ts';
import { type DeviceTokenInput, deviceToken } from '#lib/probes/device-token.ts';
import type { FlowInput, JudgedHost } from '#lib/probes/judging/device-flow.ts';
import { type Endpoints, openidConfiguration } from '#lib/probes/openid-configuration.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Context } from './context.ts';
import { acceptsAgain, planHost, reachHost } from './host.ts';
import { planGroup, planStep } from './plan.ts';

/** A context in which the time between two questions may pass in another way than it does for people. */
export interface PatientContext extends Context {
  readonly wait?: DeviceTokenInput['wait'];
}

/** What a server says of the token that it wants. */
interface Wanted {
  readonly authority: Authority;
  readonly scope: string | null;
}

/** The steps below the group in which the sign-in is; those of the service itself are known only later. */
export function planSignInWithCode(subject: Subject): PlannedNode[] {
  const service = planGroup('service', title('sign-in-service.title', { host: subject.host }), []);
  return [service, planStep(deviceCode, subject, 'code'), planStep(deviceToken, subject, 'wait')];
}

/** From the service's host to the token. */
export async function signInWithCode(
  group: Scope<Net>,
  target: Subject,
  { authority, scope: wished }: Wanted,
  context: PatientContext,
): Promise<StepResult<Secret>> {
  const found = await group.group('service', (inner) => reachService(inner, target, authority, context));
  if (!found.ok) return found;
  const { now, wait, oauth } = context;
  const { clientId, scope } = oauth;
  if (clientId === null) return group.notTested('code', noClientId(target));
  const { endpoints, hosts } = found.value;
  const { issuer, device, token } = endpoints;
  const input: FlowInput = {
    ...endpoints.device,
    service: { issuer, deviceEndpoint: device.url, tokenEndpoint: token.url },
    hosts,
    clientId,
    secrets: context.secrets,
    mailHost: target.host,
    authority: authority.written,
  };
  const wanted = { ...input, scope: scopeFor(authority, scope, wished, target.host), now };
  const code = await group.step(deviceCode, wanted, 'code');
  if (!code.ok) return code;
  return waitForPerson(group, { ...input, code: code.value, now, ...(wait && { wait }) });
}

function noClientId({ host }: Subject): FindingDraft {
  const reason =
    'this installation has no client id (OAuth) under which the sign-in service would know it, so it cannot ask for a code';
  return draft('tool.not-tested', { what: `Signing in to ${host} with a token`, reason });
}

/** A service that may be asked, and the hosts to which something may be sent for it. */
interface FoundService {
  readonly endpoints: Endpoints;
  readonly hosts: readonly JudgedHost[];
}

async function reachService(
  scope: Scope<Net>,
  target: Subject,
  authority: Authority,
  context: Context,
): Promise<StepResult<FoundService>> {
  scope.plan([...planHost(authority), planStep(openidConfiguration, authority, 'configuration')]);
  const first = await reachJudged(scope, authority, context);
  if (!first.ok) {
    if (first.state === 'failed') scope.found(unreachable(target.host, authority));
    return first;
  }
  const input = { ...first.value, authority, mailHost: target.host };
  const read = await scope.step(openidConfiguration, input, 'configuration');
  if (!read.ok) return read;
  const hosts = [first.value];
  for (const [key, { host, port }] of Object.entries({
    'code-host': read.value.device,
    'token-host': read.value.token,
  })) {
    if (hosts.some((known) => known.host === host && known.port === port)) continue;
    scope.plan([planGroup(key, title('host.title', { host, port: String(port) }), planHost({ host, port }))]);
    const further = await scope.group(key, (inner) => reachJudged(inner, { host, port }, context));
    if (!further.ok) return further;
    hosts.push(further.value);
  }
  return { ok: true, node: scope.id, value: { endpoints: read.value, hosts } };
}

/**
 * Codes and tokens go to hosts whose certificate passed, whatever the person said of the mail server's; and the client certificate is
 * none of their business.
 */
async function reachJudged(
  scope: Scope<Net>,
  { host, port }: Subject,
  context: Context,
): Promise<StepResult<JudgedHost>> {
  const strictly: Context = { ...context, ignoreCertificateProblems: false, clientCertificate: null };
  const session = await reachHost(scope, { host, port }, strictly);
  if (!session.ok) return session;
  const accept = acceptsAgain({ host, port }, strictly);
  return { ...session, value: { host, port, session: session.value, accept } };
}

function unreachable(host: string, authority: Authority): FindingDraft {
  const reason = `its sign-in service ${authority.host} cannot be reached`;
  return draft('auth.modern-misconfigured', { host, authority: authority.written, reason });
}

/**
 * Microsoft's service wants to know for which server; the others know it from the program. An ID token is not asked for there: its issuer
 * is named after a tenant that nobody knows beforehand, and nobody here needs one. A server may wish for tokens that are made for itself
 * alone: it gets them, and with one for another service it could go there.
 */
function scopeFor({ tenant }: Authority, own: string | null, wished: string | null, host: string): string | null {
  if (tenant === null) return own ?? wished;
  const configured = own?.split(' ').filter((scope) => scope !== 'openid') ?? [];
  const scopes = configured.length > 0 ? configured : (wished?.split(' ').filter((one) => isFor(one, host)) ?? []);
  return scopes.length > 0 ? scopes.join(' ') : `https://${host}/.default`;
}

const isFor = (scope: string, host: string): boolean => URL.parse(scope)?.hostname === host;

/** Shows the code to the run's owner, and asks the service until somebody has typed it, or nobody will. */
async function waitForPerson(
  group: Scope<Net>,
  input: Omit<DeviceTokenInput, 'declined'>,
): Promise<StepResult<Secret>> {
  const { pageHost, verificationUri, verificationUriComplete, userCode, expiresAt } = input.code;
  const confided = { verificationUri, verificationUriComplete, userCode, expiresAt };
  const question = group.question('device-code', [pageHost], confided);
  const declined = new AbortController();
  question.answer.then((answer) => answer !== 'yes' && declined.abort());
  const token = await group.step(deviceToken, { ...input, declined: declined.signal }, 'wait');
  question.settle(token.ok ? 'yes' : 'none');
  return token;
}
