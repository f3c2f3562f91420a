/** A report as JSON, every message with its English sentence beside it, evidence inlined. */
import type { ResultNode } from '#lib/result/node.ts';
import { rendered } from '#lib/result/rendered.ts';
import type { Report } from '#lib/result/report.ts';

/** Evidence bodies by id; one that is missing leaves its reference without a body. */
export type Bodies = ReadonlyMap<string, unknown>;

/** Indented, ending in a newline. */
export function reportJson(report: Report, bodies: Bodies): string {
  const whole = { ...rendered(report), root: withBodies(rendered(report.root), bodies) };
  return `${JSON.stringify(whole, null, 2).replaceAll(UNSEEN, escaped)}\n`;
}

/** JSON may hold them as they are, but a terminal would obey them. */
const UNSEEN = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;
const escaped = (character: string): string =>
  character.split('').reduce((text, unit) => `${text}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`, '');

/** Bodies are put in after rendering: they are what a server sent, and nothing in them is a message of ours. */
function withBodies(node: ResultNode, bodies: Bodies): ResultNode {
  const evidence = node.evidence.map((ref) => (bodies.has(ref.id) ? { ...ref, body: bodies.get(ref.id) } : ref));
  return { ...node, evidence, children: node.children.map((child) => withBodies(child, bodies)) };
}
