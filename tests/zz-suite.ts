import { startLab } from '#tests/lab/lab.ts';
import { runWorld, codesIn } from '#tests/worlds/run-world.ts';
import { catalogue } from '#lib/result/catalogue/index.ts';
import { walk } from '#lib/result/node.ts';
import { text, findingMessage } from '#lib/result/text.ts';
// [client=X] [par=N] [only=analyzer] [slow=ms] names...
const args = process.argv.slice(2);
const opt = (k) => args.find((a) => a.startsWith(k + '='))?.split('=')[1];
const named = args.filter((a) => !a.includes('='));
const lab = await startLab({ port: 'any', ...(named.length && { worlds: named }) });
const { allWorlds } = await import('#tests/lab/worlds/index.ts');
const client = opt('client'), par = Number(opt('par') ?? 5), slow = Number(opt('slow') ?? 5000);
let names = (named.length ? named : allWorlds.map((w) => w.name));
if (opt('only')) names = names.filter((n) => lab.world(n).analyzer === opt('only'));
const mayWeigh = (c) => Object.keys(catalogue[c].mayBe ?? {}).length > 0;
const times = [];
async function one(name) {
  const world = { ...lab.world(name), ...(client && { client }) };
  const t = performance.now();
  try {
    const { report } = await runWorld(world);
    const ms = Math.round(performance.now() - t);
    const codes = codesIn(report.root);
    const missing = world.must.filter((c) => !codes.includes(c));
    const never = codes.filter((c) => world.mustNot.includes(c));
    const heavy = world.must.filter((c) => catalogue[c].severity !== 'notice');
    const roots = heavy.length ? heavy : [null, ...world.must.filter(mayWeigh)];
    const rootBad = !roots.includes(report.verdict.code);
    const c = lab.counts(name);
    const bad = missing.length || never.length || rootBad || codes.includes('tool.fault') || c.refusalsBeforeProof > 1 || c.deliberateRefusals > 3 || c.passwordsInClear;
    const slowest = [...walk(report.root)].filter((n) => n.children.length === 0 && n.elapsedMs > 1500).sort((a, b) => b.elapsedMs - a.elapsedMs).slice(0, 5).map((n) => `${n.id} ${n.elapsedMs}`);
    times.push([ms, name, slowest]);
    if (bad || opt('all')) {
      console.log(bad ? 'BAD ' : 'ok  ', name, world.analyzer, ms, report.verdict.status, report.verdict.code, 'must', world.must.join(), missing.length ? 'MISSING ' + missing : '', never.length ? 'NEVER ' + never : '', rootBad ? 'ROOT' : '', 'refusals', c.refusalsBeforeProof, c.deliberateRefusals, 'req', c.requests);
      for (const n of walk(report.root)) for (const f of n.findings) if (n.status !== 'x' && (f.severity !== 'notice' || never.includes(f.code))) console.log('        ', n.id, n.status, f.severity, f.code + ': ' + text(findingMessage(f)).slice(0, 200), f.causedBy ? '<- ' + f.causedBy : '');
    }
  } catch (e) { console.log('THROWN', name, e); }
}
const queue = [...names];
const T = performance.now();
await Promise.all(Array.from({ length: par }, async () => { for (let n; (n = queue.shift()) !== undefined; ) await one(n); }));
times.sort((a, b) => b[0] - a[0]);
console.log('SUM', times.reduce((s, [ms]) => s + ms, 0), 'WALL', Math.round(performance.now() - T), 'WORLDS', times.length);
for (const [ms, n, s] of times) if (ms >= slow) console.log(ms, n, s.join(' | '));
await lab.stop();
process.exit(0);
