/** The right password, and a rule that forbids this way in: told by the server's own words alone. */
import { type HttpAnswer, header } from '#lib/net/http-message.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';

/** As long as a sentence may be. */
const LONGEST = 300;

/**
 * The finding for an answer to somebody who has signed in; null where no rule shows.
 *
 * Exchange Online says in a header of its own that an authentication policy blocks Basic, with status 401; and 456 where the directory lets the
 * account in by no password. A 403 that comes only now, after 401 had asked for a sign-in, is for the person and not for the place.
 */
export function policyFinding(answer: HttpAnswer): FindingDraft | null {
  const { host, path, status } = answer;
  const said = header(answer.headers, 'x-autodiscovery-error') ?? '';
  if (status === 401 && /BasicAuthBlocked|PolicyBlock|BlockStatus - Deny/i.test(said.slice(0, 2_000)))
    return draft('auth.blocked-by-policy', { host, path, words: withoutAddresses(said).slice(0, LONGEST) });
  if (status === 456) return draft('auth.blocked-by-policy', { host, path, words: wordsOf(answer) ?? 'status 456' });
  const words = status === 403 ? wordsOf(answer) : null;
  return words === null || !/polic|rule|disabled|not allowed|blocked|protocol/i.test(words)
    ? null
    : draft('auth.blocked-by-policy', { host, path, words });
}

/** The text of a short answer that is no web page; null where there is none. */
function wordsOf({ headers, body }: HttpAnswer): string | null {
  const type = header(headers, 'content-type') ?? '';
  const text = new TextDecoder().decode(body.subarray(0, 2_000)).replaceAll(/\s+/g, ' ').trim();
  return text === '' || !/^text\/plain|json/i.test(type) ? null : text.slice(0, LONGEST);
}

/** The header repeats who signed in. */
const withoutAddresses = (said: string): string => said.slice(0, 2_000).replaceAll(/<UNH:[^>]*>/g, '');
