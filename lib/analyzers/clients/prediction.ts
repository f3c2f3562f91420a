/** What one kind of mail client would do with the answers. */
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { ClientOutcome } from '#lib/result/verdict.ts';
import type { ClientId } from '../clients.ts';
import type { MethodId, Offer } from './facts.ts';
import type { TransportId } from './transports.ts';

export interface TriedMethod {
  readonly method: MethodId;
  /** `nothing`: it goes on. `unusable`: settings, or a way to sign in, that are none for this client. `unknown`: the run did not see it. */
  readonly result: 'settings' | 'nothing' | 'unusable' | 'unknown';
  /** Null where that cannot be said. */
  readonly elapsedMs: number | null;
}

export interface ClientPrediction {
  readonly client: ClientId;
  /** `connects`: it gets settings that it can use; where the transports were tried, one that it speaks opens the mailbox. */
  readonly outcome: ClientOutcome['outcome'];
  /** The method that wins. */
  readonly by: MethodId | null;
  /** By which it opens the mailbox, null where none lets it in; absent where that was not tried. */
  readonly transport?: TransportId | null;
  /** Only what stands in this client's way. */
  readonly because: readonly FindingCode[];
  /** In its order, as far as it gets. */
  readonly methods: readonly TriedMethod[];
  /** Until it has its settings or gives up; null where that cannot be said. */
  readonly totalMs: number | null;
  /** What it can use of what it was told, best first. */
  readonly knows: readonly Offer[];
  readonly note: string;
}
