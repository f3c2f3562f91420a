/** What an HTTP answer says at the address of MAPI over HTTP that is neither the protocol's own nor a demand to sign in. */
import { type HttpAnswer, header } from '#lib/net/http-message.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { VettedSession } from '../vetted.ts';
import { isRedirect, statusFinding } from './http-status.ts';

export interface MapiAddress {
  readonly host: string;
  /** As it was handed out. */
  readonly url: string;
  readonly session: Pick<VettedSession, 'offer'>;
  /** The answer is to somebody whom the server has let in. */
  readonly isSignedIn: boolean;
}

/** The finding; null for 401, and for 2xx unless it is a form to sign in. */
export function mapiStatusFinding(answer: HttpAnswer, address: MapiAddress): FindingDraft | null {
  const { host, url, session } = address;
  const { path, status } = answer;
  if (isRedirect(answer)) return redirected(answer, address);
  if (status === 404 || status === 410) return notFound(address);
  if (status === 403 && wantsTls(answer)) return draft('http.tls-required', { host, path });
  const finding = statusFinding(answer, session);
  if (finding !== null || status === 401) return finding;
  return isSignInPage(answer) ? draft('http.pre-authentication', { host, path, location: url }) : null;
}

/** Behind a sign-in the directory is there, and what was asked for in it is not. */
function notFound({ host, url, isSignedIn }: MapiAddress): FindingDraft {
  if (!isSignedIn || !url.includes('?')) return draft('mapi.disabled', { host, url, sign: 'its address answers 404' });
  const how = 'the directory asks for a sign-in, but behind it there is nothing at the address that names the mailbox';
  return draft('mapi.mailbox-id-lost', { host, url, how });
}

function redirected(answer: HttpAnswer, { host, url }: MapiAddress): FindingDraft {
  const location = (header(answer.headers, 'location') ?? 'nowhere').slice(0, 2_000);
  const target = URL.parse(location, url);
  const source = new URL(url);
  if (target !== null && source.search !== '' && target.pathname === source.pathname && target.search === '')
    return draft('mapi.mailbox-id-lost', { host, url, how: 'a redirect leads to the same address without it' });
  if (target !== null && isSignInPlace(target))
    return draft('http.pre-authentication', { host, path: answer.path, location });
  return draft('http.unexpected-redirect', { host, location, status: String(answer.status) });
}

/** Names of the pages where gateways and Outlook on the web ask people for their password. */
const SIGN_IN_PLACE = /(logon|login|signin|sign-in|cookieauth|my\.policy|saml|adfs|\/auth\b|\/sso\b)/i;

const isSignInPlace = ({ pathname, hostname }: URL): boolean =>
  SIGN_IN_PLACE.test(pathname) || /^(login|logon|sts|adfs|auth|sso)\./i.test(hostname);

function isSignInPage({ body }: HttpAnswer): boolean {
  const page = new TextDecoder().decode(body.subarray(0, 64 * 1024));
  return /type\s?=\s?["']?password/i.test(page);
}

/** IIS says 403.4 in its page alone. */
function wantsTls({ body }: HttpAnswer): boolean {
  const page = new TextDecoder().decode(body.subarray(0, 16 * 1024));
  return /\b403\.4\b|SSL (is )?required/i.test(page);
}
