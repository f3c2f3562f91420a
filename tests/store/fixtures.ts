/** A store in a folder of its own, and a run that is short but whole. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import type { EventBody, RunEvent, RunHead } from '#lib/result/events.ts';
import type { LiveRuns } from '#lib/store/live.ts';
import { openStore, type Store } from '#lib/store/store.ts';

export const head: RunHead = {
  engine: '0',
  rules: '0',
  analyzer: 'tls',
  startedAt: '2026-11-20T12:00:00.000Z',
  title: { key: 'run.title', args: { target: 'mail.example.test' } },
  target: { name: 'mail.example.test' },
  options: {},
  vantage: { name: 'here', resolvers: [], proxied: false },
  ahead: 0,
};

/** A folder that is gone when the test is. */
export function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'throughline-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Place {
  readonly folder: string;
  readonly file: string;
  readonly store: Store;
}

export async function newStore(folder = newFolder()): Promise<Place> {
  const file = path.join(folder, 'throughline.db');
  const store = await openStore(file);
  onTestFinished(() => store.close());
  return { folder, file, store };
}

/** Every byte that the store has written, its log and index included. */
export function bytesOf(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name), 'latin1'))
    .join('');
}

/** From now on the store refuses to write to this table, as SQLite does when it cannot. */
export function refuseWrites(file: string, table: string, why = 'database or disk is full'): void {
  const db = new DatabaseSync(file);
  db.exec(`create trigger refused before insert on ${table} begin select raise(abort, '${why}'); end`);
  db.close();
}

/** The events of a run of one step. */
export function stepsOf(count: number): EventBody[] {
  const keys = Array.from({ length: count }, (_, index) => `step-${index}`);
  const nodes = keys.map((key) => ({ key, step: 'group', title: { key: 'run.title', args: {} }, children: [] }));
  return [
    { kind: 'planned', parent: 'run', nodes },
    { kind: 'started', node: 'run' },
    ...keys.flatMap((node): EventBody[] => [
      { kind: 'started', node },
      { kind: 'ended', node, status: 'passed' },
    ]),
    { kind: 'ended', node: 'run', status: 'passed' },
  ];
}

/** Follows a run as a viewer does, until it has ended. */
export async function follow(live: LiveRuns, run: string, from = 0): Promise<RunEvent[]> {
  const seen: RunEvent[] = [];
  for (;;) {
    const change = live.subscribe(run);
    seen.push(...(await live.after(run, seen.at(-1)?.seq ?? from)));
    if (seen.at(-1)?.kind === 'closed' || change === null) return seen;
    await change;
  }
}

/** One turn of the event loop, as between two messages of a worker. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
