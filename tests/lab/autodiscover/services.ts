import type { HttpAnswer } from '../http/message.ts';
import type { Place } from '../place.ts';

/** What else a mail server has behind its sign-in, by the beginning of the path, and what it shows there to somebody who just looks. */
const SERVICES: Readonly<Record<string, string>> = {
  '/mapi/emsmdb': 'Exchange MAPI/HTTP Connectivity Endpoint',
  '/mapi/nspi': 'Exchange MAPI/HTTP Connectivity Endpoint',
  '/ews/': 'Service',
  '/rpc/rpcproxy.dll': '',
  '/rpc/rpcwithcert.dll': '',
  '/oab/': 'Offline address book',
  '/microsoft-server-activesync': '',
  '/powershell': '',
};

/** The page of the service at this path; null where none is. */
export function servicePage(path: string): HttpAnswer | null {
  const known = Object.entries(SERVICES).find(([beginning]) => path.startsWith(beginning));
  if (known === undefined) return null;
  const [, title] = known;
  const body =
    title === '' ? '' : `<!DOCTYPE html><html><head><title>${title}</title></head><body>${title}</body></html>`;
  return { status: 200, headers: [['Content-Type', 'text/html; charset=utf-8']], body };
}

/** The web client asks for its sign-in by a form. Null for every other path. */
export function webClientPage(path: string, { host }: Place): HttpAnswer | null {
  if (!/^\/(owa|ecp)(\/|$)/.test(path)) return null;
  const form = new URLSearchParams({ url: `https://${host}${path}`, reason: '0' });
  return { status: 302, headers: [['Location', `https://${host}/owa/auth/logon.aspx?${form}`]], body: '' };
}
