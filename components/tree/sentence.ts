/** What a row says. All sentences come from the server as `text`; the browser has no catalogue. */
import type { Finding } from '#lib/result/finding.ts';
import type { Message } from '#lib/result/message.ts';
import { find, type ResultNode, ROOT } from '#lib/result/node.ts';

export const messageText = (message: Message): string => message.text ?? message.key;
export const findingText = (finding: Finding): string => finding.text ?? finding.code;

/** The finding that speaks for a row: the first error, else the first warning. */
export function leading(node: ResultNode): Finding | undefined {
  const first = (severity: Finding['severity']) => node.findings.find((finding) => finding.severity === severity);
  return first('error') ?? first('warning');
}

/** What is true of this step now. */
export function sentenceOf(node: ResultNode): string {
  const finding = leading(node);
  return finding === undefined ? messageText(node.title) : findingText(finding);
}

/** Why a step was not reached, out of the step that stopped it; `null` when that step is not in the tree. */
export function reasonOf(root: ResultNode, because: string): string | null {
  const cause = because === ROOT ? root : find(root, because);
  if (cause === undefined) return null;
  const own = leading(cause) ?? cause.findings[0];
  if (own !== undefined) return findingText(own);
  return cause.id === ROOT ? null : messageText(cause.title);
}

/** Where a row stands in the page. */
export const rowId = (node: string): string => `step-${node}`;
export const rowHref = (node: string): string => `#${encodeURI(rowId(node))}`;
