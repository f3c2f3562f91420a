/**
 * Asks a server which sign-in service it trusts: an empty Bearer header makes Exchange name it. No secret is sent. RFC 6750 3,
 * [MS-XOAUTH] 4.6
 */
import { type Authority, readAuthority } from '#lib/auth/bearer/authority.ts';
import type { Net } from '#lib/net/door.ts';
import { NetFailure } from '#lib/net/failure.ts';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { type Challenge, decodeChallenges } from '#lib/wire/http/challenge.ts';
import { readBearer } from '#lib/wire/oauth/challenge.ts';

export interface BearerChallengeInput extends Subject {
  /** The session whose certificate was judged; it may be used up. */
  readonly session: TlsSession;
  readonly accept: (session: TlsSession) => boolean;
  /** What the endpoint is asked for, without any sign-in. */
  readonly request: HttpRequest;
  /** What it offered before. */
  readonly offered: readonly Challenge[];
  /** What speaks for a mail system there. */
  readonly marks: readonly string[];
  /** The sign-in service that the person names goes before the server's; the one of this installation stands in for it. */
  readonly named: string | null;
  readonly fallback: string | null;
  /** Whether a service has to be known: a token that is there already comes from somewhere. */
  readonly isNeeded: boolean;
}

export interface Trusted {
  /** Null where none is known, and none is needed. */
  readonly authority: Authority | null;
  /** What a token has to allow, in the server's words. */
  readonly scope: string | null;
}

/** Some servers cut off whoever sends an empty header; then what was offered before is all that there is. */
type Seen = HttpAnswer | NetFailure;

export const bearerChallenge: Probe<Net, BearerChallengeInput, Seen, Trusted> = {
  id: 'bearer-challenge',
  titles: {
    planned: ({ host }) => title('bearer-challenge.planned', { host }),
    failed: ({ host }) => title('bearer-challenge.failed', { host }),
  },
  emits: ['auth.modern-misconfigured', 'tool.not-tested'],
  observe: async (net, { session, accept, request, isNeeded }, signal) => {
    const asked: HttpRequest = { ...request, headers: [...request.headers, ['Authorization', 'Bearer']] };
    try {
      return await net.request(await net.again(session, accept, signal), asked, signal);
    } catch (error) {
      // Who can sign in otherwise goes on without the answer.
      if (error instanceof NetFailure && !isNeeded) return error;
      throw error;
    }
  },
  judge: (answer, input) => ({ ...judgeTrust(answer, input), evidence: evidenceOf(answer, input) }),
};

function challengesOf(seen: Seen): Challenge[] {
  if (seen instanceof NetFailure) return [];
  const { headers } = seen;
  return decodeChallenges(headers.filter(([name]) => /^www-authenticate$/i.test(name)).map(([, value]) => value));
}

function judgeTrust(answer: Seen, input: BearerChallengeInput): Judgement<Trusted> {
  const { host, offered, named, fallback, isNeeded } = input;
  // What was offered before stands behind: some servers drop what an empty header makes others add.
  const bearer = readBearer([...challengesOf(answer), ...offered]);
  if (bearer === null) return { ok: false, findings: [notOffered(host)] };
  const { scope, authorizationUri } = bearer;
  const own = judgeAuthority(host, authorizationUri);
  const findings = own.ok ? [] : [own.finding];
  if (own.ok && named === null) return trusted(host, own.authority, scope);
  const other = named ?? fallback;
  if (other !== null) return judgeOther(other, host, scope, findings);
  if (!own.ok && isNeeded) return { ok: false, findings: [own.finding] };
  return { ok: true, value: { authority: null, scope }, title: title('bearer-challenge.unnamed', { host }), findings };
}

function trusted(
  host: string,
  authority: Authority,
  scope: string | null,
  findings: readonly FindingDraft[] = [],
): Judgement<Trusted> {
  const passed = title('bearer-challenge.passed', { host, authority: authority.issuer });
  return { ok: true, value: { authority, scope }, title: passed, findings };
}

type Judged =
  | { readonly ok: true; readonly authority: Authority }
  | { readonly ok: false; readonly finding: FindingDraft };

function judgeAuthority(host: string, uri: string | null): Judged {
  const read = uri === null ? null : readAuthority(uri);
  if (read?.ok) return read;
  const reason =
    read === null
      ? 'it names no sign-in service (authorization_uri)'
      : `the sign-in service that it names cannot be used: ${read.reason}`;
  return { ok: false, finding: draft('auth.modern-misconfigured', { host, authority: uri ?? 'not named', reason }) };
}

/** A service that the server did not name; what is wrong with the server's word is told all the same. */
function judgeOther(
  other: string,
  host: string,
  scope: string | null,
  findings: readonly FindingDraft[],
): Judgement<Trusted> {
  const read = readAuthority(other);
  if (read.ok) return trusted(host, read.authority, scope, findings);
  const what = `The sign-in service ${other.slice(0, 200)}`;
  return { ok: false, findings: [draft('tool.not-tested', { what, reason: read.reason }), ...findings] };
}

function notOffered(host: string): FindingDraft {
  return draft('tool.not-tested', { what: `Signing in to ${host} with a token`, reason: 'it does not ask for one' });
}

function evidenceOf(answer: Seen, { host, marks }: BearerChallengeInput): readonly Evidence[] {
  if (answer instanceof NetFailure) return answer.evidence;
  const methods = challengesOf(answer).map(({ scheme, params }) => ({
    scheme,
    parameters: Object.entries(params).map(([name, value]) => ({ name, value })),
  }));
  const body = { host, path: answer.path, methods, promised: null, marks: [...marks] };
  return [answer.evidence, { kind: 'sign-in-methods', body }];
}
