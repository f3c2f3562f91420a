/** Evidence made up for drawings: chains that are well, broken in each way, of an older version, and hostile; then the other kinds. */
import type {
  BuiltCertificate,
  CertificateFacts,
  CertificatesEvidence,
  ComparisonEvidence,
  DnsEvidence,
  ExtendedProtectionEvidence,
  FactsEvidence,
  FieldSeen,
  MessageSeen,
  MessagesEvidence,
  NtlmChallengeEvidence,
  RedirectsEvidence,
  ResponseTimesEvidence,
  RevocationEvidence,
  ServiceEvidence,
  SettingsEvidence,
  SignInMethodsEvidence,
  TlsEvidence,
  TlsSurveyEvidence,
  TokenEvidence,
} from '#lib/result/evidence.ts';

export const at = '2026-11-20T12:00:00.000Z';
const host = 'mail.contoso.example';
const list = 'Mozilla’s list of November 2026';

/** A number of two hexadecimal digits for each byte, different for each name. */
function fingerprint(name: string, bytes: number): string {
  const seed = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7);
  const digits = Array.from({ length: bytes }, (_, place) =>
    ((seed * (place + 3)) % 256).toString(16).padStart(2, '0'),
  );
  return digits.join(':').toUpperCase();
}

/** Facts of a certificate; those of an authority unless it has names. */
export function facts(name: string, issuer: string, change: Partial<CertificateFacts> = {}): CertificateFacts {
  const isAuthority = change.names === undefined;
  return {
    subject: `C=DE, O=Contoso, CN=${name}`,
    issuer: `C=DE, O=Contoso, CN=${issuer}`,
    names: [],
    notBefore: '2026-10-01T00:00:00.000Z',
    notAfter: isAuthority ? '2034-10-01T00:00:00.000Z' : '2026-12-30T00:00:00.000Z',
    serialNumber: '04A1B2C3D4E5F60718293A4B5C6D7E8F9001',
    fingerprint256: fingerprint(`${name} by ${issuer}`, 32),
    fingerprint1: fingerprint(`${name} by ${issuer}`, 20),
    key: isAuthority ? 'RSA 4096' : 'EC P-256',
    signatureAlgorithm: 'sha256WithRSAEncryption',
    keyUsage: isAuthority ? ['keyCertSign', 'cRLSign'] : ['digitalSignature'],
    extendedKeyUsage: ['serverAuth', 'clientAuth'],
    isAuthority,
    pem: `-----BEGIN CERTIFICATE-----\n${name} by ${issuer}\n-----END CERTIFICATE-----\n`,
    ...change,
  };
}

const leaf = facts(host, 'Example Issuing CA 4', { names: [host, 'autodiscover.contoso.example', 'contoso.example'] });
const issuing = facts('Example Issuing CA 4', 'Example Global Root G2');
const root = facts('Example Global Root G2', 'Example Global Root G2');
const stranger = facts('Issuing CA of Somebody Else', 'Root of Somebody Else');

function one(source: BuiltCertificate['source'], from: CertificateFacts, ...problems: string[]): BuiltCertificate {
  return { source, facts: from, problems };
}

function chain(sent: CertificateFacts[], built: BuiltCertificate[], trusted: boolean): CertificatesEvidence {
  const path = trusted ? built.map((each) => each.facts.subject) : [];
  return { host, chain: sent, path, built, trust: { list, trusted }, judgedAt: at };
}

const url = 'http://aia.example-issuer.example/issuing-ca-4.cer';
const gone = facts(host, 'Example Issuing CA 4', { ...leaf, notAfter: '2026-11-17T00:00:00.000Z', names: [host] });

