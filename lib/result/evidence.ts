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
  | { readonly kind: 'srv'; readonly body: ServiceEvidence }
  | { readonly kind: 'connections'; readonly body: ConnectionsEvidence }
  | { readonly kind: 'tls'; readonly body: TlsEvidence }
  | { readonly kind: 'tls-survey'; readonly body: TlsSurveyEvidence }
  | { readonly kind: 'certificates'; readonly body: CertificatesEvidence }
  | { readonly kind: 'revocation'; readonly body: RevocationEvidence }
  | { readonly kind: 'exchange'; readonly body: ExchangeEvidence }
  | { readonly kind: 'settings'; readonly body: SettingsEvidence }
  | { readonly kind: 'redirects'; readonly body: RedirectsEvidence }
  | { readonly kind: 'comparison'; readonly body: ComparisonEvidence }
  | { readonly kind: 'clients'; readonly body: ClientsEvidence }
  | { readonly kind: 'sign-in-methods'; readonly body: SignInMethodsEvidence }
  | { readonly kind: 'ntlm-challenge'; readonly body: NtlmChallengeEvidence }
  | { readonly kind: 'extended-protection'; readonly body: ExtendedProtectionEvidence }
  | { readonly kind: 'token'; readonly body: TokenEvidence }
  | { readonly kind: 'messages'; readonly body: MessagesEvidence }
  | { readonly kind: 'response-times'; readonly body: ResponseTimesEvidence }
  | { readonly kind: 'facts'; readonly body: FactsEvidence };

export interface DnsEvidence {
  host: string;
  /** The same name as people write it, where that differs (U-label). */
  unicode?: string;
  /** All that were asked. */
  resolver: string;
  elapsedMs: number;
  answers: { family: 4 | 6; address: string; ttl: number | null }[];
  errors: { question: string; answer: string }[];
  /** From the name that was asked for to the one that has the addresses. */
  aliases?: { name: string; target: string; ttl: number }[];
  /** The wildcard record without which the name would not exist. */
  wildcard?: string;
  /** Every question that was sent, in order. `answer`: NOERROR, NXDOMAIN, NODATA, SERVFAIL, REFUSED, time-out, …. */
  questions?: { name: string; type: string; resolver: string; answer: string; records: number; elapsedMs: number }[];
}

/** The SRV records of a service. */
export interface ServiceEvidence {
  /** `_autodiscover._tcp.contoso.example` */
  name: string;
  /** All that were asked. */
  resolver: string;
  elapsedMs: number;
  /** NOERROR, NXDOMAIN, NODATA, SERVFAIL, REFUSED, time-out, …. */
  answer: string;
  /** In the order in which clients try them. A target of "." says that the service is not available. */
  records: { priority: number; weight: number; port: number; target: string; ttl: number }[];
  /** How many more came than are used. */
  dropped: number;
  /** From the name that was asked for to the one that has the records. */
  aliases: { name: string; target: string; ttl: number }[];
  /** As in `DnsEvidence`. */
  questions: NonNullable<DnsEvidence['questions']>;
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
  /** What was sent as SNI; null where the host is an address. */
  serverName?: string | null;
  /** Bytes of the stapled OCSP answer; null where none came. */
  stapledOcsp?: number | null;
  /** Whether the server asked for a client certificate, and the name in the one that it was shown; absent in older results. */
  clientCertificate?: { asked: boolean; shown: string | null };
}

/** What a server offers beyond the connection that was used: one row for each version and kind of weak suite that was tried. */
export interface TlsSurveyEvidence {
  host: string;
  address: string;
  handshakes: number;
  elapsedMs: number;
  versions: {
    version: string;
    /** accepted, refused, not tested. */
    answer: string;
    /** The suite, an alert's name, or why there is no answer. */
    detail: string;
    elapsedMs: number;
  }[];
  /** Suites that the server chose out of a list of weak ones. */
  weak: { kind: string; answer: string; suite: string | null; version: string | null }[];
  /** What came without SNI. */
  withoutSni: { answer: string; certificate: string | null; same: boolean | null } | null;
  /** Whether a client certificate is wished for: no, wished, demanded, unknown; and how that was seen. */
  clientCertificate: {
    answer: string;
    how: string;
    /** What became of the one that was given: taken, refused, unknown; null where none was. */
    given?: { answer: string; how: string } | null;
  };
}

