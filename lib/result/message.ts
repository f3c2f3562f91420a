/**
 * Sentences as data: a key and typed arguments, rendered only when somebody looks.
 *
 * The key is kept for ever, so a result of last year still reads as it did; the types of the arguments say what a redacted view
 * must replace.
 */
import { unicodeName } from './unicode-name.ts';

export type ArgType =
  | 'host'
  | 'address'
  | 'mailbox'
  | 'user'
  | 'dn'
  | 'url'
  | 'name'
  | 'count'
  | 'ms'
  | 'bytes'
  | 'date'
  | 'text'
  | 'message';

export type ArgTypes = Readonly<Record<string, ArgType>>;
export type ArgValue = string | number | readonly string[] | Message;
export type Args = Readonly<Record<string, ArgValue>>;

/** A sentence to be rendered: `text` is its English form, added on the way out (JSON, live stream, pages). */
export interface Message {
  readonly key: string;
  readonly args: Args;
  readonly text?: string;
}

/** One catalogue sentence: its English template and the types of the arguments that may stand in it. */
export interface Sentence<A extends ArgTypes = ArgTypes> {
  readonly text: string;
  readonly args: A;
}

type ValueOf<T extends ArgType> = T extends 'count' | 'ms' | 'bytes'
  ? number
  : T extends 'message'
    ? Message
    : string | readonly string[];

/** The arguments that a sentence with these argument types wants. */
export type ArgsFor<A extends ArgTypes> = { readonly [K in keyof A]: ValueOf<A[K]> };

/** Declares a sentence. Placeholders: `{name}`, `{name one|many}` for a count with its noun, and
 * `{name?before}` for an argument that results stored earlier do not have. */
export function sentence<const A extends ArgTypes = Record<never, never>>(text: string, args?: A): Sentence<A> {
  return { text, args: args ?? ({} as A) };
}

/**
 * Renders a template. An argument that is missing stays visible as its placeholder: a gap must not read as a statement. An argument
 * that came to a sentence later says what stood in its place before.
 */
export function fill(template: Sentence, args: Args, nested: (message: Message) => string): string {
  return template.text.replaceAll(
    /\{(\w+)(?:\?([^{}]*)| ([^|{}]+)\|([^{}]+))?\}/g,
    (whole, name: string, before?: string, one?: string, many?: string) => {
      const value = args[name];
      if (value === undefined) return before ?? whole;
      const shown = show(template.args[name] ?? 'text', value, nested);
      return one === undefined ? shown : `${shown} ${value === 1 ? one : many}`;
    },
  );
}

function show(type: ArgType, value: ArgValue, nested: (message: Message) => string): string {
  if (typeof value === 'number') return showNumber(type, value);
  if (typeof value === 'string') return showText(type, value);
  if (Array.isArray(value)) return value.map((item: string) => show(type, item, nested)).join(', ');
  return withinSentence(nested(value as Message));
}

function showText(type: ArgType, value: string): string {
  if (type === 'date') return showDate(value);
  return type === 'host' ? showHost(value) : value;
}

/** An international name in both of its forms: "bücher.example (xn--bcher-kva.example)". */
export function showHost(host: string): string {
  const unicode = unicodeName(host);
  return unicode === null ? host : `${unicode} (${host})`;
}

function showNumber(type: ArgType, value: number): string {
  if (type === 'ms') return showDuration(value);
  if (type === 'bytes') return showBytes(value);
  return String(value);
}

/** Milliseconds as a person reads them: "12 ms", "1.4 s", "2 min 5 s". */
export function showDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function showBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const [size, unit] = bytes < 1024 ** 2 ? [bytes / 1024, 'KiB'] : [bytes / 1024 ** 2, 'MiB'];
  return `${Number(size.toFixed(1))} ${unit}`;
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** An ISO date as "17 November 2026"; what is no date is shown as it came. */
export function showDate(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : day.format(time);
}

/** A catalogue sentence loses its capital inside another one, unless it begins with a name ("Outlook", "DNS", a host). */
export function withinSentence(text: string): string {
  return /^(The|There|A|An|No|Nobody|Not|Nothing|Clients|Older|Neither|None|Every|All|Some|Something|Only|This|These|Port|After|Whether|What) /.test(
    text,
  )
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}
