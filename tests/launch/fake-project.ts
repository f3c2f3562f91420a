import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { projectRoot } from '#lib/launch/project.js';
import { folderWith, put } from './folders.ts';

/** Stands for Next: builds at once, and serves a page that tells what the launcher passed on. */
const next = `
const fs = require('node:fs');
const [command, , port, , host] = process.argv.slice(2);
if (command === 'build') {
  fs.mkdirSync('.next', { recursive: true });
  fs.writeFileSync('.next/BUILD_ID', 'one');
} else if (command === 'start') {
  if (process.env.FAKE_WRONG) {
    process.stderr.write('Throughline: FAKE_WRONG is wrong.\\n');
    process.exit(78);
  }
  const stop = () => process.env.FAKE_STUBBORN || process.exit(0);
  for (const event of ['SIGTERM', 'disconnect']) process.on(event, stop);
  require('node:http').createServer((_, response) => response.end(JSON.stringify({ ...process.env, pid: process.pid }))).listen(Number(port), host);
  process.stdout.write('a banner\\n');
}
`;

const lab = `
for (const event of ['SIGTERM', 'disconnect']) process.on(event, () => process.exit(0));
console.log('something else first');
console.log(JSON.stringify({ lab: 'ready', worlds: [{ name: 'healthy', pid: process.pid }] }));
`;

/** A project with our launcher and stand-ins for what npm would install; returns its folder. */
export function fakeProject(tools: Record<string, string> = {}): string {
  const lockfile = '{}';
  const stamp = createHash('sha256').update(`package-lock.json\0${lockfile.length}\0${lockfile}`).digest('hex');
  const root = folderWith({
    'package.json': '{ "type": "module" }',
    'package-lock.json': lockfile,
    'app/page.tsx': 'page',
    'tests/lab/main.ts': lab,
    'node_modules/.throughline-installed': stamp,
    'node_modules/package.json': '{}',
    'node_modules/next/dist/bin/next': next,
    'node_modules/.bin/next': next,
  });
  for (const [name, content] of Object.entries(tools)) put(root, `node_modules/.bin/${name}`, content);
  cpSync(path.join(projectRoot, 'lib', 'launch'), path.join(root, 'lib', 'launch'), { recursive: true });
  return root;
}

/** A program that only has to be found. */
export function putProgram(root: string, name: string): string {
  put(root, name, '#!/bin/sh\nexit 0\n');
  chmodSync(path.join(root, name), 0o755);
  return path.join(root, name);
}

export interface Launched {
  child: ChildProcess;
  lines: string[];
  errors: string[];
  /** The first line that contains a text; fails if the launcher ends without it. */
  line(text: string): Promise<string>;
  /** The exit code, after all output. */
  end(): Promise<number | null>;
}

/** Starts one of the launcher's programs; it is killed with the test. */
export function launch(root: string, program: string, args: string[], env: Record<string, string> = {}): Launched {
  const child = spawn(process.execPath, [path.join(root, 'lib', 'launch', program), ...args], {
    cwd: root,
    env: { PATH: '/usr/bin:/bin', NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const errors: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  const closed = once(child, 'close').then(([code]) => code as number | null);
  const line = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const check = (each: string) => each.includes(text) && resolve(each);
      lines.forEach(check);
      output.on('line', check);
      void closed.then(() => reject(new Error(`ended without "${text}": ${[...lines, ...errors].join('\n')}`)));
    });
  return { child, lines, errors, line, end: () => closed };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<string> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

/** Waits until nothing listens on the port any more: its process is gone. */
export async function silent(port: string): Promise<void> {
  for (;;) {
    const socket = net.connect(Number(port), '127.0.0.1');
    const refused = await Promise.race([
      once(socket, 'connect').then(() => false),
      once(socket, 'error').then(() => true),
    ]).catch(() => true);
    if (refused) return;
    // The kernel closes the connection when the process that held it ends.
    await once(socket.resume(), 'close').catch(() => {});
  }
}
