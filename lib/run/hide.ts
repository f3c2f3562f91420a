/**
 * Hides the run's secret in everything that is emitted: a server may send back what it was given, in a message, a header or a
 * document. Judges see what came; only what leaves the run is cleaned, so a password that is part of a host name spoils no verdict.
 */
import { catalogue, isFindingCode } from '#lib/result/catalogue/index.ts';
import type { Args, ArgType, ArgTypes, ArgValue, Message } from '#lib/result/message.ts';
import { type TitleKey, titles } from '#lib/result/titles.ts';

/** Replaces every form of the secret in a text. */
export type Hide = (text: string) => string;

/** Arguments of these types come from the peer as it likes; the others are names that the person typed or that DNS knows. */
const FROM_THE_PEER: readonly ArgType[] = ['text', 'url', 'name', 'dn'];

/** An argument is read in one line; a list by its first items. What a peer sends beyond that is in the evidence. */
const LONGEST = 500;
const MOST_ITEMS = 20;
/** What would end a line, change what a terminal shows, or turn the rest of a sentence around. */
const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]+/gu;
/** No spelling of a password is longer: cut here, cleaned, then cut again, none is left in half. */
const MARGIN = 8_000;

/** The arguments of a finding or title: without the secret, of a length that fits a sentence, and nothing but text. */
export function hideInArgs(key: string, args: Args, hide: Hide): Args {
  const types: ArgTypes = isFindingCode(key) ? catalogue[key].args : (titles[key as TitleKey]?.args ?? {});
  const cleaned = Object.entries(args).map(([name, value]) => {
    const clean = FROM_THE_PEER.includes(types[name] ?? 'text') ? hide : (text: string) => text;
    return [name, shorten(value, clean)] as const;
  });
  return Object.fromEntries(cleaned);
}

function shorten(value: ArgValue, hide: Hide): ArgValue {
  if (typeof value === 'string')
    return hide(value.slice(0, LONGEST + MARGIN))
      .replaceAll(UNFIT, ' ')
      .slice(0, LONGEST)
      .toWellFormed();
  return Array.isArray(value) ? value.slice(0, MOST_ITEMS).map((item: string) => String(shorten(item, hide))) : value;
}

/** A title without the secret. */
export function hideInMessage(message: Message, hide: Hide): Message {
  return { ...message, args: hideInArgs(message.key, message.args, hide) };
}

/** Any JSON value with every text in it cleaned. */
export function hideIn<T>(value: T, hide: Hide): T {
  return walk(value, hide) as T;
}

function walk(value: unknown, hide: Hide): unknown {
  if (typeof value === 'string') return hide(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, hide));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, walk(part, hide)]));
}
