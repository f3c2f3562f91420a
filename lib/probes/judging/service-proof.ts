/** Whether an answer to somebody who signed in at the mailbox service shows that the sign-in was taken. */
import type { Proof } from '#lib/auth/budget.ts';
import { type HttpAnswer, type HttpRequest, header } from '#lib/net/http-message.ts';
import { mapiPing } from '#lib/sessions/mapi-http/ping.ts';

/** A request that asks for nothing, so that it can be made before there is a session. */
export const proofRequest = ({ path, speaks }: { readonly path: string; readonly speaks?: 'mapi' }): HttpRequest =>
  speaks === 'mapi' ? mapiPing(path) : { method: 'GET', path, headers: [], body: '' };

/** The service answers in its own way; pages for people and redirects come from gateways, which say no with them. */
export function proofAtMailbox({ status, headers, body }: HttpAnswer): Proof {
  if (status >= 500) return 'unknown';
  if (status === 401) return 'refused';
  const isOwn = /^application\/(mapi-http|rpc)\b/i.test(header(headers, 'content-type') ?? '');
  if (isOwn || header(headers, 'x-responsecode') !== null) return 'proven';
  // The RPC proxy has nothing to say to somebody who merely looks.
  if (status === 200 && body.length === 0) return 'proven';
  return status === 200 || (status >= 300 && status < 400) ? 'refused' : 'proven';
}
