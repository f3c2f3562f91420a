/** Runs a lab world through the product as the command line does, in this process. */
import { readFileSync } from 'node:fs';
import { noOAuth } from '#lib/analyzers/oauth.ts';
import { headOf, parseRequest } from '#lib/analyzers/request.ts';
import { LockedFile, NO_CONFIDENCES, Secret } from '#lib/auth/secret.ts';
import { executeJob } from '#lib/engine/execute.ts';
import { RUN_BUDGET_MS } from '#lib/engine/job.ts';
import { profileFromArguments, vantageOf } from '#lib/net/profile.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { Emitted, RunEvent } from '#lib/result/events.ts';
import { type ResultNode, walk } from '#lib/result/node.ts';
import { type Report, report } from '#lib/result/report.ts';
import { Questions } from '#lib/run/questions.ts';
import type { WorldEntry } from '#tests/lab/list.ts';

/** What of a world a run needs. */
export type RunnableWorld = Omit<WorldEntry, 'options'> & {
  /** What the owner says to every question; without it there is nobody to ask. */
  readonly answers?: 'yes' | 'no';
};

export interface WorldRun {
  readonly report: Report;
  readonly events: readonly RunEvent[];
  readonly evidence: ReadonlyMap<string, unknown>;
}

/**
 * The whole run of the world's analyzer, or of another one against its mail server.
 * @param file with the client certificate, if it is not to be opened with the empty pass phrase
 */
export async function runWorld(
  world: RunnableWorld,
  analyzer = world.analyzer,
  file: LockedFile | null = clientFileOf(world),
): Promise<WorldRun> {
  const parsed = parseRequest(analyzer, valuesOf(world));
  const profile = profileFromArguments(world.network);
  if (!parsed.ok || !profile.ok) throw new Error(`the world ${world.name} cannot be asked for`);
  const events: RunEvent[] = [];
  const evidence = new Map<string, unknown>();
  const { answers } = world;
  // Somebody is there: a code is shown to him, and the lab's sign-in service lets him in by itself.
  const questions = world.signInWith === 'device-code' || answers !== undefined ? new Questions() : undefined;
  const emit = ({ at, body }: Emitted): void => {
    events.push({ v: 1, seq: events.length + 1, at, ...body });
    if (body.kind === 'asked' && answers !== undefined) questions?.answer(body.question.id, answers);
  };
  emit({ at: Date.now(), body: { kind: 'opened', head: headOf(parsed.request, vantageOf(profile.profile), 0) } });
  const oauth = { ...noOAuth, clientId: 'throughline' };
  const job = { run: world.name, test: parsed.request, network: profile.profile, oauth, timeoutMs: RUN_BUDGET_MS };
  const output = { emit, evidence: (id: string, _kind: string, body: string) => evidence.set(id, JSON.parse(body)) };
  const password = world.signInWith === undefined ? Secret.of(world.password) : null;
  const confidences = { ...NO_CONFIDENCES, password, file };
  await executeJob(job, confidences, output, new AbortController().signal, questions);
  const result = report(events);
  if (result === null) throw new Error(`the run of ${world.name} has no verdict`);
  return { report: result, events, evidence };
}

/** The fields of the form, as somebody fills them in who tests this world. */
function valuesOf(world: RunnableWorld): Record<string, string | undefined> {
  const {
    email,
    username,
    principal,
    pins = [],
    clientCertificate,
    redirectTo = [],
    askMicrosoft,
    client,
    signInWith,
  } = world;
  const { server, longWait, hideFolders, rpcServer, rpcAuth, endpointMapper } = world;
  return {
    ...{ email, username, principal, clientCertificate, host: mailHost(world), client, signInWith },
    pins: pins.join('\n'),
    redirectTo: redirectTo.join(' '),
    askMicrosoft: askMicrosoft && 'yes',
    ...{ server, longWait, hideFolders: hideFolders && 'yes' },
    ...{ rpcServer, rpcAuth, endpointMapper: endpointMapper && 'yes' },
  };
}

function clientFileOf({ clientCertificate }: RunnableWorld): LockedFile | null {
  return clientCertificate === undefined ? null : LockedFile.of(readFileSync(clientCertificate), null);
}

const mailHost = (world: RunnableWorld): string => world.target ?? `autodiscover.${world.email.split('@')[1]}`;

/** Every code found anywhere in the tree, also where it did not count. */
export function codesIn(root: ResultNode): FindingCode[] {
  return [...new Set([...walk(root)].flatMap((node) => node.findings.map((finding) => finding.code)))];
}
