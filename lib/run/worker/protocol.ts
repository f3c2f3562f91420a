/**
 * The messages between whoever starts runs and whoever executes them: worker processes now, the command line in its own process,
 * later an agent inside another network.
 */
import type { HandedOver } from '#lib/auth/handover.ts';
import type { Answer, Emitted } from '#lib/result/events.ts';
import type { FindingDraft } from '#lib/result/finding.ts';
import type { Confided } from '#lib/result/question.ts';
import type { Job } from '../job.ts';

export type ToWorker =
  | { readonly type: 'start'; readonly job: Job; readonly confidences: HandedOver }
  | { readonly type: 'cancel'; readonly run: string }
  /** To a question that came as an `asked` event. */
  | { readonly type: 'answer'; readonly run: string; readonly question: string; readonly answer: Answer };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'event'; readonly run: string; readonly emitted: Emitted }
  /** Always sent before the event that refers to it. */
  | {
      readonly type: 'evidence';
      readonly run: string;
      readonly id: string;
      readonly kind: string;
      readonly body: string;
    }
  /** Always sent before the `asked` event. For the owner alone: neither stored nor logged, and forgotten when the question is closed. */
  | { readonly type: 'confided'; readonly run: string; readonly question: string; readonly confided: Confided }
  | { readonly type: 'end'; readonly run: string };

/** Where a run's output goes. */
export interface RunSink {
  emit(run: string, emitted: Emitted): void;
  /** @param body JSON */
  evidence(run: string, id: string, kind: string, body: string): void;
  /** For the owner alone, while the question is open. */
  confide(run: string, question: string, confided: Confided): void;
  /** The run will send nothing more and has not ended itself: `why` belongs at its root. */
  lost(run: string, why: FindingDraft): void;
  ended(run: string): void;
}
