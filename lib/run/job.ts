/** What a worker needs to know to do one run, apart from what is confidential. Plain JSON: it crosses a process border. */

/** For the runner the test and the network profile are luggage; whoever executes the job knows their types. */
export interface Job<Test = unknown, Network = unknown> {
  readonly run: string;
  readonly test: Test;
  readonly network: Network;
  /** The run's time budget in milliseconds. */
  readonly timeoutMs: number;
}
