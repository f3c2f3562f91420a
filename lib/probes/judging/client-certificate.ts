/**
 * How a web server says, after the request, that it wants a client certificate: IIS by the sub-status in its page, others by their
 * own words. Before TLS 1.3 it could ask for one in the middle of a connection; now it often cannot, and says only this.
 */
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';

/** It has seen no certificate, whether or not one was there to be shown. */
const MISSED: Readonly<Record<string, string>> = { '7': 'a client certificate is required' };
/** It has looked at one. Both are sub-statuses of IIS, from its documentation "HTTP status codes in IIS". */
const JUDGED: Readonly<Record<string, string>> = {
  '12': 'no account belongs to the client certificate',
  '13': 'the client certificate was revoked, or its revocation could not be checked',
  '16': 'the client certificate is not trusted',
  '17': 'the client certificate is out of date',
};

/** Sentences of nginx and of Apache. */
const MISSED_SENTENCES: readonly string[] = [
  'No required SSL certificate was sent',
  'Cannot perform Post-Handshake Authentication',
];
const JUDGED_SENTENCES: readonly string[] = ['The SSL certificate error'];

/** Error pages are short. */
const LOOKED_AT = 64 * 1024;

/**
 * What the server says of it in its own words, for the finding; null where the answer says nothing of the kind.
 * @param session over which the answer came
 */
export function demandIn(answer: HttpAnswer, { offer }: Pick<TlsSession, 'offer'>): string | null {
  const missed = wordsIn(answer, MISSED, MISSED_SENTENCES);
  const words = missed ?? wordsIn(answer, JUDGED, JUDGED_SENTENCES);
  if (words === null || !offer.clientCertificate) return words;
  return missed === null
    ? `the one that was given is not accepted, ${words}`
    : `it has not seen the one that was given, ${words}`;
}

function wordsIn(
  { status, body }: HttpAnswer,
  numbers: Readonly<Record<string, string>>,
  sentences: readonly string[],
): string | null {
  if (status !== 403 && status !== 400) return null;
  const page = new TextDecoder('latin1').decode(body.subarray(0, LOOKED_AT));
  const number = status === 403 ? /\b403\.(7|12|13|16|17)\b/.exec(page)?.[1] : undefined;
  const meaning = number === undefined ? undefined : numbers[number];
  if (meaning !== undefined) return `403.${number}: ${meaning}`;
  const sentence = sentences.find((one) => page.includes(one));
  return sentence === undefined ? null : `${status}: ${sentence}`;
}