/** What the sources of revocation said, one certificate after the other, leaf first. */
export interface RevocationEvidence {
  host: string;
  certificates: {
    name: string;
    serialNumber: string;
    /** good, revoked, unknown, not covered. */
    status: string;
    sources: RevocationSource[];
  }[];
}

export interface RevocationSource {
  kind: 'stapled' | 'ocsp' | 'crl';
  /** Null for what the server stapled. */
  url: string | null;
  /** good, revoked, unknown, or why the source could not be used. */
  answer: string;
  revokedAt: string | null;
  reason: string | null;
  thisUpdate: string | null;
  nextUpdate: string | null;
  signedBy: string | null;
  elapsedMs: number | null;
}

export interface CertificatesEvidence {
  host: string;
  /** As sent, leaf first. */
  chain: CertificateFacts[];
  /** Names of the path that was built, leaf first; empty where none could be built. */
  path: string[];
  /** The path with all that is wrong with each certificate in it; it ends where nothing more was found. */
  built?: BuiltCertificate[];
  /** The trust list that was asked, and whether it has the root. */
  trust?: { list: string; trusted: boolean };
  /** When the judgement was made. */
  judgedAt?: string;
}

export interface BuiltCertificate {
  /** sent, fetched (from the address that the certificate below it names), given (by the person), trusted (from the list). */
  source: 'sent' | 'fetched' | 'given' | 'trusted';
  facts: CertificateFacts;
  /** What is wrong with it, in words. */
  problems: string[];
  /** Where it was fetched. */
  url?: string;
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
  fingerprint1?: string;
  signatureAlgorithm?: string;
  /** digitalSignature, keyCertSign, …; absent where the certificate does not say. */
  keyUsage?: string[];
  /** serverAuth, clientAuth, …. */
  extendedKeyUsage?: string[];
  isAuthority?: boolean;
}

export type Header = readonly [name: string, value: string];

export interface ExchangeEvidence {
  method: string;
  url: string;
  address: string;
  requestHeaders: Header[];
  requestBody: string;
  status: number | null;
  /** What stands behind the status, where that was kept: some servers put their error there. */
  reason?: string;
  responseHeaders: Header[];
  responseBody: string;
  responseBytes: number;
  truncated: boolean;
  /** Two exchanges with the same one went over the same connection; absent in older results. */
  connection?: string;
  timings: { connectMs: number | null; tlsMs: number | null; firstByteMs: number | null; totalMs: number };
}

export interface SettingsEvidence {
  displayName: string | null;
  /** The host that said so. */
  source: string;
  /** How that host was found: root domain, autodiscover host, redirect, SRV record; absent in older results. */
  method?: string;
  /** Which document it was: POX with or without MAPI/HTTP, mobilesync, SOAP, JSON. */
  document?: string;
  /** What belongs to the person and the account, not to a protocol; the path is the element's. */
  general?: { path: string; value: string }[];
  /** Elements that no specification names. */
  unknown?: { path: string; value: string }[];
  /** `path`: the element; absent in older results. */
  protocols: { type: string; version: string | null; path?: string; rows: { path: string; value: string }[] }[];
}

/** Where a request was sent on to, in order; the last place that is also an earlier one closes a circle. */
export interface RedirectsEvidence {
  steps: {
    from: string;
    /** HTTP 302, RedirectAddr, RedirectUrl, SRV. */
    how: string;
    to: string;
    /** followed, refused, asked and declined, circle, too many. */
    outcome: string;
  }[];
}

/** What several documents say about the same setting. */
export interface ComparisonEvidence {
  sources: string[];
  rows: { setting: string; values: (string | null)[]; differs: boolean }[];
}

