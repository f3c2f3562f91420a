/** Rendering: the only place where keys become English. */
import { catalogue, isFindingCode } from './catalogue/index.ts';
import type { Finding, FindingDraft } from './finding.ts';
import { fill, type Message, type Sentence } from './message.ts';
import { titles } from './titles.ts';

/** The English sentence of a message. A key of a newer version is shown with its arguments rather than hidden. */
export function text(message: Message): string {
  const template = sentenceOf(message.key);
  if (template === undefined) return message.text ?? `${message.key} ${JSON.stringify(message.args)}`;
  return fill(template, message.args, text);
}

/** The message that says what a finding says. */
export function findingMessage(finding: Finding | FindingDraft): Message {
  return { key: finding.code, args: finding.args };
}

function sentenceOf(key: string): Sentence | undefined {
  if (isFindingCode(key)) return catalogue[key];
  return Object.hasOwn(titles, key) ? titles[key as keyof typeof titles] : undefined;
}
