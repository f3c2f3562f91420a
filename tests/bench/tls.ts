/** What a whole analysis of one TLS server costs, in milliseconds and connections, beside other programs that find the same facts. */
import { Resolver } from 'node:dns/promises';
import { connect, createServer, type Socket } from 'node:net';
import { whyMissing } from '#lib/launch/foreign.js';
import type { TlsSurveyEvidence } from '#lib/result/evidence.ts';
import { listen } from '#tests/lab/net/listen.ts';
import { runWorld, type WorldRun } from '#tests/worlds/run-world.ts';
import type { LabProcess } from './lab-process.ts';
import { type Line, median, ms, type Part } from './numbers.ts';
import { type Facts, type Goal, sClient, testssl } from './scanners.ts';

const RUNS = 30;
const WORLD = 'healthy';

interface Measured {
  readonly ms: number;
  readonly connections: number;
  readonly facts: Facts;
}

/** Runs `tls` on the healthy world, then the others on the same host. */
export async function measureTls(lab: LabProcess): Promise<Part> {
  const goal = await goalOf(lab);
  const ours = await measureOurs(lab, goal);
  const others = [
    await compared('testssl', 'testssl.sh, for these facts', testssl, goal, ours),
    await compared('openssl', 'openssl s_client, seven calls', sClient, goal, ours),
  ];
  const first = { what: 'ours, median', value: ms(ours.ms), note: `${RUNS} runs; ${ours.connections} connections` };
  return { title: '`tls` on the healthy world, beside other scanners', lines: [first, ...others] };
}

async function measureOurs(lab: LabProcess, goal: Goal): Promise<Measured> {
  const run = (): Promise<WorldRun> => runWorld(lab.world(WORLD), 'tls');
  const counted = await countingConnections(goal, async (through) => {
    const world = lab.world(WORLD);
    const network = [...world.network, '--connect', `${goal.host}:443=${through.address}:${through.port}`];
    return factsOf(await runWorld({ ...world, network }, 'tls'));
  });
  const samples: number[] = [];
  for (await run(); samples.length < RUNS; ) samples.push(await timed(run).then(({ took }) => took));
  return { ms: median(samples), connections: counted.connections, facts: counted.value };
}

async function compared(
  program: string,
  what: string,
  scan: (goal: Goal) => Promise<Facts>,
  goal: Goal,
  ours: Measured,
): Promise<Line> {
  const missing = whyMissing(program);
  if (missing !== null) return { what, value: 'not measured', note: missing };
  const { took } = await timed(() => scan(goal));
  const { value: facts, connections } = await countingConnections(goal, scan);
  const same = Object.entries(facts).filter(([name, fact]) => ours.facts[name] === fact).length;
  const ratio = `**${(took / ours.ms).toFixed(0)} times** as long, ${(connections / ours.connections).toFixed(1)} times the connections`;
  return { what, value: ms(took), note: `${ratio}; ${same} of ${Object.keys(facts).length} facts are the same` };
}

async function timed<T>(work: () => Promise<T>): Promise<{ took: number; value: T }> {
  const started = performance.now();
  const value = await work();
  return { took: performance.now() - started, value };
}

/** Leads whoever comes on to the host, and counts. */
async function countingConnections<T>(
  goal: Goal,
  work: (through: Goal) => Promise<T>,
): Promise<{ value: T; connections: number }> {
  let connections = 0;
  const server = createServer((incoming) => {
    connections += 1;
    join(incoming, connect({ host: goal.address, port: goal.port }));
  });
  const { port, stop } = await listen(server, '127.0.0.1', 0);
  try {
    const value = await work({ ...goal, address: '127.0.0.1', port });
    return { value, connections };
  } finally {
    await stop();
  }
}

function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.pipe(to);
  }
}

/** The facts of our survey by the names that the others have, too. */
function factsOf({ evidence }: WorldRun): Facts {
  const bodies = [...evidence.values()] as Record<string, unknown>[];
  const survey = bodies.find((body) => 'weak' in body) as unknown as TlsSurveyEvidence;
  const weak = new Set(survey.weak.filter(({ answer }) => answer === 'accepted').map(({ kind }) => kind));
  const chain = bodies.find((body) => 'chain' in body)?.chain as { fingerprint256: string }[] | undefined;
  return {
    ...Object.fromEntries(survey.versions.map(({ version, answer }) => [version, answer === 'accepted'])),
    ...Object.fromEntries(['NULL', 'anonymous', 'export', '3DES'].map((kind) => [kind, weak.has(kind)])),
    'RC4 or DES': weak.has('RC4') || weak.has('DES'),
    'stapled OCSP': bodies.some(({ stapledOcsp }) => typeof stapledOcsp === 'number'),
    'without SNI': survey.withoutSni?.answer === 'accepted',
    fingerprint: chain?.[0]?.fingerprint256.replaceAll(':', '') ?? '',
  };
}

/** Where the host is, as the lab's own name server says. */
async function goalOf(lab: LabProcess): Promise<Goal> {
  const { email, network } = lab.world(WORLD);
  const host = `autodiscover.${email.split('@')[1]}`;
  const after = (option: string, start = ''): string =>
    network.find((word, at) => network[at - 1] === option && word.startsWith(start)) ?? '';
  const resolver = new Resolver();
  resolver.setServers([after('--resolver')]);
  const [address = ''] = await resolver.resolve4(host);
  return { host, address, port: Number(after('--map-port', '443=').slice('443='.length)) };
}
