/** Lists the folders at the top of the mailbox: OpenFolder, GetHierarchyTable, SetColumns, QueryRows. [MS-OXCFOLD], [MS-OXCTABL] */
import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { MapiReply } from '#lib/sessions/mapi-http/context.ts';
import { sendRops } from '#lib/sessions/mapi-http/execute.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import type { ExecuteResponse } from '#lib/wire/mapi-http/mailbox.ts';
import type { RopReplies } from '#lib/wire/rop/replies.ts';
import { folderRequests, foldersIn, folderTable } from './judging/folders.ts';
import type { LoggedOn } from './judging/logon.ts';
import { refusalCodes, refusalFinding } from './judging/mailbox-refusal.ts';
import { mapiEvidence } from './judging/mapi-evidence.ts';
import { askedBy, type MapiInput } from './judging/mapi-input.ts';
import { failedReply, replyCodes } from './judging/mapi-reply.ts';

export interface MapiFoldersInput extends MapiInput {
  readonly dn: string;
  readonly logon: LoggedOn;
}

interface Seen {
  readonly reply: MapiReply<ResponseBody<ExecuteResponse<RopReplies>>>;
  readonly messages: Evidence | null;
}

export const mapiFolders: Probe<Net, MapiFoldersInput, Seen, number> = {
  id: 'mapi-folders',
  titles: {
    planned: () => title('mapi-folders.planned', {}),
    failed: () => title('mapi-folders.failed', {}),
  },
  emits: [...replyCodes, ...refusalCodes],
  observe: async (_net, { context, logon }, signal) => ({
    reply: await sendRops(context, folderRequests(logon), signal),
    messages: context.takeMessages(),
  }),
  judge: ({ reply, messages }, input) => {
    const { outcome } = reply;
    const evidence = mapiEvidence(reply, messages);
    if (outcome.kind !== 'answered')
      return { ok: false, findings: [failedReply(reply, outcome, askedBy(input, true))], evidence };
    const body = outcome.value;
    const code = body.kind === 'failed' ? body.statusCode : body.errorCode;
    const folders = body.kind === 'failed' ? code : code || foldersIn(body.rops);
    if (typeof folders === 'number')
      return { ok: false, findings: [refusalFinding({ ...input, code: folders })], evidence };
    const { host } = input;
    return {
      ok: true,
      value: folders.length,
      title: title('mapi-folders.passed', { count: folders.length }),
      evidence: [{ kind: 'facts', body: { host, groups: [], tables: [folderTable(folders)] } }, ...evidence],
    };
  },
};
