/** How a run that lost its runner is brought to an end: what was running is closed, what was planned is skipped. */

import { catalogue } from './catalogue/index.ts';
import type { EventBody } from './events.ts';
import type { Finding, FindingDraft } from './finding.ts';
import { type ResultNode, ROOT, walk } from './node.ts';
import { type RunState, reduce } from './reducer.ts';
import { judge } from './verdict.ts';

/** The events that end an unfinished run with this finding at its root. Empty for a run that has ended. */
export function endUnfinished(run: RunState, why: FindingDraft): EventBody[] {
  if (run.status === 'closed') return [];
  const found: EventBody = { kind: 'found', node: ROOT, finding: atRoot(why) };
  const ended = [...walk(run.root)].reverse().flatMap(closing);
  const events = [found, ...ended];
  const { root } = events.reduce(after, run);
  const verdict = judge(root, run.head?.analyzer ?? 'run', String(run.head?.target.name ?? ''));
  return [...events, { kind: 'judged', verdict, clients: [] }, { kind: 'closed' }];
}

function atRoot(why: FindingDraft): Finding {
  const { code, args, severity = catalogue[code].severity } = why;
  return { id: `${ROOT}#${code}`, code, severity, args };
}

function closing(node: ResultNode): EventBody[] {
  if (node.status === 'running' || node.id === ROOT) return [{ kind: 'ended', node: node.id, status: 'broken' }];
  if (node.status === 'planned') return [{ kind: 'ended', node: node.id, status: 'skipped', because: ROOT }];
  return [];
}

function after(run: RunState, body: EventBody): RunState {
  return reduce(run, { v: 1, seq: run.seq + 1, at: run.zero ?? 0, ...body });
}
