/** Goes on with the session over another connection, as Outlook does all the time: whoever balances the load has to find the same server. */
import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { MapiReply } from '#lib/sessions/mapi-http/context.ts';
import { ping } from '#lib/sessions/mapi-http/ping.ts';
import { mapiEvidence } from './judging/mapi-evidence.ts';
import { askedBy, type MapiInput } from './judging/mapi-input.ts';
import { failedReply, replyCodes } from './judging/mapi-reply.ts';

interface Seen {
  readonly reply: MapiReply<null>;
  readonly messages: Evidence | null;
}

export const mapiAffinity: Probe<Net, MapiInput, Seen, null> = {
  id: 'mapi-affinity',
  titles: {
    planned: () => title('mapi-affinity.planned', {}),
    failed: () => title('mapi-affinity.failed', {}),
  },
  emits: [...replyCodes],
  observe: async (_net, { context }, signal) => {
    const other = context.onAnotherConnection();
    try {
      return { reply: await ping(other, signal), messages: other.takeMessages() };
    } finally {
      await other.close();
    }
  },
  judge: ({ reply, messages }, input) => {
    const { outcome } = reply;
    const evidence = mapiEvidence(reply, messages);
    if (outcome.kind === 'answered')
      return { ok: true, value: null, title: title('mapi-affinity.passed', {}), evidence };
    return { ok: false, findings: [lostHere(failedReply(reply, outcome, askedBy(input, true)), input)], evidence };
  },
};

/** The session itself goes on where it began. */
function lostHere(finding: FindingDraft, { host }: MapiInput): FindingDraft {
  if (finding.code !== 'mapi.session-lost') return finding;
  const how = 'over a second connection the server does not know it; clients use several, so that they lose it as well';
  return draft('mapi.session-lost', { host, request: 'PING', how });
}
