/**
 * Fetches what certificates point at: issuers, OCSP answers, revocation lists. The addresses were written by somebody else, so each
 * one, and each that a redirect leads to, is resolved, checked and dialled like every other target.
 */
import type { Evidence } from '#lib/result/evidence.ts';
import type { Dialed } from './dialer.ts';
import { NetFailure } from './failure.ts';
import { type Connection, type HttpAnswer, type HttpRequest, header, plain } from './http-message.ts';
import { limits } from './limits.ts';
import type { Resolution } from './resolver.ts';

export type FetchKind = 'issuer' | 'ocsp' | 'crl';

export interface FetchOptions {
  readonly kind: FetchKind;
  /** Makes it a POST. */
  readonly body?: Uint8Array;
}

export type Fetched =
  | {
      readonly kind: 'delivered';
      /** Where it came from in the end. */
      readonly url: string;
      readonly body: Uint8Array;
      readonly contentType: string | null;
      readonly evidence: readonly Evidence[];
    }
  /** The network did its part, but nothing that can be used came of it. `detail`: the scheme, or the status. */
  | {
      readonly kind: 'not-supported' | 'too-many-redirects' | 'status';
      readonly detail: string;
      readonly evidence: readonly Evidence[];
    };

/** The part of the door that a fetch goes through. */
export interface Way {
  resolve(host: string, port: number, signal: AbortSignal): Promise<Resolution>;
  dial(to: Resolution, port: number, signal: AbortSignal): Promise<Dialed>;
  handshake(dialed: Dialed, signal: AbortSignal): Promise<Connection>;
  request(connection: Connection, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
}

interface Kind {
  readonly most: number;
  readonly accept: string;
  /** The type of what is posted. */
  readonly sends?: string;
}

/** RFC 5280 4.2.2.1 and 4.2.1.13, RFC 6960 A.1 */
const KINDS: Readonly<Record<FetchKind, Kind>> = {
  issuer: { most: limits.issuerBytes, accept: 'application/pkix-cert, application/pkcs7-mime' },
  ocsp: { most: limits.ocspBytes, accept: 'application/ocsp-response', sends: 'application/ocsp-request' },
  crl: { most: limits.crlBytes, accept: 'application/pkix-crl' },
};

/**
 * GET, or POST where there is a body. Redirects are followed, each one checked anew. Over https the certificate is not judged: what
 * is fetched holds no secret and has its own signature.
 * @throws NetFailure nothing else; http-timeout where the time for the whole exchange has passed
 */
export async function fetchOver(way: Way, url: string, options: FetchOptions, signal: AbortSignal): Promise<Fetched> {
  const late = AbortSignal.timeout(limits.fetchMs);
  const evidence: Evidence[] = [];
  let next = url;
  try {
    for (let hop = 0; hop <= limits.fetchRedirects; hop++) {
      const target = targetOf(next);
      if (typeof target === 'string') return { kind: 'not-supported', detail: target, evidence };
      const answer = await ask(way, target, options, AbortSignal.any([signal, late]));
      evidence.push(answer.evidence);
      const location = redirectOf(answer, target);
      if (location === null) return delivered(answer, target, evidence);
      next = location;
    }
    return { kind: 'too-many-redirects', detail: String(limits.fetchRedirects), evidence };
  } catch (error) {
    throw error instanceof NetFailure ? withStory(error, evidence, late.aborted && !signal.aborted) : error;
  }
}

function delivered(answer: HttpAnswer, { href: url }: URL, evidence: readonly Evidence[]): Fetched {
  const { status, body, headers } = answer;
  if (status !== 200) return { kind: 'status', detail: String(status), evidence };
  return { kind: 'delivered', url, body, contentType: header(headers, 'content-type'), evidence };
}

async function ask(way: Way, target: URL, options: FetchOptions, signal: AbortSignal): Promise<HttpAnswer> {
  const host = target.hostname.replaceAll(/[[\]]/g, '');
  const secure = target.protocol === 'https:';
  const port = Number(target.port || (secure ? 443 : 80));
  const to = await way.resolve(host, port, signal);
  const addresses = to.addresses.slice(0, limits.fetchAddresses);
  const dialed = await way.dial({ ...to, addresses }, port, signal);
  const connection = secure ? await way.handshake(dialed, signal) : plain(dialed);
  return way.request(connection, requestFor(target, options), signal);
}

function requestFor({ pathname, search }: URL, { kind, body }: FetchOptions): HttpRequest {
  const { accept, most, sends = 'application/octet-stream' } = KINDS[kind];
  return {
    method: body === undefined ? 'GET' : 'POST',
    path: pathname + search,
    headers: [
      ['Accept', `${accept}, */*`],
      ['User-Agent', 'Throughline'],
      ...(body === undefined ? [] : [['Content-Type', sends] as const]),
    ],
    body: body ?? '',
    binary: true,
    answerBytes: most,
  };
}

/** The address as a URL that we can fetch, or what stands in the way. */
function targetOf(text: string): URL | string {
  const url = text.length > limits.fetchUrl ? null : URL.parse(text);
  if (url === null) return 'no address';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return url.protocol.slice(0, 20);
  if (url.username !== '' || url.password !== '') return 'an address with a user name';
  return url.port === '0' || url.hostname === '' ? 'no address' : url;
}

/** A POST stays one: a responder that sends us elsewhere wants its question there. RFC 9110 15.4 */
function redirectOf({ status, headers }: HttpAnswer, base: URL): string | null {
  const location = header(headers, 'location');
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return null;
  return URL.parse(location, base)?.href ?? location;
}

/** The failure with what the hops before it have shown; one that our clock has caused says so. */
function withStory({ code, details, evidence }: NetFailure, before: readonly Evidence[], late: boolean): NetFailure {
  const ours = late && (code === 'unknown' || details.detail === 'cancelled');
  const said = ours ? { ...details, waitedMs: limits.fetchMs, detail: 'no answer in time' } : details;
  return new NetFailure(ours ? 'http-timeout' : code, said, [...before, ...evidence]);
}
