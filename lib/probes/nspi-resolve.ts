/** "Check Name": whom the address stands for, and what the address book knows of that person. [MS-OXCMAPIHTTP] 2.2.5.14 */
import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { MapiReply } from '#lib/sessions/mapi-http/context.ts';
import type { Trace } from '#lib/wire/bytes/trace.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import {
  decodeResolveNamesResponse,
  encodeResolveNamesRequest,
  type ResolveNamesResponse,
} from '#lib/wire/nspi/http/names.ts';
import { INITIAL_STAT } from '#lib/wire/nspi/stat.ts';
import { PERSON_TAGS, type Person, personGroup, resolvedPerson, smtpName } from './judging/address-book.ts';
import type { MapiInput } from './judging/mapi-input.ts';
import { replyCodes } from './judging/mapi-reply.ts';
import { judgeNspi } from './judging/nspi-reply.ts';

interface Seen {
  readonly reply: MapiReply<ResponseBody<ResolveNamesResponse>>;
  readonly messages: Evidence | null;
}

export const nspiResolve: Probe<Net, MapiInput, Seen, Person> = {
  id: 'nspi-resolve',
  titles: {
    planned: () => title('nspi-resolve.planned', {}),
    failed: () => title('nspi-resolve.failed', {}),
  },
  emits: [...replyCodes, 'nspi.failed', 'nspi.name-not-found'],
  observe: async (_net, { context, mailbox }, signal) => {
    const request = { state: INITIAL_STAT, tags: PERSON_TAGS, names: [smtpName(mailbox)] };
    const encode = (trace: Trace): Uint8Array => encodeResolveNamesRequest(request, trace);
    const reply = await context.send({ type: 'ResolveNames', encode, decode: decodeResolveNamesResponse }, signal);
    return { reply, messages: context.takeMessages() };
  },
  judge: ({ reply, messages }, input) => {
    const judged = judgeNspi(reply, messages, input, { isLater: true });
    if (!judged.ok) return judged;
    const { results, table } = judged.fields;
    const rows = table?.rows ?? [];
    const person = resolvedPerson({ results, rows }, input);
    if ('code' in person) return { ok: false, findings: [person], evidence: judged.evidence };
    const { host } = input;
    const groups = [personGroup(person, rows[0] ?? [])];
    return {
      ok: true,
      value: person,
      title: title('nspi-resolve.passed', { name: person.displayName.slice(0, 200) || input.mailbox }),
      evidence: [{ kind: 'facts', body: { host, groups } }, ...judged.evidence],
    };
  },
};
