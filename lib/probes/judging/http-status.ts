/** What an HTTP status says that is neither success nor a demand to sign in. */
import { type HttpAnswer, header } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import { demandIn } from './client-certificate.ts';

/** Headers in which Exchange's front end names the reason of a server error. */
const REASONS = ['x-caserrorcode', 'x-feserver', 'x-calculatedbetarget', 'x-diaginfo'];

/** Whether an answer sends the client somewhere else. 303 and 304 do not: they are about other requests. RFC 9110 15.4 */
export function isRedirect({ status }: Pick<HttpAnswer, 'status'>): boolean {
  return [301, 302, 307, 308].includes(status);
}

/** The finding for a status; null for 2xx and 401. */
export function statusFinding(answer: HttpAnswer, session: Pick<TlsSession, 'offer'>): FindingDraft | null {
  const { host, path, method } = answer;
  const status = String(answer.status);
  if (answer.status === 401 || (answer.status >= 200 && answer.status < 300)) return null;
  const how = demandIn(answer, session);
  if (how !== null) return draft('tls.client-certificate-required', { host, how });
  if (answer.status >= 300 && answer.status < 400) {
    return draft('http.unexpected-redirect', {
      host,
      location: header(answer.headers, 'location') ?? 'nowhere',
      status,
    });
  }
  switch (answer.status) {
    case 403:
      return draft('http.forbidden', { host, path, status });
    case 404:
    case 410:
      return draft('http.not-found', { host, path });
    case 405:
    case 501:
      return draft('http.verb-blocked', { host, path, method, status });
    case 429:
      return throttled(answer);
    case 503:
      return header(answer.headers, 'retry-after') === null
        ? draft('http.unavailable', { host, path, detail: detail(answer) })
        : throttled(answer);
    default:
      return other(answer);
  }
}

function throttled(answer: HttpAnswer): FindingDraft {
  const retryAfter = header(answer.headers, 'retry-after') ?? 'not said';
  return draft(
    'http.throttled',
    { host: answer.host, path: answer.path, status: String(answer.status), retryAfter },
    'error',
  );
}

function other(answer: HttpAnswer): FindingDraft {
  const { host, path } = answer;
  const status = String(answer.status);
  if (answer.status >= 500) return draft('http.server-error', { host, path, status, detail: detail(answer) });
  return draft('http.unexpected-answer', { host, path, what: `status ${status}` });
}

function detail(answer: HttpAnswer): string {
  const said = REASONS.flatMap((name) => {
    const value = header(answer.headers, name);
    return value === null ? [] : [`${name}: ${value.slice(0, 200)}`];
  });
  return said.length === 0 ? 'no reason given' : said.join(', ');
}

/** Codes that `statusFinding` may give. */
export const statusCodes = [
  'http.forbidden',
  'http.not-found',
  'http.server-error',
  'http.throttled',
  'http.unavailable',
  'http.unexpected-answer',
  'http.unexpected-redirect',
  'http.verb-blocked',
  'tls.client-certificate-required',
] as const;
