/** One host and port: name, connection, TLS and certificate, without credentials. */
import type { Net } from '#lib/net/door.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Context } from './context.ts';
import { planHost, reachHost } from './host.ts';
import { planGroup } from './plan.ts';

/** The plan of the test. */
export function planTls(target: Subject): PlannedNode[] {
  const { host, port } = target;
  return [planGroup('host', title('host.title', { host, port: String(port) }), planHost(target))];
}

/** Runs the test. */
export function tls(scope: Scope<Net>, target: Subject, context: Context): Promise<StepResult<unknown>> {
  return scope.group('host', (group) => reachHost(group, target, context));
}
