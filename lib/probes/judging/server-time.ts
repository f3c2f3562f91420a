/** What a web server's clock says. RFC 9110 6.6.1 */
import type { Net } from '#lib/net/door.ts';
import { NetFailure } from '#lib/net/failure.ts';
import { type HttpAnswer, type HttpRequest, header } from '#lib/net/http-message.ts';
import { limits } from '#lib/net/limits.ts';
import type { TlsSession } from '#lib/net/tls.ts';

/** `Sun, 06 Nov 1994 08:49:37 GMT`, and nothing else. RFC 9110 5.6.7 */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** When the answer was written, in milliseconds since the epoch. What came out of a cache is as old as it says. RFC 9111 5.1 */
export function dateOf({ headers }: HttpAnswer): number | null {
  const text = header(headers, 'date')?.trim() ?? '';
  const time = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  const age = /^\d{1,9}$/.exec(header(headers, 'age')?.trim() ?? '')?.[0] ?? '0';
  return Number.isNaN(time) ? null : time + Number(age) * 1_000;
}

/** The first page, as anybody may ask for it. */
export const GREETING: HttpRequest = {
  method: 'GET',
  path: '/',
  headers: [
    ['Accept', '*/*'],
    ['Cache-Control', 'no-cache'],
    ['User-Agent', 'Throughline'],
  ],
  body: '',
};

/** Asks over a fresh connection; null where the server does not tell, or is no web server. Nothing but the time is wanted of it. */
export async function askTime(net: Net, session: TlsSession, signal: AbortSignal): Promise<number | null> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(limits.greetingMs)]);
  try {
    const fresh = await net.again(session, () => true, inTime);
    return dateOf(await net.request(fresh, GREETING, inTime));
  } catch (error) {
    if (error instanceof NetFailure) return null;
    throw error;
  }
}
