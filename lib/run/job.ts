/** What a worker needs to know to do one run, apart from the credential. Plain JSON: it crosses a process border. */

/** How the run sees the network. Parsed and checked by `lib/net`; for the runner it is luggage. */
export type Luggage = Readonly<Record<string, unknown>>;

export interface Job<Network = Luggage> {
  readonly run: string;
  readonly analyzer: string;
  readonly target: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string | boolean>>;
  readonly network: Network;
  /** The run's time budget in milliseconds. */
  readonly timeoutMs: number;
}
