/** What an analyzer is to whoever executes it. */
import type { Net } from '#lib/net/door.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Context } from './context.ts';

export interface Analysis {
  readonly plan: readonly PlannedNode[];
  readonly body: (scope: Scope<Net>, context: Context) => Promise<StepResult<unknown>>;
}
