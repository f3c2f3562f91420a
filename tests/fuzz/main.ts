/** Damages what strangers send for as long as wanted: `npm run fuzz -- [--minutes N] [--seed N]`. Ends with the first finding. */
import { parseArgs } from 'node:util';
import { fuzzers, runFuzzer } from './all.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes ?? 1);
let seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));

if (!(minutes > 0) || !Number.isSafeInteger(seed)) {
  process.stderr.write('--minutes wants a number above 0, --seed a whole one.\n');
  process.exit(3);
}

const end = Date.now() + minutes * 60_000;
const turnMs = Math.min(10_000, (minutes * 60_000) / Object.keys(fuzzers).length);
while (Date.now() < end) {
  for (const [name, fuzz] of Object.entries(fuzzers)) {
    const { rounds, seeds } = await runFuzzer(fuzz, seed, turnMs);
    process.stdout.write(`${name}: ${rounds} rounds, seeds ${seed} to ${seed + seeds - 1}\n`);
  }
  seed += 1_000;
}
