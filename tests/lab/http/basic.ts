import { type HttpRequest, headerOf } from './message.ts';

export interface BasicCredentials {
  username: string;
  password: string;
}

/** User name and password out of a Basic authorization, read as UTF-8. RFC 7617 */
export function readBasic(request: HttpRequest): BasicCredentials | null {
  const [, encoded] = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(headerOf(request, 'authorization') ?? '') ?? [];
  if (!encoded) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
