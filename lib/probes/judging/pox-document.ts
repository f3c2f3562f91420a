/** From an HTTP answer to an Autodiscover document, or to the finding that says why there is none. */
import { type HttpAnswer, header } from '#lib/net/http-message.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { DocumentFault } from '#lib/wire/autodiscover/document.ts';
import { decodePoxResponse, type PoxResponse } from '#lib/wire/autodiscover/pox.ts';
import type { Untidy } from '#lib/wire/autodiscover/untidy.ts';
import { MAX_DEPTH } from '#lib/wire/xml/reader.ts';

export type ReadDocument =
  | { readonly ok: true; readonly response: PoxResponse; readonly untidy: readonly FindingDraft[] }
  | { readonly ok: false; readonly finding: FindingDraft };

/** Reads plain XML, in the schema of Outlook or of phones. */
export function readPoxAnswer(answer: HttpAnswer): ReadDocument {
  const { host } = answer;
  const document = decodePoxResponse(answer.body, header(answer.headers, 'content-type'));
  if (!document.ok) return { ok: false, finding: faultFinding(document.fault, answer) };
  return { ok: true, response: document.response, untidy: untidyFindings(document.untidy, host) };
}

/** More oddities than this are not listed one by one. */
const MOST_NOTES = 6;

/** One notice for all that is odd about a document. */
export function untidyFindings(untidy: readonly Untidy[], host: string): FindingDraft[] {
  if (untidy.length === 0) return [];
  const worst = untidy.toSorted((one, other) => Number(other.breaks) - Number(one.breaks)).slice(0, MOST_NOTES);
  return [draft('autodiscover.untidy-document', { host, what: worst.map(({ words }) => words) })];
}

/** What came in place of a document. */
export function faultFinding({ kind, reason, line, column }: DocumentFault, { host, path }: HttpAnswer): FindingDraft {
  switch (kind) {
    case 'html':
    case 'json':
    case 'xml':
    case 'text':
    case 'empty':
      return draft('http.unexpected-answer', { host, path, what: reason });
    case 'too-deep':
      return draft('net.limit-reached', { host, what: 'XML nesting', limit: `${MAX_DEPTH} levels` });
    case 'too-many':
      return draft('net.limit-reached', { host, what: 'XML elements', limit: reason });
    case 'malformed':
    case 'truncated':
      return draft('autodiscover.invalid-xml', { host, reason, line, column });
  }
}