export const certificates = {
  healthy: chain([leaf, issuing], [one('sent', leaf), one('sent', issuing), one('trusted', root)], true),
  fetched: chain([leaf], [one('sent', leaf), { ...one('fetched', issuing), url }, one('trusted', root)], true),
  gap: chain([leaf, stranger], [one('sent', leaf, 'its issuer was not found')], false),
  untidy: chain(
    [leaf, root, issuing, issuing, stranger, facts('Example Global Root G2', 'Example Root of 1999')],
    [one('sent', leaf), one('sent', issuing), one('sent', root)],
    true,
  ),
  problems: chain(
    [gone, issuing, root],
    [
      one(
        'sent',
        gone,
        'expired on 17 November 2026',
        'made for mail.contoso.example, not for autodiscover.contoso.example',
      ),
      one('sent', issuing, 'may not sign certificates: it is not marked as an authority'),
      one('sent', root),
    ],
    false,
  ),
  given: chain([leaf], [one('given', leaf), { ...one('fetched', issuing), url }, one('trusted', root)], true),
  nothing: { ...chain([leaf, stranger], [], false) },
  /** As results were stored before the path was drawn. */
  old: { host, chain: [plain(leaf), plain(issuing)], path: [host, 'Example Issuing CA 4', 'Example Global Root G2'] },
  hostile: hostile(),
} satisfies Record<string, CertificatesEvidence>;

function plain(certificate: CertificateFacts): CertificateFacts {
  const {
    fingerprint1: _1,
    signatureAlgorithm: _2,
    keyUsage: _3,
    extendedKeyUsage: _4,
    isAuthority: _5,
    ...rest
  } = certificate;
  return rest;
}

function hostile(): CertificatesEvidence {
  const long = 'x'.repeat(300);
  const names = Array.from({ length: 10_000 }, (_, place) => `${place}.${long}.example`);
  const huge = facts(`${long}<script>alert(1)</script>`, `\u202e${long}`, {
    names,
    notAfter: 'no date at all',
    serialNumber: 'F'.repeat(5000),
    key: `RSA ${'9'.repeat(3000)}`,
    signatureAlgorithm: '1.2.3.4.5.6.7'.repeat(100),
    keyUsage: Array.from({ length: 3000 }, () => 'digitalSignature'),
    extendedKeyUsage: [],
    pem: '',
  });
  const many = Array.from({ length: 12 }, (_, place) => facts(`${long}${place}`, `${long}${place + 1}`));
  const problems = Array.from({ length: 20 }, (_, place) => `${place} ${long.repeat(5)}`);
  return chain([huge, huge, ...many], [{ ...one('fetched', huge, ...problems), url: `http://${long}/` }], false);
}

export const tls: TlsEvidence = {
  host,
  address: '192.0.2.10',
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  alpn: 'http/1.1',
  keyExchange: 'X25519',
  elapsedMs: 31,
  serverName: host,
  stapledOcsp: 880,
};

