/** Tables of verdicts: what a probe has seen, and the codes that its judge must give for it. No network, no clock. */
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { Evidence, Header } from '#lib/result/evidence.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';

export interface Case {
  readonly name: string;
  readonly judge: () => Judgement<unknown>;
  readonly codes: readonly FindingCode[];
  /** Whether the next step has what it needs. */
  readonly ok: boolean;
  /** Arguments that the first finding must have. */
  readonly args: Record<string, unknown>;
}

export interface Table {
  readonly probe: { readonly id: string; readonly emits: readonly FindingCode[] };
  readonly cases: readonly Case[];
  /** Codes that the probe declares because a judge that it shares knows them, and that it never has, each with the reason. */
  readonly never: Never;
}

export type Never = Readonly<Partial<Record<FindingCode, string>>>;

/** One row: a name, what was seen, the codes; then what differs in the input, and arguments of the first finding. */
export type Row<Seen, Input> = readonly [
  name: string,
  seen: Seen,
  codes: readonly FindingCode[],
  more?: { readonly input?: Partial<Input>; readonly ok?: boolean; readonly args?: Record<string, unknown> },
];

/** A table for a probe. Unless a row says otherwise, a step with findings has failed. */
export function table<Net, Input extends Subject, Seen, Out>(
  probe: Probe<Net, Input, Seen, Out>,
  usual: Input,
  rows: readonly Row<Seen, Input>[],
  never: Never = {},
): Table {
  const cases = rows.map(([name, seen, codes, { input, ok = codes.length === 0, args = {} } = {}]) => {
    return { name, judge: () => probe.judge(seen, { ...usual, ...input }), codes, ok, args };
  });
  return { probe, cases, never };
}

export const HOST = 'mail.example.test';
export const SUBJECT: Subject = { host: HOST, port: 443 };

interface AnswerParts {
  readonly status?: number;
  readonly headers?: readonly Header[];
  readonly body?: string | Uint8Array;
}

/** An answer to the Autodiscover request. */
export function answer({ status = 200, headers = [], body = '' }: AnswerParts = {}): HttpAnswer {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const evidence: Evidence = { kind: 'dns', body: { host: HOST, resolver: '', elapsedMs: 0, answers: [], errors: [] } };
  const path = '/autodiscover/autodiscover.xml';
  const timings = { connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 };
  return { host: HOST, path, method: 'POST', status, headers, body: bytes, evidence, timings };
}
