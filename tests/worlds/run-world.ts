/** Runs a lab world through the product as the command line does, in this process. */
import { headOf, parseRequest } from '#lib/analyzers/request.ts';
import { Secret } from '#lib/auth/secret.ts';
import { executeJob } from '#lib/engine/execute.ts';
import { RUN_BUDGET_MS } from '#lib/engine/job.ts';
import { profileFromArguments, vantageOf } from '#lib/net/profile.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { Emitted, RunEvent } from '#lib/result/events.ts';
import { type ResultNode, walk } from '#lib/result/node.ts';
import { type Report, report } from '#lib/result/report.ts';
import type { WorldEntry } from '#tests/lab/list.ts';

export interface WorldRun {
  readonly report: Report;
  readonly events: readonly RunEvent[];
  readonly evidence: ReadonlyMap<string, unknown>;
}

/** The whole run of the world's analyzer, or of another one against its mail server. */
export async function runWorld(world: WorldEntry, analyzer = world.analyzer): Promise<WorldRun> {
  const parsed = parseRequest(analyzer, { email: world.email, username: world.username, host: mailHost(world) });
  const profile = profileFromArguments(world.options);
  if (!parsed.ok || !profile.ok) throw new Error(`the world ${world.name} cannot be asked for`);
  const events: RunEvent[] = [];
  const evidence = new Map<string, unknown>();
  const emit = ({ at, body }: Emitted): void => void events.push({ v: 1, seq: events.length + 1, at, ...body });
  emit({ at: Date.now(), body: { kind: 'opened', head: headOf(parsed.request, vantageOf(profile.profile), 0) } });
  const job = { run: world.name, test: parsed.request, network: profile.profile, timeoutMs: RUN_BUDGET_MS };
  const output = { emit, evidence: (id: string, _kind: string, body: string) => evidence.set(id, JSON.parse(body)) };
  await executeJob(job, Secret.of(world.password), output, new AbortController().signal);
  const result = report(events);
  if (result === null) throw new Error(`the run of ${world.name} has no verdict`);
  return { report: result, events, evidence };
}

const mailHost = (world: WorldEntry): string => world.target ?? `autodiscover.${world.email.split('@')[1]}`;

/** Every code found anywhere in the tree, also where it did not count. */
export function codesIn(root: ResultNode): FindingCode[] {
  return [...new Set([...walk(root)].flatMap((node) => node.findings.map((finding) => finding.code)))];
}
