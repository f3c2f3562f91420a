/** The lab as a program: starts every world and keeps running, or lists the worlds without starting them. */
import { parseArgs } from 'node:util';
import { type Lab, numberedWorlds, startLab } from './lab.ts';
import { DEFAULT_DATA, DEFAULT_PORT_BASE, portsFrom } from './layout.ts';
import { type WorldEntry, worldEntry } from './list.ts';
import { isPortTaken } from './net/listen.ts';
import { showWorlds, usage } from './show.ts';

/** A mistake in how the program was called or in what it needs, told to the person in one sentence. */
class Complaint extends Error {}

interface Settings {
  list: boolean;
  json: boolean;
  help: boolean;
  readyJson: boolean;
  portBase: number;
  data: string;
}

async function main(args: string[]): Promise<void> {
  const settings = readSettings(args);
  if (settings.help) process.stdout.write(usage);
  else if (settings.list) process.stdout.write(listing(settings));
  else await run(settings);
}

function readSettings(args: string[]): Settings {
  const { values } = parse(args);
  const { format = 'text', 'port-base': portBase = String(DEFAULT_PORT_BASE) } = values;
  if (!['text', 'json'].includes(format)) throw new Complaint('--format is either text or json.');
  const base = Number(portBase);
  if (!Number.isInteger(base) || base < 1024 || base > 65_000) {
    throw new Complaint('--port-base is a number from 1024 to 65000.');
  }
  return {
    list: values.list ?? false,
    json: format === 'json',
    help: values.help ?? false,
    readyJson: values['ready-json'] ?? false,
    portBase: base,
    data: values.data ?? DEFAULT_DATA,
  };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = { list: flag, format: text, 'port-base': text, data: text, 'ready-json': flag, help: flag };
  try {
    return parseArgs({ args, options });
  } catch (error) {
    throw new Complaint(`${(error as Error).message}\n\n${usage}`);
  }
}

function listing({ json, portBase, data }: Settings): string {
  const ports = portsFrom(portBase);
  const worlds: WorldEntry[] = numberedWorlds().map((world) => worldEntry(world, ports, data));
  return json ? `${JSON.stringify(worlds, null, 2)}\n` : showWorlds(worlds);
}

async function run({ portBase, data, readyJson }: Settings): Promise<void> {
  const starting = startLab({ port: portBase, data });
  stopOnSignal(starting);
  const { worlds } = await starting;
  process.stdout.write(readyJson ? `${JSON.stringify({ lab: 'ready', worlds })}\n` : greeting(worlds));
}

function greeting(worlds: readonly WorldEntry[]): string {
  return `${worlds.length} mail systems are running. Stop them with Ctrl+C.\n\n${showWorlds(worlds)}`;
}

// 'disconnect' comes when the program that started the lab is gone; without such a program it never comes.
function stopOnSignal(starting: Promise<Lab>): void {
  const stop = async () => {
    const lab = await starting.catch(() => null);
    await lab?.stop();
    process.exit();
  };
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(event, stop);
  // The listener for 'disconnect' would keep the process alive, even if the lab could not start.
  process.channel?.unref();
}

function complain(error: unknown): void {
  process.exitCode = 1;
  process.stderr.write(`${sentenceFor(error)}\n`);
}

function sentenceFor(error: unknown): string {
  if (error instanceof Complaint) return error.message;
  if (!isPortTaken(error)) throw error;
  return `Port ${error.port} is in use, perhaps by another lab; stop that, or choose other ports with --port-base.`;
}

// Whoever reads the listing may stop reading at any line, as `head` does.
process.stdout.once('error', () => process.exit());

await main(process.argv.slice(2)).catch(complain);
