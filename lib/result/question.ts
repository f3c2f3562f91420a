/** What a run asks its owner, in words, and what is told to nobody else. */
import type { Question } from './events.ts';

/**
 * What belongs to a question and is for the owner's eyes alone: with it, anybody could take part in the sign-in. Never in an event, never
 * stored, gone when the question is closed.
 */
export interface Confided {
  /** Where the code is to be typed; https. RFC 8628 3.2 */
  readonly verificationUri: string;
  /** The same with the code in it. */
  readonly verificationUriComplete: string | null;
  readonly userCode: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface QuestionWords {
  /** The question itself, to be read out on the phone. */
  readonly asks: string;
  /** Why it is asked, and what an answer brings about. */
  readonly why: string;
}

/**
 * The words of a question.
 * @param domain of the address under test, where there is one
 */
export function questionWords({ kind, hosts }: Pick<Question, 'kind' | 'hosts'>, domain: string | null): QuestionWords {
  const to = hosts.at(-1) ?? 'another host';
  const from = hosts.length > 1 ? hosts[0] : undefined;
  switch (kind) {
    case 'redirect-to-other-domain': {
      const sends = from === undefined ? 'Autodiscover leads there' : `${from} sends Outlook there`;
      const outside = domain === null ? '' : `, outside ${domain}`;
      const why = `${sends}${outside}, and your sign-in would go along. Outlook asks the same.`;
      return { asks: `Go on to ${to}, and sign in there?`, why };
    }
    case 'device-code':
      return { asks: `Sign in at ${to} with a code`, why: 'The test goes on by itself when that is done.' };
  }
}
