/** Opens the mailbox: RopLogon in an Execute. Null where that goes in cached mode only. [MS-OXCROPS] 2.2.3.1, [MS-OXCSTOR] 2.2.1.1 */
import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Judgement, Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { MapiReply } from '#lib/sessions/mapi-http/context.ts';
import { sendRops } from '#lib/sessions/mapi-http/execute.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import type { ExecuteResponse } from '#lib/wire/mapi-http/mailbox.ts';
import type { RopReplies } from '#lib/wire/rop/replies.ts';
import { judgeLogon, type LoggedOn, logonRequests } from './judging/logon.ts';
import { isCachedModeOnly, refusalCodes, refusalFinding } from './judging/mailbox-refusal.ts';
import { type Layers, mapiEvidence } from './judging/mapi-evidence.ts';
import { askedBy, type MapiInput } from './judging/mapi-input.ts';
import { failedReply, replyCodes } from './judging/mapi-reply.ts';

export interface MapiLogonInput extends MapiInput {
  readonly dn: string;
  /** What the server calls the mailbox, and what it is called elsewhere. */
  readonly names: { readonly opened: string; readonly expected: string | null };
}

interface Seen {
  readonly reply: MapiReply<ResponseBody<ExecuteResponse<RopReplies>>>;
  readonly messages: Evidence | null;
}

export const mapiLogon: Probe<Net, MapiLogonInput, Seen, LoggedOn | null> = {
  id: 'mapi-logon',
  titles: {
    planned: ({ host }) => title('mapi-logon.planned', { host }),
    failed: ({ host }) => title('mapi-logon.failed', { host }),
  },
  emits: [...replyCodes, ...refusalCodes, 'mailbox.other-opened'],
  observe: async (_net, { context, dn }, signal) => ({
    reply: await sendRops(context, logonRequests(dn), signal),
    messages: context.takeMessages(),
  }),
  judge: ({ reply, messages }, input) => {
    const { outcome } = reply;
    if (outcome.kind === 'answered') return judgeBody(reply, outcome.value, messages, input);
    const finding = failedReply(reply, outcome, askedBy(input, true));
    return { ok: false, findings: [finding], evidence: mapiEvidence(reply, messages) };
  },
};

function judgeBody(
  reply: MapiReply<unknown>,
  body: ResponseBody<ExecuteResponse<RopReplies>>,
  messages: Evidence | null,
  input: MapiLogonInput,
): Judgement<LoggedOn | null> {
  const code = body.kind === 'failed' ? body.statusCode : body.errorCode;
  const layers: Layers = body.kind === 'failed' ? { statusCode: code } : { statusCode: 0, errorCode: code };
  if (body.kind === 'failed' || code !== 0)
    return {
      ok: false,
      findings: [refusalFinding({ ...input, code })],
      evidence: mapiEvidence(reply, messages, layers),
    };
  const { groups, returnValue, ...judged } = judgeLogon(body.rops, input);
  const returnValues = [{ rop: 'RopLogon', value: returnValue }];
  const evidence = mapiEvidence(reply, messages, { ...layers, returnValues }, groups);
  if (judged.ok) return { ...judged, evidence };
  const { findings } = judged;
  if (!isCachedModeOnly(returnValue)) return { ok: false, findings, evidence };
  return { ok: true, value: null, title: title('mapi-logon.cached', { host: input.host }), findings, evidence };
}
