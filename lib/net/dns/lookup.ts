/** The addresses of one family for a name: asked, followed through its aliases, and asked again where the resolver does not follow. */
import { limits } from '../limits.ts';
import { type Alias, addressesOf, type Chain, follow, startAt } from './aliases.ts';
import { type AddressRecord, type Answer, isFailure, type Question, type QuestionType } from './message.ts';
import { answerWord, type QuestionLog } from './question-log.ts';
import type { Server } from './servers.ts';
import { ask, type Said } from './stub.ts';

/** `failed`: a resolver could not say; `silent`: no resolver said anything. */
export type Outcome = 'found' | 'no-data' | 'no-such-name' | 'failed' | 'silent';

export interface Found {
  readonly type: QuestionType;
  readonly outcome: Outcome;
  /** Empty unless `found`. */
  readonly addresses: readonly AddressRecord[];
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

/** Looks up one family. Never rejects. */
export async function lookUp({ name, type }: Question, { servers, log, signal }: Asking): Promise<Found> {
  for (let chain = startAt(name); ; ) {
    const question = { name: chain.end, type };
    const said = await ask(question, servers, log.trace(question), signal);
    const read = readReply(chain, type, said);
    if (!('broken' in read)) return read;
    chain = read;
  }
}

function readReply(chain: Chain, type: QuestionType, said: Said | null): Found | Chain {
  if (said?.reply.kind === 'answer') return readAnswer(chain, type, said.reply.answer, said.server.name);
  const { end, aliases } = chain;
  const outcome = said?.reply.kind === 'bad' ? 'failed' : 'silent';
  const word = said === null ? 'time-out' : answerWord(said.reply);
  return { type, outcome, word, addresses: [], aliases, end, resolver: said?.server.name ?? null };
}

/**
 * What an answer says about the end of a chain: the result, or the longer chain with whose end the next question is about. Pure.
 * @param resolver who gave the answer
 */
export function readAnswer(chain: Chain, type: QuestionType, answer: Answer, resolver: string): Found | Chain {
  const longer = follow(chain, answer.records);
  const { end, aliases, broken } = longer;
  const result = (outcome: Outcome, word: string, addresses: readonly AddressRecord[] = []): Found => {
    return { type, outcome, word, addresses, aliases, end, resolver };
  };
  const word = answerWord({ kind: 'answer', answer });
  if (isFailure(answer.status)) return result('failed', word);
  if (broken !== null) return result('failed', BROKEN[broken]);
  const addresses = addressesOf(end, type, answer.records);
  if (addresses.length > 0) return result('found', word, addresses);
  // What stands at the end of the aliases has this status, not the name that was asked for. RFC 6604
  if (answer.status === 'NXDOMAIN') return result('no-such-name', word);
  const isFollowed = end === chain.end || answer.final;
  return isFollowed ? result('no-data', 'NODATA') : longer;
}

const BROKEN = {
  circle: 'the aliases lead in a circle',
  'too-long': `more than ${limits.aliases} aliases one after the other`,
} as const;
