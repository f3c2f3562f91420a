/** How strongly a row may be coloured. A failure under an alternative that was not needed, or is not judged yet, is grey. */
import type { Finding } from '#lib/result/finding.ts';
import type { NodeState, ResultNode } from '#lib/result/node.ts';

export type Tone = 'bad' | 'warn' | 'good' | 'mute' | 'accent';
/** The strongest colour that the rows above admit. */
export type Cap = 'bad' | 'warn' | 'mute';

export const toneText: Record<Tone, string> = {
  bad: 'text-bad',
  warn: 'text-warn',
  good: 'text-good',
  mute: 'text-mute',
  accent: 'text-accent',
};

const unsettled: readonly NodeState[] = ['planned', 'running', 'not-needed'];

/** What this node admits below itself. `alternative`: its siblings are alternatives to it. */
export function capBelow(node: ResultNode, cap: Cap, alternative: boolean): Cap {
  if (cap === 'mute' || node.status === 'not-needed' || (alternative && unsettled.includes(node.status))) return 'mute';
  return node.status === 'failed' || node.status === 'running' || node.status === 'planned' ? cap : lighter(cap);
}

/** The colour of a state under this cap. */
export function toneOf(status: NodeState, cap: Cap): Tone {
  if (status === 'running') return 'accent';
  if (cap === 'mute') return 'mute';
  if (status === 'passed') return 'good';
  if (status === 'failed') return cap;
  return status === 'warning' || status === 'broken' ? 'warn' : 'mute';
}

/** The colour of a finding under this cap. */
export function findingTone(severity: Finding['severity'], cap: Cap): Tone {
  if (severity === 'notice' || cap === 'mute') return 'mute';
  return severity === 'error' ? cap : 'warn';
}

const lighter = (cap: Cap): Cap => (cap === 'bad' ? 'warn' : cap);

/** Whether somebody should look here: red, amber, or not tested for a reason that stands at this very step. */
export function needsEye(node: ResultNode, cap: Cap): boolean {
  const tone = toneOf(node.status, cap);
  if (tone === 'bad' || tone === 'warn') return true;
  return node.status === 'skipped' && cap !== 'mute' && node.findings.length > 0;
}

/** Whether somebody should look here or anywhere below. */
export function leadsToProblem(node: ResultNode, cap: Cap, alternative: boolean): boolean {
  if (needsEye(node, cap)) return true;
  const below = capBelow(node, cap, alternative);
  return node.children.some((child) => leadsToProblem(child, below, node.alternatives === true));
}
