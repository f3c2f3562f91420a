/** Asks one service for its sign-in methods, without credentials, and compares them with what Autodiscover promises. */

import type { Way } from '#lib/auth/signed-request.ts';
import { signedRequest } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { mapiPing } from '#lib/sessions/mapi-http/ping.ts';
import type { Challenge } from '#lib/wire/http/challenge.ts';
import { statusCodes, statusFinding } from './judging/http-status.ts';
import { mapiStatusFinding } from './judging/mapi-status.ts';
import { methodsEvidence, offeredIn, schemesOf } from './judging/offered-methods.ts';
import { isPromised } from './judging/promised-method.ts';

export interface ServiceChallengeInput extends Subject {
  readonly service: string;
  readonly path: string;
  readonly way: Way;
  /** AuthPackage of the protocol that this service belongs to; null where it says nothing. */
  readonly promised: string | null;
  /** What it speaks, where it is asked in its own way: some servers know nothing but POST there. */
  readonly speaks?: 'mapi';
}

export const serviceChallenge: Probe<Net, ServiceChallengeInput, HttpAnswer, readonly Challenge[]> = {
  id: 'service-challenge',
  titles: {
    planned: ({ host }) => title('service-challenge.planned', { host }),
    failed: ({ host }) => title('service-challenge.failed', { host }),
  },
  emits: [
    ...statusCodes,
    'auth.anonymous-allowed',
    'auth.no-method-offered',
    'auth.required-method-missing',
    'http.pre-authentication',
    'http.tls-required',
    'mapi.disabled',
    'mapi.mailbox-id-lost',
  ],
  observe: (net, { way, path, speaks }, signal) => {
    const request: HttpRequest = speaks === 'mapi' ? mapiPing(path) : { method: 'GET', path, headers: [], body: '' };
    return signedRequest(net, way, null, request, signal);
  },
  judge: (answer, input) => {
    const { host, service, path } = input;
    if (answer.status === 401) return judgeMethods(answer, input);
    const finding = findingFor(answer, input);
    if (finding !== null) return { ok: false, findings: [finding], evidence: [answer.evidence] };
    return {
      ok: true,
      value: [],
      title: title('service-challenge.open', { host, service }),
      findings: [draft('auth.anonymous-allowed', { host, path })],
      evidence: [answer.evidence],
    };
  },
};

function findingFor(answer: HttpAnswer, { way, speaks, host, port, path }: ServiceChallengeInput): FindingDraft | null {
  const { session } = way;
  if (speaks !== 'mapi') return statusFinding(answer, session);
  const url = `https://${host.includes(':') ? `[${host}]` : host}${port === 443 ? '' : `:${port}`}${path}`;
  return mapiStatusFinding(answer, { host, url, session, isSignedIn: false });
}

function judgeMethods(answer: HttpAnswer, input: ServiceChallengeInput): Judgement<readonly Challenge[]> {
  const { host, service, path, promised } = input;
  const offered = offeredIn(answer);
  if (offered.challenges.length === 0)
    return { ok: false, findings: [draft('auth.no-method-offered', { host, path })], evidence: [answer.evidence] };
  const methods = schemesOf(offered);
  return {
    ok: true,
    value: offered.challenges,
    title: title('service-challenge.passed', { host, service, methods }),
    findings: brokenPromise(methods, input),
    evidence: [methodsEvidence(offered, answer, promised), answer.evidence],
  };
}

function brokenPromise(methods: readonly string[], { host, path, promised }: ServiceChallengeInput): FindingDraft[] {
  if (promised === null || isPromised(promised, methods)) return [];
  const args = { host, path, promised: promised.slice(0, 100), offered: methods };
  const others = methods.some((scheme) => /^(basic|ntlm|negotiate)$/i.test(scheme));
  return [
    others ? draft('auth.required-method-missing', args, 'warning') : draft('auth.required-method-missing', args),
  ];
}
