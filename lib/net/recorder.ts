/** What is kept of an exchange. The recorder hides credentials, cookies and tokens; no caller has to think of it. */
import type { ExchangeEvidence, Header } from '#lib/result/evidence.ts';
import { limits } from './limits.ts';
import { hiddenWhole, secretsIn, withoutSecrets, withoutTokens } from './secrets-in-http.ts';

/** A header that is longer than this tells nothing more. */
const HEADER_SHOWN = 2_000;
const HEADERS_SHOWN = 100;
/** No spelling of a password is longer. */
const MARGIN = 8_000;

/** Replaces every form of the run's secret in a text. */
export type Scrub = (text: string) => string;

/** Says where octets that are no text hold any of it. */
export type FindSecrets = (octets: Uint8Array) => readonly (readonly [from: number, to: number])[];

export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly address: string;
  /** Tells the connection from others; null where that is not known any more. */
  readonly connection: string | null;
  readonly requestHeaders: readonly Header[];
  readonly requestBody: string | Uint8Array;
  readonly status: number | null;
  /** What stood behind the status; null where that was not kept. */
  readonly reason?: string | null;
  readonly responseHeaders: readonly Header[];
  readonly responseBody: Uint8Array;
  /** Whether a body says nothing as text. */
  readonly binary: boolean;
  readonly timings: ExchangeEvidence['timings'];
}

/** Evidence of an exchange, fit to be stored and shown. */
export function record(seen: Recorded, scrub: Scrub): ExchangeEvidence {
  const { requestBody, responseBody, connection } = seen;
  // What comes with an error is a page to read, whatever was asked for.
  const asSize = seen.binary && seen.status === 200;
  // The run's own secret first: with a piece of it hidden already for another reason, the rest would not be recognised.
  const asked = typeof requestBody === 'string' ? scrub(requestBody) : sizeOf(requestBody);
  const answered = asSize ? sizeOf(responseBody) : scrub(beginning(responseBody));
  const secrets = secretsIn(seen.requestHeaders, [asked, answered]);
  const clean: Scrub = (text) => withoutSecrets(text, secrets);
  return {
    method: seen.method,
    url: clean(scrub(seen.url)),
    address: seen.address,
    ...(connection === null ? {} : { connection }),
    requestHeaders: hide(seen.requestHeaders, scrub, clean),
    requestBody: clean(asked),
    status: seen.status,
    ...(seen.reason == null ? {} : { reason: clean(scrub(seen.reason)).slice(0, HEADER_SHOWN) }),
    responseHeaders: hide(seen.responseHeaders.slice(0, HEADERS_SHOWN), scrub, clean),
    // Cut a little later, cleaned, then cut: half a secret at the border would not be recognised.
    responseBody: clean(answered).slice(0, limits.evidenceBytes),
    responseBytes: responseBody.length,
    truncated: !asSize && responseBody.length > limits.evidenceBytes,
    timings: seen.timings,
  };
}

function beginning(body: Uint8Array): string {
  return new TextDecoder().decode(body.subarray(0, limits.evidenceBytes + MARGIN));
}

const sizeOf = (body: Uint8Array): string => (body.length === 0 ? '' : `[${body.length} bytes]`);

function hide(headers: readonly Header[], scrub: Scrub, clean: Scrub): Header[] {
  return headers.map(([name, value]) => {
    const shown = hiddenWhole(name, value) ?? value;
    return [name, clean(withoutTokens(name, scrub(shown))).slice(0, HEADER_SHOWN)];
  });
}