/** What each kind of mail client would do with the answers. */
export interface ClientsEvidence {
  rows: {
    client: string;
    name: string;
    outcome: 'connects' | 'blocked' | 'not-tested';
    /** The method that wins. */
    by: string | null;
    /** By which it opens the mailbox, null where none lets it in; absent where that was not tried. */
    transport?: string | null;
    /** Finding codes. */
    because: string[];
    /** In the client's order, as far as it gets. */
    methods: { method: string; result: string; elapsedMs: number | null }[];
    /** Until it has its settings; null where that cannot be said. */
    totalMs: number | null;
    /** What it then knows: protocols and addresses. */
    knows: string[];
    /** Why it was not tested, or what is special about it. */
    note: string;
  }[];
}

/** What one endpoint offers for signing in, and what it was expected to. */
export interface SignInMethodsEvidence {
  host: string;
  path: string;
  methods: { scheme: string; parameters: { name: string; value: string }[] }[];
  /** Autodiscover's AuthPackage for this endpoint; null where it says nothing. */
  promised: string | null;
  /** Whether one of the methods is what was promised; absent where nothing was, and in older results. */
  promiseKept?: boolean;
  /** What speaks for a mail system. */
  marks: string[];
}

/** What an NTLM challenge tells about the server, before any password. [MS-NLMP] 2.2.1.2 */
export interface NtlmChallengeEvidence {
  host: string;
  targetName: string | null;
  names: { what: string; value: string }[];
  /** 10.0.20348; null where it is not sent. */
  build: string | null;
  /** The server's clock, and how far it is ahead of ours. */
  clock: string | null;
  aheadMs: number | null;
  flags: string[];
}

/** How an endpoint treats the channel binding of a sign-in (Extended Protection). */
export interface ExtendedProtectionEvidence {
  host: string;
  path: string;
  method: string;
  mode: 'off' | 'accepted' | 'required' | 'broken' | 'unknown';
  attempts: { binding: 'right' | 'none' | 'wrong'; outcome: string }[];
  /** SHA-256 of the certificate that the binding was made from. */
  fingerprint: string | null;
}

/** What a token says about itself; the token is not kept. */
export interface TokenEvidence {
  host: string;
  /** device code, given by the person. */
  source: string;
  claims: { name: string; value: string }[];
  /** Why it cannot be read, where it is not a JWT. */
  opaque: boolean;
}

/** Messages of a binary protocol: the tree of their fields, and the octets that it stands for. */
export interface MessagesEvidence {
  host: string;
  /** MAPI over HTTP, RPC over HTTP. */
  protocol: string;
  messages: MessageSeen[];
  /** How many more there were than are kept. */
  dropped: number;
}

export interface MessageSeen {
  /** Connect, CONN/A3, NspiBind. */
  name: string;
  direction: 'sent' | 'received';
  /** Since the first of them. */
  atMs: number | null;
  /** The whole length in octets. */
  bytes: number;
  /** The octets, as far as they are kept. */
  base64: string;
  fields: FieldSeen[];
  /** Parts whose octets are not kept because they are secret; they stand as zeros. */
  hidden?: { offset: number; length: number }[];
  /** Why it could not be read to the end. */
  problem?: { path: string; offset: number; reason: string; spec: string };
}

/** A field, or a group of them. */
export interface FieldSeen {
  name: string;
  /** From the start of the octets of the message, or of the layer. */
  offset: number;
  length: number;
  /** Null for groups. */
  value: string | null;
  children: FieldSeen[];
  /** What the octets hold once they are unpacked. */
  layer?: { name: string; base64: string; fields: FieldSeen[] };
}

/** How long a server takes, told apart from the way to it. */
export interface ResponseTimesEvidence {
  host: string;
  request: string;
  /** What the network takes for one round trip. */
  networkMs: number | null;
  /** Of what is left when the network is taken off. */
  meanMs: number;
  /** Standard deviation of the same. */
  spreadMs: number;
  /** `serverMs`: what the server itself says (X-ElapsedTime). `ownMs`: by how much this installation was late itself, which is taken off as well. */
  rows: { request: string; totalMs: number; serverMs: number | null; ownMs?: number }[];
}

/** Names and values, in groups; and tables, for what comes in rows. */
export interface FactsEvidence {
  host: string;
  groups: { title: string; rows: { name: string; value: string }[] }[];
  tables?: { title: string; columns: string[]; rows: string[][] }[];
}
