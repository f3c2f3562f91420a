import { readAuthorization } from './authorization.ts';
import type { HttpRequest } from './message.ts';

export interface BasicCredentials {
  username: string;
  password: string;
}

/** User name and password out of a Basic authorization. Today they are in UTF-8; older servers take them for Latin-1. RFC 7617 */
export function readBasic(
  request: Pick<HttpRequest, 'headers'>,
  charset: 'utf8' | 'latin1' = 'utf8',
): BasicCredentials | null {
  const { scheme, token = '' } = readAuthorization(request) ?? {};
  if (scheme !== 'basic' || !/^[A-Za-z0-9+/]+=*$/.test(token)) return null;
  const text = Buffer.from(token, 'base64').toString(charset);
  const colon = text.indexOf(':');
  return colon < 0 ? null : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
