/** The text for whoever has to repair it: what is wrong, where it was seen, where it is explained. Pure. */
import { findingText, messageText } from '#components/tree/sentence.ts';
import type { RunState } from '#lib/result/reducer.ts';
import { actorWords } from '#lib/result/words.ts';
import { type NamedCause, namedCauses } from './answer.ts';

/** `null` when nothing is there to be handed over. `origin` is where articles are found. */
export function handover(run: RunState, origin: string): string | null {
  const causes = namedCauses(run);
  if (run.verdict === null || run.head === null || causes.length === 0) return null;
  const named = causes.map((cause, place) => paragraph(cause, causes.length > 1 ? place + 1 : null, origin));
  return [`${messageText(run.verdict.summary)}.`, ...named, seen(run)].join('\n\n');
}

/** A cause that stands alone has been said by the first sentence. */
function paragraph({ cause, finding }: NamedCause, number: number | null, origin: string): string {
  return [
    ...(number === null ? [] : [`${number}. ${findingText(finding)}.`]),
    `To be repaired by: ${actorWords[cause.actor]}.`,
    ...(cause.consequences > 0 ? [`Not reached because of it: ${steps(cause.consequences)}.`] : []),
    `What this means and how to fix it: ${origin}/findings/${finding.code}`,
  ].join('\n');
}

const steps = (count: number): string => (count === 1 ? '1 step' : `${count} steps`);

function seen({ head }: RunState): string {
  if (head === null) return '';
  const at = new Date(head.startedAt);
  const when = Number.isNaN(at.getTime()) ? '' : ` on ${at.toISOString().slice(0, 16).replace('T', ' at ')} UTC`;
  return `Seen by Throughline from "${head.vantage.name}"${when}, testing ${String(head.target.name ?? '')}.`;
}
