/** What was seen. Stored once, apart from the events; an event carries only the reference. */
export interface EvidenceRef {
  readonly id: string;
  readonly kind: string;
  readonly bytes: number;
  /** In exports only; elsewhere the body is fetched when somebody opens it. */
  readonly body?: unknown;
}

/** Kinds that we draw; a reader meets unknown ones as JSON. */
export type Evidence =
  | { readonly kind: 'dns'; readonly body: DnsEvidence }
  | { readonly kind: 'connections'; readonly body: ConnectionsEvidence }
  | { readonly kind: 'tls'; readonly body: TlsEvidence }
  | { readonly kind: 'certificates'; readonly body: CertificatesEvidence }
  | { readonly kind: 'exchange'; readonly body: ExchangeEvidence }
  | { readonly kind: 'settings'; readonly body: SettingsEvidence };

export interface DnsEvidence {
  host: string;
  resolver: string;
  elapsedMs: number;
  answers: { family: 4 | 6; address: string; ttl: number | null }[];
  errors: { question: string; answer: string }[];
}

export interface ConnectionsEvidence {
  host: string;
  port: number;
  attempts: { address: string; port: number; outcome: string; elapsedMs: number }[];
}

export interface TlsEvidence {
  host: string;
  address: string;
  protocol: string | null;
  cipher: string | null;
  alpn: string | null;
  keyExchange: string | null;
  elapsedMs: number;
}

export interface CertificatesEvidence {
  host: string;
  /** As sent, leaf first. */
  chain: CertificateFacts[];
  /** Names of the path that was built, leaf first; empty where none could be built. */
  path: string[];
}

export interface CertificateFacts {
  subject: string;
  issuer: string;
  names: string[];
  notBefore: string;
  notAfter: string;
  serialNumber: string;
  fingerprint256: string;
  key: string;
  pem: string;
}

export type Header = readonly [name: string, value: string];

export interface ExchangeEvidence {
  method: string;
  url: string;
  address: string;
  requestHeaders: Header[];
  requestBody: string;
  status: number | null;
  responseHeaders: Header[];
  responseBody: string;
  responseBytes: number;
  truncated: boolean;
  timings: { connectMs: number | null; tlsMs: number | null; firstByteMs: number | null; totalMs: number };
}

export interface SettingsEvidence {
  displayName: string | null;
  source: string;
  protocols: { type: string; version: string | null; rows: { path: string; value: string }[] }[];
}
