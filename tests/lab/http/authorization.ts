import { type HttpRequest, headerOf } from './message.ts';

/** What a request shows to be let in. */
export interface Authorization {
  /** In lower case. */
  scheme: string;
  /** Empty, if there is nothing but the scheme. */
  token: string;
}

/** Reads the one form that all schemes of mail clients have: a word, and what it carries. RFC 9110 11.6.2 */
export function readAuthorization(request: Pick<HttpRequest, 'headers'>): Authorization | null {
  const value = headerOf(request, 'authorization');
  const [, scheme, token = ''] = /^([A-Za-z]+)(?: +([A-Za-z0-9\-._~+/]+={0,2}))?$/.exec(value ?? '') ?? [];
  return scheme ? { scheme: scheme.toLowerCase(), token } : null;
}
