/** From alias to alias: what an answer says about a name, one CNAME after the other. RFC 1034 3.6.2 */
import { limits } from '../limits.ts';
import type { AddressRecord, DnsRecord, QuestionType } from './message.ts';

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

/** The addresses that an answer gives to a name, each once. */
export function addressesOf(name: string, type: QuestionType, records: readonly DnsRecord[]): AddressRecord[] {
  const found = records.filter((record) => record.type === type && isSame(record.name, name)) as AddressRecord[];
  return [...new Map(found.map((record) => [record.address, record])).values()];
}

/** DNS does not tell capitals from small letters. RFC 4343 */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
