/** What the address book knows of the person, read at the entry itself, and whether Autodiscover says the same. [MS-OXCMAPIHTTP] 2.2.5.4, 2.2.5.7 */
import type { Net } from '#lib/net/door.ts';
import type { ComparisonEvidence, Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { MapiContext, MapiReply } from '#lib/sessions/mapi-http/context.ts';
import type { Trace } from '#lib/wire/bytes/trace.ts';
import { fitsAsciiz } from '#lib/wire/bytes/writer.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import { type DnToMidResponse, decodeDnToMidResponse, encodeDnToMidRequest } from '#lib/wire/nspi/http/names.ts';
import { decodeGetPropsResponse, encodeGetPropsRequest, type GetPropsResponse } from '#lib/wire/nspi/http/objects.ts';
import { INITIAL_STAT } from '#lib/wire/nspi/stat.ts';
import { PERSON_TAGS, type Person, personGroup, personIn } from './judging/address-book.ts';
import type { MapiInput } from './judging/mapi-input.ts';
import { replyCodes } from './judging/mapi-reply.ts';
import { judgeNspi } from './judging/nspi-reply.ts';

export interface NspiPersonInput extends MapiInput {
  /** As Check Name found it. */
  readonly person: Person;
  /** As Autodiscover has it; null where that was not asked. */
  readonly announced: { readonly displayName: string | null; readonly dn: string | null } | null;
}

interface Seen {
  /** Null where the person has no name that could be asked for. */
  readonly mid: MapiReply<ResponseBody<DnToMidResponse>> | null;
  readonly props: MapiReply<ResponseBody<GetPropsResponse>> | null;
  readonly messages: Evidence | null;
}

export const nspiPerson: Probe<Net, NspiPersonInput, Seen, Person> = {
  id: 'nspi-person',
  titles: {
    planned: () => title('nspi-person.planned', {}),
    failed: () => title('nspi-person.failed', {}),
  },
  emits: [...replyCodes, 'nspi.answers-differ', 'nspi.failed'],
  observe: async (_net, { context, person }, signal) => {
    const mid = person.dn !== null && fitsAsciiz(person.dn) ? await askMid(context, person.dn, signal) : null;
    const id = mid === null ? null : midIn(mid);
    const props = id === null ? null : await askProps(context, id, signal);
    return { mid, props, messages: context.takeMessages() };
  },
  judge: ({ mid, props, messages }, input) => {
    const { host, person } = input;
    const last = props ?? mid;
    const judged = last === null ? null : judgeNspi<object>(last, messages, input, { isLater: true });
    if (judged !== null && !judged.ok) return judged;
    const values =
      props?.outcome.kind === 'answered' && props.outcome.value.kind === 'answered' ? props.outcome.value.values : null;
    const entry = personIn(values ?? []);
    // Servers may answer with somebody of a similar name.
    const isSame = entry.dn !== null && entry.dn.toLowerCase() === person.dn?.toLowerCase();
    const rows = comparisonOf(input, isSame ? entry : person);
    const differing = rows.filter(({ differs }) => differs);
    const groups = isSame ? [personGroup(entry, values ?? [])] : [];
    const sources = ['Autodiscover', `the address book of ${host}`];
    return {
      ok: true,
      value: isSame ? entry : person,
      title: differing.length > 0 ? title('nspi-person.differs', {}) : title('nspi-person.passed', {}),
      findings: differing.map((row) => differs(row, input)),
      evidence: [
        ...(rows.length === 0 ? [] : [{ kind: 'comparison', body: { sources, rows } } as const]),
        ...(groups.length === 0 ? [] : [{ kind: 'facts', body: { host, groups } } as const]),
        ...(judged?.evidence ?? []),
      ],
    };
  },
};

type Row = ComparisonEvidence['rows'][number];

/** Nothing where Autodiscover was not asked. */
function comparisonOf({ announced }: NspiPersonInput, person: Person): Row[] {
  if (announced === null) return [];
  const row = (setting: string, one: string | null, other: string | null): Row => ({
    ...{ setting, values: [one, other] },
    differs: one !== null && other !== null && one.trim().toLowerCase() !== other.trim().toLowerCase(),
  });
  return [
    row('display name', announced.displayName, person.displayName || null),
    row('legacy DN', announced.dn, person.dn),
  ];
}

function differs({ setting, values: [one, other] }: Row, { host, mailbox }: NspiPersonInput): FindingDraft {
  const say = (value: string | null | undefined): string => (value ?? 'nothing').slice(0, 300);
  return draft('nspi.answers-differ', { host, mailbox, what: setting, one: say(one), other: say(other) });
}

/** The specification gives 0 to nobody. */
function midIn({ outcome }: MapiReply<ResponseBody<DnToMidResponse>>): number | null {
  if (outcome.kind !== 'answered' || outcome.value.kind !== 'answered' || outcome.value.errorCode !== 0) return null;
  return outcome.value.mids?.[0] || null;
}

const askMid = (
  context: MapiContext,
  dn: string,
  signal: AbortSignal,
): Promise<MapiReply<ResponseBody<DnToMidResponse>>> =>
  context.send(
    {
      type: 'DNToMId',
      encode: (trace: Trace) => encodeDnToMidRequest({ dns: [dn] }, trace) ?? new Uint8Array(),
      decode: decodeDnToMidResponse,
    },
    signal,
  );

const askProps = (
  context: MapiContext,
  id: number,
  signal: AbortSignal,
): Promise<MapiReply<ResponseBody<GetPropsResponse>>> =>
  context.send(
    {
      type: 'GetProps',
      encode: (trace: Trace) =>
        encodeGetPropsRequest({ flags: 0, state: { ...INITIAL_STAT, currentRec: id }, tags: PERSON_TAGS }, trace),
      decode: decodeGetPropsResponse,
    },
    signal,
  );
