/** Begins a session with the mailbox server: Connect. Null where that goes in cached mode only. [MS-OXCMAPIHTTP] 2.2.4.1 */
import type { Net } from '#lib/net/door.ts';
import { header } from '#lib/net/http-message.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { MapiContext, type MapiReply } from '#lib/sessions/mapi-http/context.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import {
  type ConnectResponse,
  decodeConnectResponse,
  encodeConnectRequest,
  USUAL_CODE_PAGE,
  USUAL_LOCALE,
} from '#lib/wire/mapi-http/mailbox.ts';
import { isRequestType } from '#lib/wire/mapi-http/request-types.ts';
import { isCachedModeOnly, refusalCodes, refusalFinding } from './judging/mailbox-refusal.ts';
import { auxiliaryGroup, mapiEvidence, serverApplication } from './judging/mapi-evidence.ts';
import { askedBy, endpointOf, type MapiPlace } from './judging/mapi-input.ts';
import { failedReply, replyCodes } from './judging/mapi-reply.ts';

export interface MapiConnectInput extends MapiPlace {
  readonly dn: string;
}

export interface Connected {
  readonly context: MapiContext;
  readonly displayName: string;
  /** X-ServerApplication; null where it is missing. */
  readonly application: string | null;
  /** Somebody on the way packs answers. */
  readonly isPacked: boolean;
  /** What the network alone takes for one round trip; null where it is not known. */
  readonly networkMs: number | null;
}

interface Seen {
  readonly context: MapiContext;
  /** Null where the DN cannot be said in the protocol. */
  readonly reply: MapiReply<ResponseBody<ConnectResponse>> | null;
  readonly messages: Evidence | null;
}

export const mapiConnect: Probe<Net, MapiConnectInput, Seen, Connected | null> = {
  id: 'mapi-connect',
  titles: {
    planned: ({ host }) => title('mapi-connect.planned', { host }),
    failed: ({ host }) => title('mapi-connect.failed', { host }),
  },
  emits: [...replyCodes, ...refusalCodes, 'http.proxy-interferes', 'mapi.no-server-header'],
  observe: async (net, input, signal) => {
    const context = new MapiContext(net, endpointOf(input));
    const locale = { codePage: USUAL_CODE_PAGE, sortLocale: USUAL_LOCALE, stringLocale: USUAL_LOCALE };
    const request = { userDn: input.dn, flags: 0, ...locale };
    if (encodeConnectRequest(request) === null) return { context, reply: null, messages: null };
    const reply = await context.send(
      {
        type: 'Connect',
        encode: (trace) => encodeConnectRequest(request, trace) ?? new Uint8Array(),
        decode: decodeConnectResponse,
      },
      signal,
    );
    if (reply.outcome.kind !== 'answered') await context.close();
    return { context, reply, messages: context.takeMessages() };
  },
  judge: ({ context, reply, messages }, input) => {
    const { host, mailbox, dn } = input;
    if (reply === null) {
      const code = 'it holds letters that the protocol cannot carry';
      return { ok: false, findings: [draft('mailbox.unknown', { host, mailbox, dn, code })] };
    }
    const { outcome } = reply;
    if (outcome.kind !== 'answered')
      return {
        ok: false,
        findings: [failedReply(reply, outcome, askedBy(input, false))],
        evidence: mapiEvidence(reply, messages),
      };
    return judgeBody({ context, reply, messages }, outcome.value, input);
  },
};

function judgeBody(
  { context, reply, messages }: Seen & { readonly reply: MapiReply<unknown> },
  body: ResponseBody<ConnectResponse>,
  input: MapiConnectInput,
): Judgement<Connected | null> {
  const { host } = input;
  const blocks = [auxiliaryGroup(body.auxiliary)];
  if (body.kind === 'failed') {
    const evidence = mapiEvidence(reply, messages, { statusCode: body.statusCode }, blocks);
    return { ok: false, findings: [refusalFinding({ ...input, code: body.statusCode })], evidence };
  }
  const { errorCode, displayName } = body;
  const evidence = mapiEvidence(reply, messages, { statusCode: 0, errorCode }, blocks);
  const refusal = errorCode === 0 ? null : refusalFinding({ ...input, code: errorCode });
  if (refusal !== null && isCachedModeOnly(errorCode))
    return { ok: true, value: null, title: title('mapi-logon.cached', { host }), findings: [refusal], evidence };
  if (refusal !== null) return { ok: false, findings: [refusal], evidence };
  return {
    ok: true,
    value: {
      context,
      displayName,
      application: serverApplication(reply.answer),
      isPacked: reply.packed !== null,
      networkMs: reply.answer.timings.connectMs,
    },
    title: title('mapi-connect.passed', { host, name: displayName.slice(0, 200) }),
    findings: passageFindings(reply, host),
    evidence,
  };
}

/** What a gateway does to answers that get through all the same. */
function passageFindings({ type, answer, packed }: MapiReply<unknown>, host: string): FindingDraft[] {
  const has = (name: string): boolean => header(answer.headers, name) !== null;
  const echo = header(answer.headers, 'x-requesttype');
  const contentType = header(answer.headers, 'content-type') ?? 'none';
  const missing = ['X-ResponseCode', 'X-RequestType', 'X-RequestId'].filter((name) => !has(name.toLowerCase()));
  const changes = [
    ...(packed === null ? [] : [`it packs answers (${packed}), although nobody asked for that`]),
    ...(missing.length === 0 ? [] : [`the answer comes without ${missing.join(', ')}`]),
    ...(echo === null || isRequestType(echo, type) ? [] : [`the answer is said to be one to ${echo.slice(0, 40)}`]),
    ...(/^application\/mapi-http\b/i.test(contentType.trim())
      ? []
      : [`the answer is called ${contentType.slice(0, 80)}`]),
  ];
  return [
    ...changes.map((what) => draft('http.proxy-interferes', { host, what })),
    ...(has('x-serverapplication') ? [] : [draft('mapi.no-server-header', { host })]),
  ];
}
