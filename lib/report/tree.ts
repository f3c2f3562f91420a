/** A report as plain text: verdict first, then the tree. For the terminal, the clipboard and tickets. */
import type { Finding } from '#lib/result/finding.ts';
import { showDuration } from '#lib/result/message.ts';
import { type ResultNode, walk } from '#lib/result/node.ts';
import type { Report } from '#lib/result/report.ts';
import { findingMessage, text } from '#lib/result/text.ts';
import type { Verdict } from '#lib/result/verdict.ts';
import { actorWords, outcomeWords, stateSigns, stateWords } from '#lib/result/words.ts';

/** The whole report. */
export function reportText(report: Report): string {
  const seen = `${showDuration(report.elapsedMs)}, started ${report.startedAt}, seen from "${report.vantage.name}"`;
  return [
    ...verdictLines(report.verdict, report.root),
    seen,
    // What concerns the run as a whole stands at its root: cancelled, interrupted, not kept.
    ...report.root.findings.map(findingLine),
    '',
    ...report.root.children.flatMap((node) => nodeLines(node)),
    '',
  ].join('\n');
}

function verdictLines(verdict: Verdict, root: ResultNode): string[] {
  const first = verdict.causes[0];
  const others = verdict.causes.slice(1).map(({ finding }) => `Also: ${sentenceOf(finding, root)}`);
  return [
    `${outcomeWords[verdict.status].toUpperCase()}: ${text(verdict.summary)}`,
    ...(verdict.actor === null ? [] : [`To be repaired by: ${actorWords[verdict.actor]} (${verdict.code})`]),
    ...(first === undefined || first.consequences === 0 ? [] : [`Because of this: ${steps(first.consequences)}`]),
    ...others,
  ];
}

const steps = (count: number): string => (count === 1 ? '1 step was not reached' : `${count} steps were not reached`);

function sentenceOf(id: string, node: ResultNode): string {
  const own = node.findings.find((finding) => finding.id === id);
  if (own !== undefined) return `${text(findingMessage(own))} (${own.code})`;
  return node.children.map((child) => sentenceOf(id, child)).find((found) => found !== '') ?? '';
}

/** The lines of a node and all below it. Steps that were not reached, and say nothing of their own, are counted in one line. */
export function nodeLines(node: ResultNode, depth = 0): string[] {
  const indent = '  '.repeat(depth);
  if (node.status === 'not-needed') return [`${indent}${nodeLine(node)}${whyNot(node)}`];
  const quiet = node.children.filter(isQuiet);
  const told = node.children.filter((child) => !quiet.includes(child));
  return [
    `${indent}${nodeLine(node)}`,
    ...node.findings.map((finding) => `${indent}    ${findingLine(finding)}`),
    ...told.flatMap((child) => nodeLines(child, depth + 1)),
    ...(quiet.length === 0 ? [] : [`${indent}  ${stateSigns.skipped} ${steps(quiet.length)}`]),
  ];
}

/** What was not needed says in half a line why it would not have served. */
function whyNot(node: ResultNode): string {
  const [first] = [...walk(node)].flatMap(({ findings }) => findings);
  return first === undefined ? '' : `  (${text(findingMessage(first))})`;
}

const isQuiet = ({ status, findings, children }: ResultNode): boolean =>
  status === 'skipped' && findings.length === 0 && children.every(isQuiet);

/** One row: sign, sentence, state and time. */
export function nodeLine(node: ResultNode): string {
  const state = node.status === 'passed' ? '' : `  [${stateWords[node.status]}]`;
  const time = node.elapsedMs === null ? '' : `  ${showDuration(node.elapsedMs)}`;
  return `${stateSigns[node.status]} ${text(node.title)}${state}${time}`;
}

/** A finding with its severity and code. */
export function findingLine(finding: Finding): string {
  return `${finding.severity}: ${text(findingMessage(finding))} (${finding.code})`;
}
