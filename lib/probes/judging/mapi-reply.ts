/** What is wrong with a reply of MAPI over HTTP that brings no answer: the deepest layer that said something is explained. */
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { MapiReply, Outcome } from '#lib/sessions/mapi-http/context.ts';
import type { WireError } from '#lib/wire/error.ts';
import { responseCode, sentenceOf } from '#lib/wire/mapi-http/response-code.ts';
import type { VettedSession } from '../vetted.ts';
import { bodyKind } from './body.ts';
import { statusCodes } from './http-status.ts';
import { mapiStatusFinding } from './mapi-status.ts';
import { policyFinding } from './policy.ts';
import { obstacleFinding } from './windows-obstacle.ts';

export interface Asked {
  readonly host: string;
  /** The address as it was handed out. */
  readonly url: string;
  readonly session: VettedSession;
  /** How somebody signed in: Basic, NTLM, …; null where nobody had to. */
  readonly scheme: string | null;
  /** Where the same sign-in has gone well. */
  readonly acceptedBy: string;
  /** Whether the session exists: it was begun by an earlier request. */
  readonly isLater: boolean;
}

type Failed = Exclude<Outcome<unknown>, { readonly kind: 'answered' }>;

/** @param outcome of a reply that brought no answer */
export function failedReply({ type, answer }: MapiReply<unknown>, outcome: Failed, asked: Asked): FindingDraft {
  const { host } = asked;
  switch (outcome.kind) {
    case 'sign-in': {
      const scheme = asked.scheme === 'Negotiate' ? 'Negotiate' : 'NTLM';
      return obstacleFinding(outcome.seen.obstacle, { host, path: answer.path, scheme });
    }
    case 'http':
      return byHttp(answer, type, asked);
    case 'code':
      return byCode(outcome.code, outcome.page, type, asked);
    case 'unfinished':
      return malformed(host, type, {
        reason: 'it ends before DONE',
        path: 'mapiHttp.body',
        offset: answer.body.length,
      });
    case 'malformed':
      return malformed(host, type, outcome.error);
  }
}

/** Bytes that cannot be read. */
export function malformed(
  host: string,
  request: string,
  { reason, path, offset }: Pick<WireError, 'reason' | 'path' | 'offset'>,
): FindingDraft {
  return draft('mapi.malformed-response', { host, request, reason, field: path, offset });
}

function byHttp(answer: HttpAnswer, request: string, asked: Asked): FindingDraft {
  const { host, url, session } = asked;
  if (answer.status === 401) return refusedHere(request, asked);
  const policy = policyFinding(answer);
  if (policy !== null) return policy;
  const isSignedIn = asked.scheme !== null && !asked.isLater;
  const finding = mapiStatusFinding(answer, { host, url, session, isSignedIn });
  if (finding !== null) return finding;
  const what = `${bodyWords(answer)}, and not of MAPI over HTTP`;
  return draft('http.unexpected-answer', { host, path: answer.path, what });
}

const bodyWords = (answer: HttpAnswer): string => {
  const kind = bodyKind(answer);
  return kind.kind === 'xml' ? 'an XML document' : kind.what;
};

/** The password has proven right, so that it is not to blame. */
function refusedHere(request: string, { host, scheme, acceptedBy, isLater }: Asked): FindingDraft {
  if (isLater) return draft('mapi.session-lost', { host, request, how: 'the sign-in is asked for once more' });
  return draft('auth.inconsistent', { accepted: acceptedBy, refused: host, method: scheme ?? 'no sign-in' }, 'error');
}

/** By the numbers of Exchange; what another server says in words goes before its number. */
function byCode(code: number, page: Uint8Array, request: string, asked: Asked): FindingDraft {
  const { host, url } = asked;
  const said = sentenceOf(page)?.replace(/\.$/, '') ?? '';
  const name = responseCode(code)?.name ?? 'a number that is not in the specification';
  if (asked.isLater && isAboutSession(code, said))
    return draft('mapi.session-lost', { host, request, how: `${said === '' ? name : said} (X-ResponseCode ${code})` });
  if (code === 16) return draft('mapi.disabled', { host, url, sign: `the server says so (code 16)` });
  if (code === 3 && url.includes('?') && !isAboutHeader(said))
    return draft('mapi.mailbox-id-lost', {
      host,
      url,
      how: 'the server says that the address is not complete (code 3)',
    });
  const without = url.includes('?') ? '' : ' (the address that was asked names no mailbox: ?MailboxId=…)';
  return draft('mapi.response-code', {
    host,
    request,
    number: code,
    name: (said === '' ? name : said) + without,
    said,
  });
}

/** Invalid or missing context cookie, context not found, invalid sequence. */
const SESSION_CODES: readonly number[] = [6, 10, 13, 15];

const isAboutSession = (code: number, said: string): boolean =>
  said === ''
    ? SESSION_CODES.includes(code)
    : SESSION_CODES.includes(code) || /cookie|sequence|session|context/i.test(said);

const isAboutHeader = (said: string): boolean => /header/i.test(said);

/** Codes that `failedReply` may give. */
export const replyCodes = [
  ...statusCodes,
  'auth.blocked-by-policy',
  'auth.inconsistent',
  'auth.kerberos-only',
  'auth.malformed-challenge',
  'auth.ntlm-broken-by-proxy',
  'auth.ntlm-too-old',
  'http.pre-authentication',
  'http.tls-required',
  'mapi.disabled',
  'mapi.mailbox-id-lost',
  'mapi.malformed-response',
  'mapi.response-code',
  'mapi.session-lost',
] as const;
