/** The records of one type for a name: asked, followed through its aliases, and asked again where the resolver does not follow. */
import { limits } from '../limits.ts';
import { type Alias, type Chain, follow, recordsOf, startAt } from './aliases.ts';
import {
  type AddressRecord,
  type Answer,
  type DnsRecord,
  isFailure,
  type QuestionType,
  type RecordOf,
} from './message.ts';
import { answerWord, type QuestionLog } from './question-log.ts';
import type { Server } from './servers.ts';
import { ask, type Said } from './stub.ts';

/** `failed`: a resolver could not say; `silent`: no resolver said anything. */
export type Outcome = 'found' | 'no-data' | 'no-such-name' | 'failed' | 'silent';

export interface Found<R extends DnsRecord = AddressRecord> {
  readonly type: QuestionType;
  readonly outcome: Outcome;
  /** Empty unless `found`. */
  readonly records: readonly R[];
  readonly aliases: readonly Alias[];
  /** The name that the aliases have led to. */
  readonly end: string;
  /** NOERROR, NODATA, NXDOMAIN, SERVFAIL, BADRESP, time-out, …, or what is wrong with the aliases. */
  readonly word: string;
  /** Who said so; null where nobody did. */
  readonly resolver: string | null;
}

export interface Asking {
  readonly servers: readonly Server[];
  readonly log: QuestionLog;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/** Looks up one type. Never rejects. */
export async function lookUp<T extends QuestionType>(
  { name, type }: { readonly name: string; readonly type: T },
  { servers, log, signal }: Asking,
): Promise<Found<RecordOf<T>>> {
  for (let chain = startAt(name); ; ) {
    const question = { name: chain.end, type };
    const said = await ask(question, servers, log.trace(question), signal);
    const read = readReply(chain, type, said);
    if (!('broken' in read)) return read;
    chain = read;
  }
}

function readReply<T extends QuestionType>(chain: Chain, type: T, said: Said | null): Found<RecordOf<T>> | Chain {
  if (said?.reply.kind === 'answer') return readAnswer(chain, type, said.reply.answer, said.server.name);
  const { end, aliases } = chain;
  const outcome = said?.reply.kind === 'bad' ? 'failed' : 'silent';
  const word = said === null ? 'time-out' : answerWord(said.reply);
  return { type, outcome, word, records: [], aliases, end, resolver: said?.server.name ?? null };
}

/**
 * What an answer says about the end of a chain: the result, or the longer chain with whose end the next question is about. Pure.
 * @param resolver who gave the answer
 */
export function readAnswer<T extends QuestionType>(
  chain: Chain,
  type: T,
  answer: Answer,
  resolver: string,
): Found<RecordOf<T>> | Chain {
  const longer = follow(chain, answer.records);
  const { end, aliases, broken } = longer;
  const result = (outcome: Outcome, word: string, records: readonly RecordOf<T>[] = []): Found<RecordOf<T>> => {
    return { type, outcome, word, records, aliases, end, resolver };
  };
  const word = answerWord({ kind: 'answer', answer });
  if (isFailure(answer.status)) return result('failed', word);
  if (broken !== null) return result('failed', BROKEN[broken]);
  const records = recordsOf(end, type, answer.records);
  if (records.length > 0) return result('found', word, records);
  // What stands at the end of the aliases has this status, not the name that was asked for. RFC 6604
  if (answer.status === 'NXDOMAIN') return result('no-such-name', word);
  const isFollowed = end === chain.end || answer.final;
  return isFollowed ? result('no-data', 'NODATA') : longer;
}

const BROKEN = {
  circle: 'the aliases lead in a circle',
  'too-long': `more than ${limits.aliases} aliases one after the other`,
} as const;
