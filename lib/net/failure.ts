/** What can go wrong on the way to an answer: a closed list. What we did not foresee stays visible as `unknown`. */
import type { Evidence } from '#lib/result/evidence.ts';

export type FailureCode =
  | 'name-not-found'
  | 'no-address'
  | 'name-internal'
  | 'name-server-failed'
  | 'name-server-silent'
  | 'address-internal'
  | 'target-not-allowed'
  | 'refused'
  | 'connect-timeout'
  | 'unreachable'
  | 'no-own-address'
  | 'reset'
  | 'proxy-refused'
  | 'not-tls'
  | 'tls-timeout'
  | 'tls-alert'
  | 'tls-too-old'
  | 'client-certificate'
  | 'closed-early'
  | 'closed-between-requests'
  | 'certificate-changed'
  | 'http-timeout'
  | 'not-http'
  | 'too-large'
  | 'unknown';

export interface FailureDetails {
  readonly host: string;
  readonly port?: number;
  readonly path?: string;
  readonly addresses?: readonly string[];
  readonly resolver?: string;
  /** Where the aliases of the host led before the lookup failed. */
  readonly target?: string;
  readonly proxy?: string;
  /** What the name servers were asked for; without it, addresses. */
  readonly what?: string;
  /** In the words of the field: "during the TLS handshake". */
  readonly phase?: string;
  /** The peer's or the system's own word: an alert's name, an error code, a policy rule. */
  readonly detail?: string;
  /** The number of the TLS alert by which the peer ended it. */
  readonly alert?: number;
  /** For `too-large`: what was too large, and the limit that it exceeded. */
  readonly limit?: { readonly what: string; readonly value: string };
  /** For `certificate-changed`: the SHA-256 fingerprints. */
  readonly fingerprints?: readonly [first: string, second: string];
  readonly waitedMs?: number;
}

/** Thrown by everything in `lib/net`, and by nothing else. Carries what was seen until then. */
export class NetFailure extends Error {
  readonly code: FailureCode;
  readonly details: FailureDetails;
  readonly evidence: readonly Evidence[];

  constructor(code: FailureCode, details: FailureDetails, evidence: readonly Evidence[] = []) {
    super(`${code} ${details.host} ${details.detail ?? ''}`.trim());
    this.name = 'NetFailure';
    this.code = code;
    this.details = details;
    this.evidence = evidence;
  }
}

/** The code of a system or OpenSSL error, wherever Node put it. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? String(name ?? 'unknown') : errorCode(cause);
}
