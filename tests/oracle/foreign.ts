/** Programs that nobody here wrote: asked once, or kept running beside a test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { onTestFinished, type TestContext } from 'vitest';
import { whyMissing } from '#lib/launch/foreign.js';

/** None of them needs as long as this for what is asked of it here. */
const PATIENCE_MS = 20_000;

/**
 * Skips the test where a program is missing, and says how to get it. Where everything is installed beforehand (CI is set), a
 * missing one is a failure: a comparison that never runs proves nothing.
 */
export function needs(context: TestContext, ...names: readonly string[]): void {
  const missing = names.map(whyMissing).find((reason) => reason !== null);
  if (missing === undefined) return;
  if (process.env.CI) throw new Error(missing);
  context.skip(missing);
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, with this on its standard input. */
export async function run(command: string, args: readonly string[], input: string | Uint8Array = ''): Promise<Ended> {
  const child = spawn(command, args, { timeout: PATIENCE_MS, killSignal: 'SIGKILL' });
  // It may end without reading everything.
  child.stdin.on('error', () => undefined).end(input);
  const ended = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await ended) as [number | null];
  return { code, stdout, stderr };
}

/** Runs a program that has to succeed, and returns what it printed. */
export async function output(
  command: string,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, input);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${stderr || stdout}`);
  return stdout;
}

/**
 * Starts a program that serves until the test ends, and waits for the line by which it says that it is ready.
 * @param ready matches that line, on either stream
 */
export async function serve(command: string, args: readonly string[], ready: RegExp): Promise<void> {
  // Its input stays open: some take the end of it for a wish to stop.
  const child = spawn(command, args);
  onTestFinished(() => stop(child));
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`${command} ${why}: ${said.join('\n')}`));
    const late = setTimeout(() => fail('was not ready in time'), PATIENCE_MS);
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        said.push(line);
        if (!ready.test(line)) return;
        clearTimeout(late);
        resolve();
      });
    }
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 2_000);
  await gone;
  clearTimeout(late);
}
