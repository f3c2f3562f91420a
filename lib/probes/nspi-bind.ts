/** Opens the address book over MAPI over HTTP: Bind. [MS-OXCMAPIHTTP] 2.2.5.1 */
import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { MapiContext, type MapiReply } from '#lib/sessions/mapi-http/context.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import { type BindResponse, decodeBindResponse, encodeBindRequest } from '#lib/wire/nspi/http/session.ts';
import { INITIAL_STAT } from '#lib/wire/nspi/stat.ts';
import { endpointOf, type MapiPlace } from './judging/mapi-input.ts';
import { replyCodes } from './judging/mapi-reply.ts';
import { judgeNspi } from './judging/nspi-reply.ts';

interface Seen {
  readonly context: MapiContext;
  readonly reply: MapiReply<ResponseBody<BindResponse>>;
  readonly messages: Evidence | null;
}

export const nspiBind: Probe<Net, MapiPlace, Seen, MapiContext> = {
  id: 'nspi-bind',
  titles: {
    planned: ({ host }) => title('nspi-bind.planned', { host }),
    failed: ({ host }) => title('nspi-bind.failed', { host }),
  },
  emits: [...replyCodes, 'nspi.failed'],
  observe: async (net, input, signal) => {
    const context = new MapiContext(net, endpointOf(input));
    const request = { flags: 0, state: INITIAL_STAT };
    const encode = (trace: Parameters<typeof encodeBindRequest>[1]) => encodeBindRequest(request, trace);
    const reply = await context.send({ type: 'Bind', encode, decode: decodeBindResponse }, signal);
    if (reply.outcome.kind !== 'answered') await context.close();
    return { context, reply, messages: context.takeMessages() };
  },
  judge: ({ context, reply, messages }, input) => {
    const judged = judgeNspi(reply, messages, input, { isLater: false });
    if (!judged.ok) return judged;
    return {
      ok: true,
      value: context,
      title: title('nspi-bind.passed', { host: input.host }),
      evidence: judged.evidence,
    };
  },
};
