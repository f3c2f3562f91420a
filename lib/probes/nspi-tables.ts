/** Which address lists there are: GetSpecialTable. [MS-OXCMAPIHTTP] 2.2.5.8 */

import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { MapiReply } from '#lib/sessions/mapi-http/context.ts';
import type { Trace } from '#lib/wire/bytes/trace.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import { SPECIAL_TABLE_FLAG } from '#lib/wire/nspi/flags.ts';
import {
  decodeGetSpecialTableResponse,
  encodeGetSpecialTableRequest,
  type GetSpecialTableResponse,
} from '#lib/wire/nspi/http/tables.ts';
import { INITIAL_STAT } from '#lib/wire/nspi/stat.ts';
import { listsTable } from './judging/address-book.ts';
import type { MapiInput } from './judging/mapi-input.ts';
import { replyCodes } from './judging/mapi-reply.ts';
import { judgeNspi } from './judging/nspi-reply.ts';

interface Seen {
  readonly reply: MapiReply<ResponseBody<GetSpecialTableResponse>>;
  readonly messages: Evidence | null;
}

export const nspiTables: Probe<Net, MapiInput, Seen, number> = {
  id: 'nspi-tables',
  titles: {
    planned: () => title('nspi-tables.planned', {}),
    failed: () => title('nspi-tables.failed', {}),
  },
  emits: [...replyCodes, 'nspi.failed'],
  observe: async (_net, { context }, signal) => {
    const request = { flags: SPECIAL_TABLE_FLAG.unicodeStrings, state: INITIAL_STAT, version: 0 };
    const encode = (trace: Trace): Uint8Array => encodeGetSpecialTableRequest(request, trace);
    const reply = await context.send(
      { type: 'GetSpecialTable', encode, decode: decodeGetSpecialTableResponse },
      signal,
    );
    return { reply, messages: context.takeMessages() };
  },
  judge: ({ reply, messages }, input) => {
    const judged = judgeNspi(reply, messages, input, { isLater: true });
    if (!judged.ok) return judged;
    const lists = judged.fields.rows ?? [];
    const { host } = input;
    return {
      ok: true,
      value: lists.length,
      title: title('nspi-tables.passed', { count: lists.length }),
      evidence: [{ kind: 'facts', body: { host, groups: [], tables: [listsTable(lists)] } }, ...judged.evidence],
    };
  },
};
