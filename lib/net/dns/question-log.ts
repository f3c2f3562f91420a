/** Every question that went out, with who was asked, what came back and how long it took. */
import type { DnsEvidence } from '#lib/result/evidence.ts';
import type { Question } from './message.ts';
import type { Result, Trace } from './transport.ts';

export type QuestionRow = NonNullable<DnsEvidence['questions']>[number];

/** Nobody reads more, and a chain of aliases at resolvers that are all dead cannot fill the evidence. */
const MOST_ROWS = 60;

interface Entry {
  readonly row: Omit<QuestionRow, 'elapsedMs' | 'answer' | 'records'>;
  readonly started: number;
  ended: number | null;
  result: Result | null;
}

export class QuestionLog {
  readonly #entries: Entry[] = [];

  /** Notes the messages of one question. */
  trace({ name, type }: Question): Trace {
    return (server, transport) => {
      const resolver = transport === 'TCP' ? `${server.name} over TCP` : server.name;
      const entry: Entry = { row: { name, type, resolver }, started: performance.now(), ended: null, result: null };
      if (this.#entries.length < MOST_ROWS) this.#entries.push(entry);
      return (result) => {
        entry.ended = performance.now();
        entry.result = result;
      };
    };
  }

  /** As things stand now, in the order of sending. */
  rows(): QuestionRow[] {
    return this.#entries.map(({ row, started, ended, result }) => ({
      ...row,
      answer: result === null ? 'no answer yet' : answerWord(result),
      records:
        result !== null && typeof result === 'object' && result.kind === 'answer' ? result.answer.records.length : 0,
      elapsedMs: Math.round(((ended ?? performance.now()) - started) * 10) / 10,
    }));
  }
}

/** What came back, in one word (NOERROR, NXDOMAIN, NODATA, SERVFAIL, time-out, …) and the reason that the resolver gave. */
export function answerWord(result: Result): string {
  if (result === 'truncated') return 'TRUNCATED';
  switch (result.kind) {
    case 'silent':
      return 'time-out';
    case 'bad':
      return 'BADRESP';
    case 'unreachable':
      return `no contact (${result.detail})`;
    case 'answer': {
      const { status, records, because } = result.answer;
      const word = status === 'NOERROR' && records.length === 0 ? 'NODATA' : status;
      return because === null ? word : `${word} (${because})`;
    }
  }
}
