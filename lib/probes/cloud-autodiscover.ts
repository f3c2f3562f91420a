/**
 * Asks Microsoft 365 whether it has the mailbox, in the way in which Outlook asks it before all others. The address goes to Microsoft,
 * so it is done only where the person wants it.
 */
import { signedRequest, type Way } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import { type HttpAnswer, header } from '#lib/net/http-message.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { decodeJsonResponse, jsonPath } from '#lib/wire/autodiscover/json.ts';
import { isMicrosoftHost } from './judging/destination.ts';

export interface CloudInput extends Subject {
  readonly mailbox: string;
  readonly way: Way;
}

/** The address that it names itself for; null where the mailbox is not its own. */
export interface CloudAnswer {
  readonly url: string | null;
}

export const cloudAutodiscover: Probe<Net, CloudInput, HttpAnswer, CloudAnswer> = {
  id: 'cloud-autodiscover',
  titles: {
    planned: ({ host }) => title('cloud-autodiscover.planned', { host }),
    failed: ({ host }) => title('cloud-autodiscover.failed', { host }),
  },
  emits: [],
  observe: (net, { way, mailbox }, signal) => {
    const path = jsonPath({ address: mailbox, protocol: 'AutodiscoverV1' });
    return signedRequest(
      net,
      way,
      null,
      { method: 'GET', path, headers: [['Accept', 'application/json']], body: '' },
      signal,
    );
  },
  judge: (answer, { host, mailbox }) => {
    const evidence = [answer.evidence];
    const read = decodeJsonResponse(answer.body, header(answer.headers, 'content-type'));
    const url = answer.status === 200 && read.ok && read.response.kind === 'endpoint' ? read.response.url : null;
    const isOwn = url !== null && URL.canParse(url) && isMicrosoftHost(new URL(url).hostname);
    return isOwn
      ? { ok: true, value: { url }, title: title('cloud-autodiscover.has', { host, mailbox }), evidence }
      : { ok: true, value: { url: null }, title: title('cloud-autodiscover.has-not', { host, mailbox }), evidence };
  },
};
