/** What is kept of an exchange. The recorder hides credentials, cookies and tokens; no caller has to think of it. */
import type { ExchangeEvidence, Header } from '#lib/result/evidence.ts';
import { limits } from './limits.ts';

const HIDDEN_REQUEST = ['authorization', 'proxy-authorization', 'cookie'];
const HIDDEN_RESPONSE = ['set-cookie', 'authentication-info', 'proxy-authenticate'];
/** A header that is longer than this tells nothing more. */
const HEADER_SHOWN = 2_000;
const HEADERS_SHOWN = 100;
/** No spelling of a password is longer. */
const MARGIN = 8_000;

/** Replaces every form of the run's secret in a text. */
export type Scrub = (text: string) => string;

export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly address: string;
  readonly requestHeaders: readonly Header[];
  readonly requestBody: string | Uint8Array;
  readonly status: number | null;
  readonly responseHeaders: readonly Header[];
  readonly responseBody: Uint8Array;
  /** Whether a body says nothing as text. */
  readonly binary: boolean;
  readonly timings: ExchangeEvidence['timings'];
}

/** Evidence of an exchange, fit to be stored and shown. */
export function record(seen: Recorded, scrub: Scrub): ExchangeEvidence {
  const { requestBody, responseBody } = seen;
  // What comes with an error is a page to read, whatever was asked for.
  const asSize = seen.binary && seen.status === 200;
  return {
    method: seen.method,
    url: scrub(seen.url),
    address: seen.address,
    requestHeaders: hide(seen.requestHeaders, HIDDEN_REQUEST, scrub),
    requestBody: typeof requestBody === 'string' ? scrub(requestBody) : sizeOf(requestBody),
    status: seen.status,
    responseHeaders: hide(seen.responseHeaders.slice(0, HEADERS_SHOWN), HIDDEN_RESPONSE, scrub),
    responseBody: asSize ? sizeOf(responseBody) : beginning(responseBody, scrub),
    responseBytes: responseBody.length,
    truncated: !asSize && responseBody.length > limits.evidenceBytes,
    timings: seen.timings,
  };
}

/** Cut a little later, cleaned, then cut: half a secret at the border would not be recognised. */
function beginning(body: Uint8Array, scrub: Scrub): string {
  const text = new TextDecoder().decode(body.subarray(0, limits.evidenceBytes + MARGIN));
  return scrub(text).slice(0, limits.evidenceBytes);
}

const sizeOf = (body: Uint8Array): string => (body.length === 0 ? '' : `[${body.length} bytes]`);

function hide(headers: readonly Header[], hidden: readonly string[], scrub: Scrub): Header[] {
  return headers.map(([name, value]) => {
    if (!hidden.includes(name.toLowerCase()))
      return [name, scrub(value.slice(0, HEADER_SHOWN + MARGIN)).slice(0, HEADER_SHOWN)];
    return [name, placeholder(value)];
  });
}

/** The scheme or the cookie's name may be seen: they are what an administrator needs. */
function placeholder(value: string): string {
  const shown = /^([A-Za-z]+ |[^=;\s]+=)/.exec(value)?.[0] ?? '';
  return `${shown}[hidden, ${value.length - shown.length} characters]`;
}
