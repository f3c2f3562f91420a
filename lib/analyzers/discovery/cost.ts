/** What a way that leads nowhere costs the clients that try it before the one that works. */
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import { type ResultNode, walk } from '#lib/result/node.ts';

/** People notice a wait of this length. */
const SLOW_MS = 5_000;

const SILENT: readonly FindingCode[] = ['tcp.timeout', 'tls.timeout', 'http.timeout', 'dns.lookup-timeout'];

/** The finding about a branch that failed because its host keeps silent; null where it failed quickly, or for another reason. */
export function costOf(branch: ResultNode): FindingDraft | null {
  const silent = [...walk(branch)].find(({ findings }) => findings.some(({ code }) => SILENT.includes(code)));
  const host = silent?.findings.find(({ code }) => SILENT.includes(code))?.args.host;
  const waited = [...walk(branch)].reduce(
    (sum, { children, elapsedMs }) => sum + (children.length === 0 ? (elapsedMs ?? 0) : 0),
    0,
  );
  if (typeof host !== 'string' || waited < SLOW_MS) return null;
  return draft('autodiscover.slow-method-first', { host, waited: Math.round(waited) });
}
