/** Reads how a sign-in service describes itself, and whether it is the one that was named. OpenID Connect Discovery 1.0 4 */
import { type Authority, isIssuerOf } from '#lib/auth/bearer/authority.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { limits } from '#lib/net/limits.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { decodeConfiguration, type OpenidConfiguration } from '#lib/wire/oauth/configuration.ts';
import type { VettedSession } from './vetted.ts';

/** Its subject is the sign-in service. */
export interface OpenidConfigurationInput extends Subject {
  /** Not used yet. */
  readonly session: VettedSession;
  readonly authority: Authority;
  /** The mail server that named the service. */
  readonly mailHost: string;
}

/** Where a code and a token are asked for: the service that described itself, and hosts that are still to be judged. */
export interface Endpoints {
  readonly issuer: string;
  readonly token: Endpoint;
  readonly device: Endpoint;
}

export interface Endpoint extends Subject {
  readonly url: string;
}

export const openidConfiguration: Probe<Net, OpenidConfigurationInput, HttpAnswer, Endpoints> = {
  id: 'openid-configuration',
  titles: {
    planned: ({ host }) => title('openid-configuration.planned', { host }),
    failed: ({ host }) => title('openid-configuration.failed', { host }),
  },
  emits: ['auth.modern-misconfigured', 'tool.not-tested'],
  observe: (net, { session, authority }, signal) =>
    net.request(
      session,
      {
        method: 'GET',
        path: authority.path,
        headers: [
          ['Accept', 'application/json'],
          ['User-Agent', 'Throughline'],
        ],
        body: '',
        answerBytes: limits.openidBytes,
      },
      signal,
    ),
  judge: (answer, input) => ({ ...judgeDocument(answer, input), evidence: [answer.evidence] }),
};

function judgeDocument(answer: HttpAnswer, input: OpenidConfigurationInput): Judgement<Endpoints> {
  const { host, authority } = input;
  if (answer.status !== 200)
    return wrong(input, `the sign-in service ${host} does not describe itself (status ${answer.status})`);
  const read = decodeConfiguration(answer.body);
  if (!read.ok) return wrong(input, `what the sign-in service ${host} says of itself cannot be read: ${read.reason}`);
  const { issuer } = read.configuration;
  if (!isIssuerOf(authority, issuer))
    return wrong(input, `the sign-in service at ${authority.issuer} says that it is ${issuer.slice(0, 200)}`);
  return judgeEndpoints(read.configuration, input);
}

function judgeEndpoints(
  { issuer, tokenEndpoint, deviceAuthorizationEndpoint }: OpenidConfiguration,
  input: OpenidConfigurationInput,
): Judgement<Endpoints> {
  const { host } = input;
  const token = endpointAt(tokenEndpoint);
  if (token === null) return wrong(input, `the sign-in service ${host} has no usable address for tokens`);
  if (deviceAuthorizationEndpoint === null) return { ok: false, findings: [noCodes(host)] };
  const device = endpointAt(deviceAuthorizationEndpoint);
  if (device === null) return wrong(input, `the sign-in service ${host} has no usable address for codes`);
  return { ok: true, value: { issuer, token, device }, title: title('openid-configuration.passed', { issuer }) };
}

/** Null where nothing secret could be sent there. */
function endpointAt(address: string | null): Endpoint | null {
  const url = address === null ? null : URL.parse(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port === '0') return null;
  return { url: url.href, host: url.hostname.replaceAll(/[[\]]/g, ''), port: Number(url.port || 443) };
}

function wrong({ mailHost, authority }: OpenidConfigurationInput, reason: string): Judgement<Endpoints> {
  const finding = draft('auth.modern-misconfigured', { host: mailHost, authority: authority.written, reason });
  return { ok: false, findings: [finding] };
}

function noCodes(host: string): FindingDraft {
  const reason = `${host} offers no sign-in by device code`;
  return draft('tool.not-tested', { what: 'The sign-in with a device code', reason });
}