export const survey: TlsSurveyEvidence = {
  host,
  address: '2001:db8::10',
  handshakes: 14,
  elapsedMs: 1240,
  versions: [
    { version: 'TLS 1.3', answer: 'accepted', detail: 'TLS_AES_256_GCM_SHA384', elapsedMs: 31 },
    { version: 'TLS 1.2', answer: 'accepted', detail: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', elapsedMs: 28 },
    { version: 'TLS 1.1', answer: 'accepted', detail: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', elapsedMs: 28 },
    { version: 'TLS 1.0', answer: 'refused', detail: 'protocol_version', elapsedMs: 12 },
    { version: 'SSL 3.0', answer: 'not tested', detail: 'the time for this step was used up', elapsedMs: 0 },
  ],
  weak: [
    { kind: 'RC4', answer: 'refused', suite: null, version: null },
    { kind: '3DES', answer: 'accepted', suite: 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA', version: 'TLS 1.2' },
    { kind: 'anonymous', answer: 'not tested', suite: null, version: null },
  ],
  withoutSni: { answer: 'accepted', certificate: 'CN=default.hosting.example', same: false },
  clientCertificate: { answer: 'wished', how: 'certificate request in the handshake' },
};

const never = { revokedAt: null, reason: null, thisUpdate: null, nextUpdate: null, signedBy: null, elapsedMs: null };

export const revocation: RevocationEvidence = {
  host,
  certificates: [
    {
      name: leaf.subject,
      serialNumber: leaf.serialNumber,
      status: 'revoked',
      sources: [
        { ...never, kind: 'stapled', url: null, answer: 'too old: it was to be replaced by 17 November 2026' },
        {
          kind: 'ocsp',
          url: 'http://ocsp.example-issuer.example/',
          answer: 'good',
          revokedAt: null,
          reason: null,
          thisUpdate: '2026-11-19T06:00:00.000Z',
          nextUpdate: '2026-11-26T06:00:00.000Z',
          signedBy: issuing.subject,
          elapsedMs: 45,
        },
        {
          kind: 'crl',
          url: 'http://crl.example-issuer.example/issuing-ca-4.crl',
          answer: 'revoked',
          revokedAt: '2026-11-18T09:12:00.000Z',
          reason: 'keyCompromise',
          thisUpdate: '2026-11-20T00:00:00.000Z',
          nextUpdate: '2026-11-27T00:00:00.000Z',
          signedBy: issuing.subject,
          elapsedMs: 120,
        },
      ],
    },
    { name: issuing.subject, serialNumber: '0A', status: 'not covered', sources: [] },
  ],
};

export const dns: DnsEvidence = {
  host: 'mail.xn--mller-kva.example',
  unicode: 'mail.müller.example',
  resolver: '192.0.2.53, 2001:db8::53',
  elapsedMs: 24,
  answers: [
    { family: 4, address: '198.51.100.7', ttl: 300 },
    { family: 6, address: '2001:db8:1234:5678:9abc:def0:1234:5678', ttl: null },
  ],
  errors: [{ question: 'AAAA mail.xn--mller-kva.example', answer: 'NODATA' }],
  aliases: [
    { name: 'mail.xn--mller-kva.example', target: 'edge.xn--mller-kva.example', ttl: 3600 },
    { name: 'edge.xn--mller-kva.example', target: 'front.hosting-provider-with-a-long-name.example', ttl: 60 },
  ],
  wildcard: '*.xn--mller-kva.example',
  questions: [
    {
      name: '5c0ffee5.xn--mller-kva.example',
      type: 'A',
      resolver: '192.0.2.53',
      answer: 'NOERROR',
      records: 1,
      elapsedMs: 6,
    },
    {
      name: 'mail.xn--mller-kva.example',
      type: 'A',
      resolver: '192.0.2.53',
      answer: 'SERVFAIL',
      records: 0,
      elapsedMs: 9,
    },
    {
      name: 'mail.xn--mller-kva.example',
      type: 'A',
      resolver: '2001:db8::53',
      answer: 'NOERROR',
      records: 3,
      elapsedMs: 8,
    },
    {
      name: 'mail.xn--mller-kva.example',
      type: 'AAAA',
      resolver: '2001:db8::53',
      answer: 'NODATA',
      records: 1,
      elapsedMs: 7,
    },
  ],
};

/** As every document of a domain without surprises says it. */
export const settings: SettingsEvidence = {
  displayName: 'Alice Example',
  source: 'autodiscover.contoso.example',
  method: 'autodiscover host',
  document: 'POX with MAPI over HTTP',
  general: [
    { path: 'User/AutoDiscoverSMTPAddress', value: 'alice@contoso.example' },
    { path: 'Account/AlternativeMailbox/Type', value: 'Delegate' },
  ],
  unknown: [{ path: 'Account/Protocol[2]/Hologram', value: 'On' }],
  protocols: [
    {
      type: 'mapiHttp',
      version: '1',
      path: 'Account/Protocol[1]',
      rows: [{ path: 'MailStore/ExternalUrl', value: 'https://mail.contoso.example/mapi/emsmdb/?MailboxId=7@contoso' }],
    },
    {
      type: 'WEB',
      version: null,
      path: 'Account/Protocol[2]',
      rows: [{ path: 'External/OWAUrl@AuthenticationMethod', value: 'Basic, Fba' }],
    },
  ],
};

const xml = '/autodiscover/autodiscover.xml';

export const circle: RedirectsEvidence = {
  steps: [
    { from: `https://${host}${xml}`, how: 'HTTP 302', to: `https://b.example${xml}`, outcome: 'followed' },
    { from: `https://b.example${xml}`, how: 'HTTP 301', to: `https://c.example${xml}`, outcome: 'followed' },
    // As the server wrote it: relative, and in other letters.
    {
      from: `https://c.example${xml}`,
      how: 'HTTP 307',
      to: '//B.example/AutoDiscover/Autodiscover.xml',
      outcome: 'circle',
    },
  ],
};

export const movedAndRefused: RedirectsEvidence = {
  steps: [
    { from: `https://${host}${xml}`, how: 'RedirectAddr', to: 'alice@fabrikam.example', outcome: 'followed' },
    { from: `https://fabrikam.example${xml}`, how: 'HTTP 302', to: 'http://fabrikam.example/', outcome: 'refused' },
  ],
};

export const comparison: ComparisonEvidence = {
  sources: ['contoso.example (POX for phones)', 'contoso.example (SOAP)', 'autodiscover.contoso.example (SOAP)'],
  rows: [
    {
      setting: 'Exchange Web Services (external)',
      values: [null, 'https://mail.contoso.example/EWS/Exchange.asmx', 'https://old.contoso.example/EWS/Exchange.asmx'],
      differs: true,
    },
    { setting: 'the display name', values: ['Alice', 'Alice', 'Alice'], differs: false },
  ],
};

export const signInMethods: SignInMethodsEvidence = {
  host,
  path: '/rpc/rpcproxy.dll',
  methods: [
    { scheme: 'NTLM', parameters: [] },
    {
      scheme: 'Bearer',
      parameters: [
        { name: 'client_id', value: '00000002-0000-0ff1-ce00-000000000000' },
        { name: 'authorization_uri', value: 'https://login.contoso.example/adfs/oauth2/authorize' },
      ],
    },
  ],
  promised: 'Basic',
  promiseKept: false,
  marks: ['offers NTLM', 'sends X-FEServer'],
};

export const ntlmChallenge: NtlmChallengeEvidence = {
  host,
  targetName: 'CONTOSO',
  names: [
    { what: 'Computer (DNS)', value: 'ex01.corp.contoso.example' },
    { what: 'Forest', value: 'corp.contoso.example' },
  ],
  build: '10.0.20348',
  clock: '2026-11-20T12:07:30.500Z',
  aheadMs: 450_000,
  flags: ['unicode', 'target-info', 'extended-session-security', '128-bit keys'],
};

export const extendedProtection: ExtendedProtectionEvidence = {
  host,
  path: '/EWS/Exchange.asmx',
  method: 'NTLM',
  mode: 'required',
  attempts: [
    { binding: 'right', outcome: 'let in' },
    { binding: 'none', outcome: 'refused' },
    { binding: 'wrong', outcome: 'refused' },
  ],
  fingerprint: fingerprint(host, 32),
};

export const token: TokenEvidence = {
  host,
  source: 'device code',
  claims: [
    { name: 'aud', value: 'https://mail.contoso.example/' },
    { name: 'exp', value: '2026-11-20T13:00:00.000Z' },
    { name: 'xms_st', value: 'something of the issuer' },
  ],
  opaque: false,
};

export const service: ServiceEvidence = {
  name: '_autodiscover._tcp.contoso.example',
  resolver: '192.0.2.53',
  elapsedMs: 23,
  answer: 'NOERROR',
  records: [
    { priority: 10, weight: 5, port: 443, target: 'autodiscover.hosting-provider-with-a-long-name.example', ttl: 60 },
    { priority: 20, weight: 0, port: 8443, target: host, ttl: 60 },
  ],
  dropped: 990,
  aliases: [{ name: '_autodiscover._tcp.contoso.example', target: '_autodiscover._tcp.fabrikam.example', ttl: 300 }],
  questions: [
    {
      name: '_autodiscover._tcp.contoso.example',
      type: 'SRV',
      resolver: '192.0.2.53',
      answer: 'NOERROR',
      records: 992,
      elapsedMs: 22,
    },
  ],
};

const field = (name: string, offset: number, length: number, value: string): FieldSeen => ({
  ...{ name, offset, length, value },
  children: [],
});

const group = (name: string, children: FieldSeen[]): FieldSeen => {
  const [first, last] = [children[0], children.at(-1)];
  const offset = first?.offset ?? 0;
  return { name, offset, length: (last?.offset ?? 0) + (last?.length ?? 0) - offset, value: null, children };
};

const base64 = (octets: readonly number[]): string => Buffer.from(octets).toString('base64');
const counted = (count: number): number[] => Array.from({ length: count }, (_, place) => place % 256);
const name = [...'/o=Contoso/cn=alice'].map((letter) => letter.charCodeAt(0));

/** A name, flags, a secret, and a packed part of 16 octets that hold 40. */
const request = [...name, 0, 1, 0, 0, 0, ...counted(8).fill(0), 16, 0, 0, 0, ...counted(16)];

/** One that is well, with a packed part and a secret; one that ends too early within a group; one without octets. */
export const messages: MessagesEvidence = {
  host,
  protocol: 'MAPI over HTTP',
  dropped: 3,
  messages: [
    {
      name: 'Connect',
      direction: 'sent',
      atMs: 0,
      bytes: request.length,
      base64: base64(request),
      hidden: [{ offset: 24, length: 8 }],
      fields: [
        group('request', [
          field('UserDn', 0, 20, '"/o=Contoso/cn=alice"'),
          field('Flags', 20, 4, '0x00000001'),
          field('Token', 24, 8, 'hidden'),
          group('auxiliaryBuffer', [
            field('size', 32, 4, '0x00000010 (16)'),
            {
              ...field('payload', 36, 16, '000102… (16 bytes)'),
              layer: {
                name: 'LZ77',
                base64: base64(counted(40)),
                fields: [group('header', [field('version', 0, 2, '0x0001'), field('body', 2, 38, '0203… (38 bytes)')])],
              },
            },
          ]),
        ]),
      ],
    },
    {
      name: 'Connect',
      direction: 'received',
      atMs: 48,
      bytes: 6,
      base64: base64([0, 0, 0, 0, 235, 3]),
      fields: [group('response', [field('StatusCode', 0, 4, '0x00000000')])],
      problem: {
        path: 'connect.response.ErrorCode',
        offset: 4,
        reason: 'it needs 4 bytes, 2 are left',
        spec: '[MS-OXCMAPIHTTP] 2.2.4.1.2',
      },
    },
    { name: 'PING', direction: 'received', atMs: 1_250, bytes: 0, base64: '', fields: [] },
  ],
};

/** As long as one may be, with as many fields as are written down. */
export const longMessage: MessageSeen = {
  name: 'Execute',
  direction: 'received',
  atMs: 310,
  bytes: 65_536,
  base64: base64(counted(65_536)),
  fields: [
    group(
      'rows',
      Array.from({ length: 3_998 }, (_, place) => field(`[${place}]`, place * 16, 16, `row ${place}`)),
    ),
  ],
};

export const responseTimes: ResponseTimesEvidence = {
  host,
  request: 'PING',
  networkMs: 21,
  meanMs: 640,
  spreadMs: 120,
  rows: [
    { request: 'PING 1', totalMs: 480, serverMs: 3 },
    { request: 'PING 2', totalMs: 812, serverMs: 790 },
    { request: 'PING 3', totalMs: 655, serverMs: null },
  ],
};

export const factGroups: FactsEvidence = {
  host,
  groups: [
    {
      title: 'What the server says of itself',
      rows: [
        { name: 'X-ServerApplication', value: 'Exchange/15.02.1118.040' },
        { name: 'X-DiagInfo', value: 'EX01' },
        { name: 'X-DiagInfo', value: 'EX02' },
      ],
    },
  ],
  tables: [
    {
      title: 'Folders',
      columns: ['Folder', 'Items', 'Unread'],
      rows: [
        ['Inbox', '1,204', '12'],
        ['Drafts', '0', '0'],
      ],
    },
    { title: 'Servers', columns: ['Name'], rows: [] },
  ],
};
