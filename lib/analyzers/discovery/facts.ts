/** From what a run has seen to what is needed to say how each kind of client fares. */
import type { CloudAnswer } from '#lib/probes/cloud-autodiscover.ts';
import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import type { Finding } from '#lib/result/finding.ts';
import { childId, type ResultNode, walk } from '#lib/result/node.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { DiscoveryFacts, DocumentId, Documents, MethodFacts } from '../clients/facts.ts';
import { CLOUD_HOST } from './cloud.ts';
import type { MethodNotes } from './notes.ts';

/**
 * @param search the group of all ways, ended
 * @param cloud null where Microsoft 365 was not asked
 */
export function factsOf(
  notes: readonly MethodNotes[],
  search: ResultNode,
  cloud: StepResult<CloudAnswer> | null,
): DiscoveryFacts {
  const methods = notes.flatMap((each) => {
    const branch = search.children.find(({ id }) => id === childId(search.id, each.method));
    return branch === undefined ? [] : [methodFacts(each, branch)];
  });
  return { methods: cloud === null ? methods : [cloudFacts(cloud), ...methods] };
}

function methodFacts(notes: MethodNotes, branch: ResultNode): MethodFacts {
  const documents = documentsOf(notes);
  const works = Object.values(documents).some((document) => document !== null && document !== undefined);
  const findings = [...walk(branch)].flatMap((node) => node.findings);
  const untested = findings.filter(({ code }) => code === 'tool.not-tested' || code === 'auth.password-not-usable');
  const errors = findings.filter(({ severity }) => severity === 'error');
  return {
    method: notes.method,
    host: notes.host,
    outcome: works ? 'works' : errors.length === 0 && untested.length > 0 ? 'not-tested' : 'fails',
    because: codesOf(errors.length > 0 ? errors : untested),
    felt: codesOf(findings.filter(({ code }) => catalogue[code].felt)),
    elapsedMs: waited(branch),
    signIn: notes.signIn,
    channelBindingRequired: notes.channelBindingRequired,
    asker: notes.asker,
    documents,
    missing: notes.missing,
  };
}

function documentsOf({ documents, json }: MethodNotes): Documents {
  const summaries = Object.entries(documents).map(([id, document]) => [
    id as DocumentId,
    document && { offers: document.offers },
  ]);
  return { ...Object.fromEntries(summaries), ...(json === null ? {} : { json: json.urls }) };
}

const codesOf = (findings: readonly Finding[]): FindingCode[] => [...new Set(findings.map(({ code }) => code))];

/** What a client would not do before it has its settings. */
const BESIDE = ['formats', 'windows', 'modern', 'binding'];

/** From the beginning of a way to the last step that a client goes on it; the branch itself lasts until all are judged. */
function waited(branch: ResultNode): number | null {
  const ended = [...onTheWay(branch)].flatMap(({ startedMs, elapsedMs }) =>
    startedMs === null || elapsedMs === null ? [] : [startedMs + elapsedMs],
  );
  return ended.length === 0 || branch.startedMs === null ? null : Math.round(Math.max(...ended) - branch.startedMs);
}

function* onTheWay(node: ResultNode): Generator<ResultNode> {
  for (const child of node.children) {
    if (BESIDE.includes(child.id.slice(node.id.length + 1))) continue;
    if (child.children.length === 0) yield child;
    yield* onTheWay(child);
  }
}

/** The JSON of Microsoft 365 is where Outlook's direct connection begins. */
function cloudFacts(cloud: StepResult<CloudAnswer>): MethodFacts {
  const url = cloud.ok ? cloud.value.url : null;
  return {
    method: 'cloud',
    host: CLOUD_HOST,
    outcome: url === null ? 'fails' : 'not-tested',
    because: cloud.ok ? [] : cloud.codes,
    felt: [],
    elapsedMs: null,
    signIn: url === null ? [] : ['bearer'],
    channelBindingRequired: false,
    asker: 'outlook',
    documents: url === null ? {} : { json: { AutodiscoverV1: url } },
  };
}
