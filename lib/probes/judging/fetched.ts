/**
 * Asking hosts that a certificate names. Whatever goes wrong there is told as a reason in a few words, never as a finding: they are
 * not the server under test.
 */
import type { Net } from '#lib/net/door.ts';
import { NetFailure } from '#lib/net/failure.ts';
import type { Fetched, FetchOptions } from '#lib/net/fetch.ts';
import type { Evidence } from '#lib/result/evidence.ts';

export type Source = { readonly elapsedMs: number; readonly evidence: readonly Evidence[] } & (
  | { readonly ok: true; readonly body: Uint8Array; readonly url: string }
  | { readonly ok: false; readonly reason: string }
);

/** The part of the door that is needed here. */
export type Fetcher = Pick<Net, 'fetch'>;

/**
 * Fetches so often and no oftener. Whoever writes a chain of certificates could name others' servers in each of them, and have us
 * ask them all.
 */
export function fetchAtMost(most: number, net: Fetcher): Fetcher {
  let left = most;
  const refusal: Fetched = { kind: 'not-supported', detail: `more than ${most} questions`, evidence: [] };
  return { fetch: async (url, options, signal) => (left-- > 0 ? net.fetch(url, options, signal) : refusal) };
}

/** Fetches, and never throws a NetFailure. */
export async function fetchSource(
  net: Fetcher,
  url: string,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Source> {
  const started = performance.now();
  const elapsed = (): number => Math.round((performance.now() - started) * 10) / 10;
  try {
    const got = await net.fetch(url, options, signal);
    const { evidence } = got;
    if (got.kind !== 'delivered') return { ok: false, reason: undelivered(got), elapsedMs: elapsed(), evidence };
    return { ok: true, body: got.body, url: got.url, elapsedMs: elapsed(), evidence };
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    return { ok: false, reason: failureWords(error), elapsedMs: elapsed(), evidence: error.evidence };
  }
}

/** Why an answer of the network is of no use. */
export function undelivered({ kind, detail }: Exclude<Fetched, { kind: 'delivered' }>): string {
  switch (kind) {
    case 'status':
      return `status ${detail}`;
    case 'too-many-redirects':
      return `more than ${detail} redirects`;
    case 'not-supported':
      return `not supported (${detail})`;
  }
}

/** What a failure of the network is called in half a sentence. */
export function failureWords({ code, details }: NetFailure): string {
  const { host, detail = 'unknown', addresses = [] } = details;
  switch (code) {
    case 'name-not-found':
    case 'no-address':
      return `${host} has no address in DNS`;
    case 'name-internal':
      return `${host} is no name of the public DNS`;
    case 'name-server-failed':
    case 'name-server-silent':
      return `${host} could not be looked up`;
    case 'address-internal':
    case 'target-not-allowed':
      return `its address ${addresses[0] ?? host} may not be asked (${detail})`;
    case 'refused':
      return 'connection refused';
    case 'unreachable':
      return 'no route';
    case 'no-own-address':
      return `it can be reached over ${detail} only`;
    case 'connect-timeout':
    case 'tls-timeout':
    case 'http-timeout':
      return 'no answer in time';
    case 'reset':
    case 'closed-early':
    case 'closed-between-requests':
      return 'connection cut off';
    case 'proxy-refused':
      return `the outbound proxy does not let us (${detail})`;
    case 'not-tls':
    case 'tls-alert':
    case 'tls-too-old':
    case 'client-certificate':
    case 'certificate-changed':
      return `no encrypted connection (${detail})`;
    case 'not-http':
      return 'no HTTP answer';
    case 'too-large':
      return `more than ${details.limit?.value ?? 'we read'}`;
    case 'unknown':
      return detail === 'cancelled' ? 'no answer in time' : `failed (${detail})`;
  }
}
