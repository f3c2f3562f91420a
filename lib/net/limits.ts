/** Every limit in one place, each with its reason. What a peer sends beyond one is a finding, never a crash. */
export const limits = {
  /** A resolver that is silent for this long, twice, will not answer: stub resolvers give up after about 10 s in all. */
  dnsTryMs: 3_000,
  dnsTries: 2,
  /** Windows gives up a connect after 21 s; people do not wait that long, and an open port answers within a second. */
  connectMs: 10_000,
  /** After one address has answered, the others get this long before they count as dead. */
  otherAddressesMs: 2_500,
  /** More addresses than this are not tried: no mail host has them, and a hostile zone could hold thousands. */
  addresses: 8,
  tlsMs: 10_000,
  /** A cold Exchange application pool needs up to 20 s for its first answer. */
  firstByteMs: 30_000,
  /** Silence in the middle of an answer. */
  bodyPauseMs: 15_000,
  /** From request to last byte: a server that sends a byte now and then must not hold a run. */
  exchangeMs: 60_000,
  /** IIS sends at most 16 KiB of headers, proxies add a few. */
  headerBytes: 64 * 1024,
  /** The largest Autodiscover answers seen are below 100 KiB. */
  bodyBytes: 4 * 1024 * 1024,
  /** What evidence keeps of a body. */
  evidenceBytes: 64 * 1024,
  /** A chain of more than this many certificates is not looked at further. */
  chain: 20,
  /** The answer of an outbound proxy to CONNECT. */
  proxyHeaderBytes: 16 * 1024,
} as const;

/** A limit as text, for the finding. */
export function describeBytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`;
}
