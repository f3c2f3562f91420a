/** A reply of the address book over MAPI over HTTP: its fields, or what stands in their place. [MS-OXCMAPIHTTP] 2.2.5 */
import type { Evidence } from '#lib/result/evidence.ts';
import type { FindingDraft } from '#lib/result/finding.ts';
import type { MapiReply } from '#lib/sessions/mapi-http/context.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import { isSuccess, nspiRefusal } from './address-book.ts';
import { mapiEvidence } from './mapi-evidence.ts';
import { askedBy, type MapiPlace } from './mapi-input.ts';
import { failedReply } from './mapi-reply.ts';

export type NspiJudgement<T> =
  | { readonly ok: true; readonly fields: T; readonly evidence: readonly Evidence[] }
  | { readonly ok: false; readonly findings: readonly [FindingDraft]; readonly evidence: readonly Evidence[] };

/** @param isFine which codes say that it went well */
export function judgeNspi<T>(
  reply: MapiReply<ResponseBody<T>>,
  messages: Evidence | null,
  input: MapiPlace,
  { isLater, isFine = isSuccess }: { readonly isLater: boolean; readonly isFine?: (code: number) => boolean },
): NspiJudgement<T> {
  const { outcome, type } = reply;
  if (outcome.kind !== 'answered') {
    const finding = failedReply(reply, outcome, askedBy(input, isLater));
    return { ok: false, findings: [finding], evidence: mapiEvidence(reply, messages) };
  }
  const body = outcome.value;
  if (body.kind === 'failed') {
    const { statusCode } = body;
    const evidence = mapiEvidence(reply, messages, { statusCode });
    return { ok: false, findings: [nspiRefusal(input.host, type, statusCode)], evidence };
  }
  const evidence = mapiEvidence(reply, messages, { statusCode: 0, errorCode: body.errorCode });
  if (isFine(body.errorCode)) return { ok: true, fields: body, evidence };
  return { ok: false, findings: [nspiRefusal(input.host, type, body.errorCode)], evidence };
}
