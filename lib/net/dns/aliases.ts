/** From alias to alias: what an answer says about a name, one CNAME after the other. RFC 1034 3.6.2 */
import { limits } from '../limits.ts';
import type { DnsRecord, QuestionType, RecordOf } from './message.ts';

export interface Alias {
  readonly name: string;
  readonly target: string;
  readonly ttl: number;
}

export interface Chain {
  /** The name that the aliases have led to so far. */
  readonly end: string;
  readonly aliases: readonly Alias[];
  /** Why it is not followed any further. */
  readonly broken: 'circle' | 'too-long' | null;
}

/** The chain that begins, and so far ends, with this name. */
export function startAt(name: string): Chain {
  return { end: name, aliases: [], broken: null };
}

/** Follows the aliases that an answer holds, whatever their order in it. */
export function follow(chain: Chain, records: readonly DnsRecord[]): Chain {
  if (chain.broken !== null) return chain;
  const next = records.find((record) => record.type === 'CNAME' && isSame(record.name, chain.end));
  if (next?.type !== 'CNAME') return chain;
  const { name, target, ttl } = next;
  const aliases = [...chain.aliases, { name, target, ttl }];
  if (aliases.some((alias) => isSame(alias.name, target))) return { end: target, aliases, broken: 'circle' };
  if (aliases.length > limits.aliases) return { end: target, aliases, broken: 'too-long' };
  return follow({ end: target, aliases, broken: null }, records);
}

/** What an answer gives to a name, each record once. */
export function recordsOf<T extends QuestionType>(name: string, type: T, records: readonly DnsRecord[]): RecordOf<T>[] {
  const isMeant = (record: DnsRecord): record is RecordOf<T> => record.type === type && isSame(record.name, name);
  return [...new Map(records.filter(isMeant).map((record) => [contentOf(record), record])).values()];
}

function contentOf(record: DnsRecord): string {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.address;
    case 'CNAME':
      return record.target.toLowerCase();
    case 'SRV':
      return [record.priority, record.weight, record.port, record.target.toLowerCase()].join(' ');
  }
}

/** DNS does not tell capitals from small letters. RFC 4343 */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
