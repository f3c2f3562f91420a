/** Ends the session. [MS-OXCMAPIHTTP] 2.2.4.3 */
import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { MapiReply } from '#lib/sessions/mapi-http/context.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import { decodeDisconnectResponse, encodeDisconnectRequest } from '#lib/wire/mapi-http/mailbox.ts';
import { mapiEvidence } from './judging/mapi-evidence.ts';
import { askedBy, type MapiInput } from './judging/mapi-input.ts';
import { failedReply, replyCodes } from './judging/mapi-reply.ts';

interface Seen {
  readonly reply: MapiReply<ResponseBody<object>>;
  readonly messages: Evidence | null;
}

export const mapiDisconnect: Probe<Net, MapiInput, Seen, null> = {
  id: 'mapi-disconnect',
  titles: {
    planned: () => title('mapi-disconnect.planned', {}),
    failed: () => title('mapi-disconnect.failed', {}),
  },
  emits: [...replyCodes],
  observe: async (_net, { context }, signal) => {
    try {
      const reply = await context.send(
        { type: 'Disconnect', encode: encodeDisconnectRequest, decode: decodeDisconnectResponse },
        signal,
      );
      return { reply, messages: context.takeMessages() };
    } finally {
      await context.close();
    }
  },
  judge: ({ reply, messages }, input) => {
    const { outcome } = reply;
    const evidence = mapiEvidence(reply, messages);
    if (outcome.kind !== 'answered')
      return { ok: false, findings: [failedReply(reply, outcome, askedBy(input, true))], evidence };
    return { ok: true, value: null, title: title('mapi-disconnect.passed', {}), evidence };
  },
};
