/**
 * Waits for news of the mailbox, as every client does all the time: NotificationWait. The server says at once that it has begun, then now
 * and then that it is still there. Whoever holds answers back, or ends long ones, shows here. [MS-OXCMAPIHTTP] 2.2.4.4, 3.2.5.2
 */
import type { Net } from '#lib/net/door.ts';
import { NetFailure } from '#lib/net/failure.ts';
import { header } from '#lib/net/http-message.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { MapiReply } from '#lib/sessions/mapi-http/context.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import {
  decodeNotificationWaitResponse,
  encodeNotificationWaitRequest,
  type NotificationWaitResponse,
} from '#lib/wire/mapi-http/mailbox.ts';
import { mapiEvidence } from './judging/mapi-evidence.ts';
import { askedBy, type MapiInput } from './judging/mapi-input.ts';
import { failedReply, replyCodes } from './judging/mapi-reply.ts';

export interface MapiWaitInput extends MapiInput {
  /** How long to wait in milliseconds; null: until the server has said that it waits. */
  readonly longMs: number | null;
  /** Somebody on the way packs answers, and so holds back what is not complete: that has been said already. */
  readonly isPacked: boolean;
}

interface Seen {
  readonly reply: MapiReply<ResponseBody<NotificationWaitResponse>> | null;
  readonly failure: NetFailure | null;
  readonly waitedMs: number;
  readonly messages: Evidence | null;
}

/** An honest server begins within a fraction of that, however slow it is: Connect and logon have been answered before. */
const BEGINS_WITHIN_MS = 6_000;
/** Silence between two signs of life: servers send one every 15 to 30 s, and clients allow twice as long. */
const SILENCE_MS = 65_000;
const USUAL_BUDGET_MS = 75_000;

export const mapiWait: Probe<Net, MapiWaitInput, Seen, null> = {
  id: 'mapi-wait',
  titles: {
    planned: () => title('mapi-wait.planned', {}),
    failed: () => title('mapi-wait.failed', {}),
  },
  emits: [...replyCodes, 'mapi.long-wait-cut', 'mapi.response-buffered', 'tool.not-tested'],
  budgetMs: ({ longMs }) => USUAL_BUDGET_MS + (longMs ?? 0),
  observe: async (_net, { context, longMs }, signal) => {
    const other = context.onAnotherConnection();
    const started = performance.now();
    const waitedMs = (): number => Math.round(performance.now() - started);
    const patience = { firstByteMs: BEGINS_WITHIN_MS, pauseMs: SILENCE_MS, totalMs: (longMs ?? 0) + BEGINS_WITHIN_MS };
    try {
      const send = () =>
        other.send(
          {
            ...{ type: 'NotificationWait' as const, encode: encodeNotificationWaitRequest, patience },
            decode: decodeNotificationWaitResponse,
            until: (stream) => stream.hasBegun && (longMs === null || waitedMs() >= longMs),
          },
          signal,
        );
      let reply = await send();
      // A server ends each wait some day, and whenever there are news; a client begins the next one then.
      while (longMs !== null && waitedMs() < longMs && hasWaited(reply)) reply = await send();
      return { reply, failure: null, waitedMs: waitedMs(), messages: other.takeMessages() };
    } catch (failure) {
      if (!(failure instanceof NetFailure) || !isOfTheWaiting(failure)) throw failure;
      return { reply: null, failure, waitedMs: waitedMs(), messages: other.takeMessages() };
    } finally {
      await other.close();
    }
  },
  judge: (seen, input) => {
    const { reply, messages, failure } = seen;
    if (reply === null) return judgeSilence(seen, input, failure?.evidence ?? []);
    const { outcome } = reply;
    const evidence = mapiEvidence(reply, messages);
    if (outcome.kind === 'answered') return judgeAnswer(reply, seen, input, evidence);
    if (outcome.kind === 'unfinished' && hasBegun(reply)) return judgeCut(seen, input, evidence);
    return { ok: false, findings: [failedReply(reply, outcome, askedBy(input, true))], evidence };
  },
};

/** News that nobody fetches are told again at once: then there is nothing to wait for. */
const hasWaited = ({ outcome, answer }: MapiReply<unknown>): boolean =>
  outcome.kind === 'answered' && answer.timings.totalMs >= 1_000;

