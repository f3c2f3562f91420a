/** Remote operations over MAPI over HTTP: Execute. [MS-OXCMAPIHTTP] 2.2.4.2 */
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import { decodeExecuteResponse, type ExecuteResponse, encodeExecuteRequest } from '#lib/wire/mapi-http/mailbox.ts';
import { type RopReplies, readRopReplies } from '#lib/wire/rop/replies.ts';
import { type RopRequests, writeRopRequests } from '#lib/wire/rop/requests.ts';
import type { MapiContext, MapiReply } from './context.ts';

/** @throws NetFailure */
export function sendRops(
  context: MapiContext,
  rops: RopRequests,
  signal: AbortSignal,
): Promise<MapiReply<ResponseBody<ExecuteResponse<RopReplies>>>> {
  return context.send(
    {
      type: 'Execute',
      encode: (trace) => encodeExecuteRequest((writer) => writeRopRequests(writer, rops), {}, trace),
      decode: (body, trace) => decodeExecuteResponse(body, (payload) => readRopReplies(payload, rops.requests), trace),
    },
    signal,
  );
}
