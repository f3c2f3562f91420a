/** Closes the address book. [MS-OXCMAPIHTTP] 2.2.5.2 */

import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { MapiReply } from '#lib/sessions/mapi-http/context.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import { UNBIND_SUCCESS } from '#lib/wire/nspi/flags.ts';
import { decodeUnbindResponse, encodeUnbindRequest } from '#lib/wire/nspi/http/session.ts';
import { isSuccess } from './judging/address-book.ts';
import type { MapiInput } from './judging/mapi-input.ts';
import { replyCodes } from './judging/mapi-reply.ts';
import { judgeNspi } from './judging/nspi-reply.ts';

interface Seen {
  readonly reply: MapiReply<ResponseBody<object>>;
  readonly messages: Evidence | null;
}

export const nspiUnbind: Probe<Net, MapiInput, Seen, null> = {
  id: 'nspi-unbind',
  titles: {
    planned: () => title('nspi-unbind.planned', {}),
    failed: () => title('nspi-unbind.failed', {}),
  },
  emits: [...replyCodes, 'nspi.failed'],
  observe: async (_net, { context }, signal) => {
    try {
      const reply = await context.send(
        { type: 'Unbind', encode: encodeUnbindRequest, decode: decodeUnbindResponse },
        signal,
      );
      return { reply, messages: context.takeMessages() };
    } finally {
      await context.close();
    }
  },
  judge: ({ reply, messages }, input) => {
    const isFine = (code: number): boolean => code === UNBIND_SUCCESS || isSuccess(code);
    const judged = judgeNspi(reply, messages, input, { isLater: true, isFine });
    if (!judged.ok) return judged;
    return { ok: true, value: null, title: title('nspi-unbind.passed', {}), evidence: judged.evidence };
  },
};
