/** How Outlook comes to its mailbox; as yet as far as its settings. */
import type { Net } from '#lib/net/door.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { type AutodiscoverTarget, autodiscover, planAutodiscover } from './autodiscover.ts';
import type { Context } from './context.ts';

export type OutlookTarget = AutodiscoverTarget;

/** The plan of the test. */
export function planOutlook(target: OutlookTarget): PlannedNode[] {
  return planAutodiscover(target);
}

/** Runs the test. */
export function outlook(scope: Scope<Net>, target: OutlookTarget, context: Context): Promise<StepResult<unknown>> {
  return autodiscover(scope, target, context);
}
