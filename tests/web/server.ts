/** The web server as a person starts it, for tests: the production build or the development server, on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '#tests/free-port.ts';
import type { Lab } from '#tests/lab/lab.ts';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface WebOptions {
  readonly mode?: 'start' | 'dev';
  readonly lab?: Lab;
  /** The data folder; a new one in the temporary folder if left out. */
  readonly data?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Web {
  readonly url: string;
  readonly data: string;
  readonly pid: number;
  /** Everything that it has written, both streams. */
  output(): string;
  /** Sends the signal and waits for the end. @returns exit code, or the signal's name */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
  /** Ends it if need be, and removes its data. */
  dispose(): Promise<void>;
}

/** Starts the server and waits until it answers. */
export async function startWeb(options: WebOptions = {}): Promise<Web> {
  const data = options.data ?? (await mkdtemp(path.join(tmpdir(), 'throughline-web-')));
  const port = await freePort();
  const child = launch(options.mode ?? 'start', port, { ...(await environment(data, options.lab)), ...options.env });
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => written.push(text));
  const url = `http://127.0.0.1:${port}`;
  const output = (): string => written.join('');
  await untilReady(child, url, output);
  const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> => end(child, signal);
  const dispose = async (): Promise<void> => {
    await stop('SIGKILL');
    await rm(data, { recursive: true, force: true });
  };
  return { url, data, pid: child.pid ?? 0, output, stop, dispose };
}

async function environment(data: string, lab: Lab | undefined): Promise<Record<string, string>> {
  const common = {
    THROUGHLINE_DATA: data,
    THROUGHLINE_ROOT: projectRoot,
    NEXT_MANUAL_SIG_HANDLE: '1',
    NEXT_TELEMETRY_DISABLED: '1',
  };
  if (lab === undefined) return common;
  const file = path.join(data, 'worlds.json');
  await mkdir(data, { recursive: true });
  await writeFile(file, JSON.stringify(lab.worlds));
  return { ...common, THROUGHLINE_LAB: file };
}

function launch(mode: 'start' | 'dev', port: number, env: Record<string, string>): ChildProcess {
  const next = path.join(projectRoot, 'node_modules/next/dist/bin/next');
  const args = ['--disable-warning=ExperimentalWarning', next, mode, '-p', String(port), '-H', '127.0.0.1'];
  // The tests' own settings must not reach the server: Vitest's NODE_ENV would make a third kind of build.
  const { NODE_ENV: _, VITEST: __, ...inherited } = process.env;
  const whole: Record<string, string | undefined> = {
    ...inherited,
    ...env,
    NODE_ENV: mode === 'start' ? 'production' : 'development',
  };
  return spawn(process.execPath, args, {
    cwd: projectRoot,
    env: whole as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

async function untilReady(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the server ended before it answered:\n${output()}`);
  });
  ended.catch(() => undefined);
  await Promise.race([ended, printed(child, /Ready in/)]);
  await Promise.race([ended, fetch(url)]);
}

function printed(child: ChildProcess, pattern: RegExp): Promise<void> {
  let seen = '';
  return new Promise((resolve) => {
    child.stdout?.on('data', (text: string) => {
      seen += text;
      if (pattern.test(seen)) resolve();
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | string> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
  return child.exitCode ?? child.signalCode ?? 'unknown';
}
