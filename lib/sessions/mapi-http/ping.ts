/** PING: keeps a session alive, and has no body either way. [MS-OXCMAPIHTTP] 2.2.4.5 */
import type { HttpRequest } from '#lib/net/http-message.ts';
import type { MapiContext, MapiReply } from './context.ts';

/** @throws NetFailure */
export function ping(context: MapiContext, signal: AbortSignal): Promise<MapiReply<null>> {
  return context.send({ type: 'PING', decode: () => null }, signal);
}

/** The same before there is a session, to see how a server lets people in: it has all headers that are demanded. */
export function mapiPing(path: string): HttpRequest {
  return {
    method: 'POST',
    path,
    headers: [
      ['Content-Type', 'application/mapi-http'],
      ['X-RequestType', 'PING'],
      ['X-RequestId', `{${NOBODY}}:1`],
      ['X-ClientInfo', `{${NOBODY}}:1`],
      ['X-ClientApplication', 'Outlook/16.0.17928.20114'],
    ],
    body: '',
    binary: true,
  };
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
