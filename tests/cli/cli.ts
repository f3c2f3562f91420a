/** The command line as a person or a script meets it, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Report } from '#lib/result/report.ts';

const MAIN = fileURLToPath(new URL('../../lib/cli/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Input {
  readonly env?: Record<string, string>;
  readonly stdin?: string;
}

/** Starts it with these arguments; it is killed when the test ends. */
export function start(args: readonly string[], { env = {}, stdin = '' }: Input = {}) {
  const own = { PATH: process.env.PATH ?? '', NODE_OPTIONS: process.env.NODE_OPTIONS ?? '' };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    env: { NODE_ENV: 'test', ...own, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.end(stdin);
  const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
    ([[code], out, err]): Ended => ({ code: code as number | null, out, err }),
  );
  return { child, ended };
}

export const cli = (args: readonly string[], input?: Input): Promise<Ended> => start(args, input).ended;

export const jsonOf = ({ out }: Ended): Report => JSON.parse(out) as Report;
