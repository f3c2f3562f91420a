/** Small words for declaring a plan. */
import type { Message } from '#lib/result/message.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';

interface Planned {
  readonly id: string;
  readonly titles: { readonly planned: (subject: Subject) => Message };
}

/**
 * A step of this probe.
 * @param fact names a host fact that several places of the plan share
 */
export function planStep(probe: Planned, subject: Subject, key: string, fact?: string): PlannedNode {
  const step = { key, step: probe.id, title: probe.titles.planned(subject), children: [] };
  return fact === undefined ? step : { ...step, fact };
}

/** A group of steps that follow or accompany each other. */
export function planGroup(key: string, title: Message, children: readonly PlannedNode[]): PlannedNode {
  return { key, step: 'group', title, children };
}

/** A group of which one child is enough. */
export function planAlternatives(key: string, title: Message, children: readonly PlannedNode[]): PlannedNode {
  return { key, step: 'alternatives', title, alternatives: true, children };
}
