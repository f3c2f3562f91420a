/** The article of a finding code, as it stands in the project. */
import { readFileSync } from 'node:fs';
import { isFindingCode } from '#lib/result/catalogue/index.ts';

/** The article in Markdown; null for a code that does not exist. */
export function explain(code: string): string | null {
  return isFindingCode(code) ? readFileSync(new URL(`../advice/en/${code}.md`, import.meta.url), 'utf8') : null;
}
