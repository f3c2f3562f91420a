/** Every limit in one place, each with its reason. What a peer sends beyond one is a finding, never a crash. */
export const limits = {
  /** Silence after which a question is sent again, or to the next resolver; after the last it is given up. Windows waits 1, 1, 2, 4 s. */
  dnsWaitsMs: [1_000, 2_000, 3_000],
  /** A lookup with all its questions: stub resolvers give up after about 10 s in all. */
  dnsLookupMs: 10_000,
  /** With addresses of one family at hand, the other one gets this much longer; a client would not wait even that long. */
  dnsOtherFamilyMs: 3_000,
  /** With the addresses at hand, what is asked out of curiosity (a wildcard?) gets this much longer. */
  dnsCuriosityMs: 200,
  /** Fits into every packet on the way, so that no firewall has to put fragments together. DNS flag day 2020 */
  dnsDatagramBytes: 1_232,
  /** A whole /24 for one name, or a thousand hosts of a service, with aliases and signatures, stays below. */
  dnsRecords: 2_000,
  /** Resolvers follow no more aliases than these (Unbound and BIND 11, Knot 13). */
  aliases: 11,
  /** Windows gives up a connect after 21 s; people do not wait that long, and an open port answers within a second. */
  connectMs: 10_000,
  /** After one address has answered, the others get this long before they count as dead. */
  otherAddressesMs: 2_500,
  /** More addresses than this are not tried: no mail host has them, and a hostile zone could hold thousands. */
  addresses: 8,
  /** More hosts of a service than these are not used: clients have given up long before, and a zone can name a thousand. */
  serviceHosts: 20,
  tlsMs: 10_000,
  /** Chains and lists of authorities stay below 100 KiB. */
  handshakeBytes: 1024 * 1024,
  /** One of many connections to a server that has already shown how fast it is. */
  surveyMs: 5_000,
  /** In TLS 1.3 a server refuses after the handshake, one round trip later. */
  lateAlertMs: 2_000,
  /** All of them together. */
  surveyTotalMs: 25_000,
  /** Servers and devices before them take more than a handful at once for an attack. */
  surveyConnections: 6,
  /** What an answer to hand-made bytes may bring. */
  conversationBytes: 512 * 1024,
  /** The first page of a server of which nobody knows whether it speaks HTTP at all. */
  greetingMs: 10_000,
  /** A cold Exchange application pool needs up to 20 s for its first answer. */
  firstByteMs: 30_000,
  /** Silence in the middle of an answer. */
  bodyPauseMs: 15_000,
  /** From request to last byte: a server that sends a byte now and then must not hold a run. */
  exchangeMs: 60_000,
  /** What of a stream waits for somebody to read it: then the server has to wait, too. */
  streamBytes: 256 * 1024,
  /** A connection that nobody uses between two requests. IIS waits two minutes; it should be the one to hang up. */
  idleMs: 180_000,
  /** IIS sends at most 16 KiB of headers, proxies add a few. */
  headerBytes: 64 * 1024,
  /** The largest Autodiscover answers seen are below 100 KiB. */
  bodyBytes: 4 * 1024 * 1024,
  /** What evidence keeps of a body. */
  evidenceBytes: 64 * 1024,
  /** A chain of more than this many certificates is not looked at further. */
  chain: 20,
  /** What certificates point at: from the lookup to the last byte, redirects included. Authorities answer within a second. */
  fetchMs: 10_000,
  fetchRedirects: 3,
  /** One of each family. The addresses are somebody else's choice: eight of them would be eight strangers. */
  fetchAddresses: 2,
  /** Longer addresses are in no certificate of an authority. */
  fetchUrl: 2_000,
  /** A certificate of an issuer, or a bundle of a few. */
  issuerBytes: 256 * 1024,
  /** An OCSP answer has about 500 bytes, with the responder's certificate up to 5 KiB. */
  ocspBytes: 64 * 1024,
  /** The largest lists of public authorities have some 10 MiB. */
  crlBytes: 20 * 1024 * 1024,
  /** How a sign-in service describes itself: some 2 KiB, with all that exists not yet 20. */
  openidBytes: 256 * 1024,
  /** Asking all sources of revocation of a whole chain, and one source while others wait behind it: a silent host must not hold a run. */
  revocationMs: 10_000,
  revocationSourceMs: 4_000,
  /** From both requests of RPC over HTTP to CONN/A3: the proxy, which has sent back an echo by then, has to reach the server. */
  rpcA3Ms: 12_000,
  /** From there to CONN/C2. Servers wait some 10 s for the other channel; behind a proxy that buffers, it never comes. */
  rpcC2Ms: 12_000,
  /** An answer of RPC with all its fragments. What had to be started was started before: for the echo, and for the channels. */
  rpcAnswerMs: 15_000,
  /** One channel says why a connection ends a little later than the other one is closed. */
  rpcGraceMs: 500,
  /** Proxies let a channel be idle for two minutes at least. [MS-RPCH] 2.2.3.5.3; one that says less gets pings this often */
  rpcPingMs: 1_000,
  /** PDUs before an answer is complete: 4 MiB in the fragments that Windows sends are some 750. */
  rpcPdus: 2_000,
  /** The answer of an outbound proxy to CONNECT. */
  proxyHeaderBytes: 16 * 1024,
} as const;

/** A limit as text, for the finding. */
export function describeBytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`;
}
