/** What a judge says of a leaf that cannot be read: that is one problem, told once, by the judge of the rules. */
import { draft } from '#lib/result/finding.ts';
import type { Judgement } from '#lib/result/probe.ts';

/** @param what `name`, `dates`, `issuer`: what could not be judged because of it */
export function unreadable(what: string): Judgement<never> {
  const reason = 'the certificate cannot be read';
  return { ok: false, findings: [draft('tool.not-tested', { what: `The ${what} of the certificate`, reason })] };
}