const isOfTheWaiting = ({ code }: NetFailure): boolean =>
  ['http-timeout', 'reset', 'closed-early', 'closed-between-requests'].includes(code);

const hasBegun = ({ stream }: MapiReply<unknown>): boolean =>
  stream !== null && stream.kind !== 'untagged' && (stream.processingAtMs !== null || stream.pendingAtMs.length > 0);

/** The server has an answer only if there are news, or once it has waited long enough. */
function judgeAnswer(
  { stream, answer }: MapiReply<unknown>,
  { waitedMs }: Seen,
  { host, longMs }: MapiWaitInput,
  evidence: readonly Evidence[],
): Judgement<null> {
  // All at once, after a wait: its first word has been held back until the last one came.
  const heldBack =
    stream?.kind === 'complete' &&
    answer.timings.totalMs >= 2_000 &&
    stream.doneAtMs - (stream.processingAtMs ?? 0) < 100;
  return {
    ok: true,
    value: null,
    title: title('mapi-wait.passed', { host }),
    findings: [
      ...(heldBack ? [draft('mapi.response-buffered', { host, held: waitedMs, request: 'NotificationWait' })] : []),
      ...(longMs !== null && waitedMs < longMs ? [newsCame(host)] : isShort(longMs) ? [notWaited(host)] : []),
    ],
    evidence,
  };
}

/** It had begun and is over, by us or by somebody on the way. */
function judgeCut({ reply, waitedMs }: Seen, input: MapiWaitInput, evidence: readonly Evidence[]): Judgement<null> {
  const { host, longMs } = input;
  if (longMs === null)
    return { ok: true, value: null, title: title('mapi-wait.passed', { host }), findings: [notWaited(host)], evidence };
  const isCut = waitedMs < longMs;
  return {
    ok: true,
    value: null,
    title: title('mapi-wait.long', { host, waited: waitedMs }),
    findings: isCut
      ? [cut(input, waitedMs, header(reply?.answer.headers ?? [], 'via'))]
      : isShort(longMs)
        ? [notWaited(host)]
        : [],
    evidence,
  };
}

function judgeSilence(
  { failure, waitedMs }: Seen,
  input: MapiWaitInput,
  evidence: readonly Evidence[],
): Judgement<null> {
  const { host, longMs } = input;
  const isLong = longMs !== null && waitedMs >= longMs;
  const hasStarted = failure?.evidence.some(({ kind, body }) => kind === 'exchange' && body.status === 200) === true;
  if (hasStarted && isLong)
    return {
      ok: true,
      value: null,
      title: title('mapi-wait.long', { host, waited: waitedMs }),
      findings: isShort(longMs) ? [notWaited(host)] : [],
      evidence,
    };
  // Silence means that somebody holds the signs of life back; an end, that somebody does not let clients wait.
  const isCut = longMs !== null && failure?.code !== 'http-timeout';
  const finding = isCut
    ? cut(input, waitedMs, null)
    : draft('mapi.response-buffered', { host, held: waitedMs, request: 'NotificationWait' });
  return {
    ok: true,
    value: null,
    title: title('mapi-wait.failed', {}),
    findings: [...(input.isPacked ? [] : [finding]), ...(isShort(longMs) && !isCut ? [notWaited(host)] : [])],
    evidence,
  };
}

function cut({ host, longMs }: MapiWaitInput, after: number, via: string | null): FindingDraft {
  const who = via === null ? 'nobody on the way says who it is' : via.slice(0, 200);
  return draft('mapi.long-wait-cut', { host, after, wanted: longMs ?? 0, who });
}

/** What keeps quiet connections for two minutes keeps them for long, mostly; less proves nothing. */
const PROVES_SOMETHING_MS = 120_000;

const isShort = (longMs: number | null): boolean => longMs === null || longMs < PROVES_SOMETHING_MS;

function newsCame(host: string): FindingDraft {
  const what = `Whether ${host} and all that is before it let clients wait for minutes`;
  return draft('tool.not-tested', { what, reason: 'there were news in the mailbox before the time was over' });
}

function notWaited(host: string): FindingDraft {
  const what = `Whether ${host} and all that is before it let clients wait for minutes`;
  return draft('tool.not-tested', { what, reason: 'the test does not last so long unless it is told to' });
}
