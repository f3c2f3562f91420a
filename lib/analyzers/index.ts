/** The analyzers by name: what each plans, and how it runs. */
import type { Net } from '#lib/net/door.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Context } from './context.ts';
import { outlook, planOutlook } from './outlook.ts';
import type { TestRequest } from './request.ts';
import { planTls, tls } from './tls.ts';

export interface Analysis {
  readonly plan: readonly PlannedNode[];
  readonly body: (scope: Scope<Net>, context: Context) => Promise<StepResult<unknown>>;
}

/** The analysis that a request asks for. */
export function analysisOf(request: TestRequest): Analysis {
  switch (request.analyzer) {
    case 'outlook':
      return { plan: planOutlook(request), body: (scope, context) => outlook(scope, request, context) };
    case 'tls':
      return { plan: planTls(request), body: (scope, context) => tls(scope, request, context) };
  }
}
