import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { EventBody } from '#lib/result/events.ts';
import { fold } from '#lib/result/reducer.ts';
import { LiveRuns } from '#lib/store/live.ts';
import { lockFile } from '#lib/store/lock.ts';
import { endInterruptedRuns } from '#lib/store/recover.ts';
import { openStore } from '#lib/store/store.ts';
import { hashToken, newToken } from '#lib/store/token.ts';
import { bytesOf, head, newFolder, newStore, stepsOf, turn } from './fixtures.ts';

const day = 86_400_000;

test('after a restart the run that was going on is ended at the time of its last event', async () => {
  const { store, folder } = await newStore();
  const live = new LiveRuns(store);
  await live.open('a', 'owner', head, 500);
  for (const body of stepsOf(3).slice(0, 4)) live.append('a', { at: 1_000, body });
  await live.settled();
  const before = await store.after('a', 0);

  const { store: restarted } = await newStore(folder);
  await endInterruptedRuns(restarted);
  const events = await restarted.after('a', 0);
  const run = fold(events);
  expect(events.slice(0, before.length)).toEqual(before);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.at(-1)).toMatchObject({ kind: 'closed', at: 1_000 });
  expect(run.root.findings.map(({ code }) => code)).toEqual(['tool.interrupted']);
  expect(run.root.children.map(({ status }) => status)).toEqual(['passed', 'skipped', 'skipped']);
  await endInterruptedRuns(restarted);
  expect(await restarted.after('a', 0)).toEqual(events);
});

test('a run of which nothing was written but its name is removed at the start', async () => {
  const { store } = await newStore();
  await store.create('a', 'owner', 1);
  await endInterruptedRuns(store);
  expect(await store.ownerOf('a')).toBeNull();
});

test('a run with events of a newer version is left alone', async () => {
  const { store, file } = await newStore();
  await store.create('a', 'owner', 1);
  const db = new DatabaseSync(file);
  db.exec(`insert into events values ('a', 1, 'opened', '{"v":2,"seq":1,"kind":"opened"}')`);
  db.close();
  await endInterruptedRuns(store);
  await expect(store.after('a', 0)).rejects.toThrow('newer Throughline');
});

test('what arrives in one turn of the loop is written by one statement', async () => {
  const { store } = await newStore();
  const batches: number[] = [];
  const append = store.append.bind(store);
  store.append = (run, events) => {
    batches.push(events.length);
    return append(run, events);
  };
  const live = new LiveRuns(store);
  await live.open('a', 'owner', head);
  for (const body of stepsOf(10)) live.append('a', { at: 1, body });
  await live.settled();
  expect(batches).toEqual([1, 23]);
});

test('events are appended in order and read from a cursor', async () => {
  const { store } = await newStore();
  await store.create('a', 'owner', 1);
  const bodies: EventBody[] = stepsOf(200);
  await store.append(
    'a',
    bodies.map((body, index) => ({ v: 1, seq: index + 1, at: index, ...body })),
  );
  const rest = await store.after('a', 100);
  expect(rest[0]?.seq).toBe(101);
  expect(rest).toHaveLength(bodies.length - 100);
});

test('a share link opens its run until it expires', async () => {
  const { store } = await newStore();
  await store.create('a', 'owner', 0);
  const token = await store.links.make('a', 'none', 7 * day, 0);
  expect(await store.links.open(token, 7 * day - 1)).toEqual({ run: 'a', redaction: 'none', expiresAt: 7 * day });
  expect(await store.links.open(token, 7 * day)).toBeNull();
  expect(await store.links.of('a', 1)).toEqual([{ redaction: 'none', createdAt: 0, expiresAt: 7 * day }]);
  expect(await store.links.of('a', 7 * day)).toEqual([]);
});

test('a revoked link opens nothing, and other runs keep theirs', async () => {
  const { store } = await newStore();
  for (const run of ['a', 'b']) await store.create(run, 'owner', 0);
  const [first, second, other] = await Promise.all(['a', 'a', 'b'].map((run) => store.links.make(run, 'none', day, 0)));
  await store.links.revoke('a');
  expect(await store.links.open(String(first), 1)).toBeNull();
  expect(await store.links.open(String(second), 1)).toBeNull();
  expect(await store.links.open(String(other), 1)).toMatchObject({ run: 'b' });
});

test('no byte on disk holds a token', async () => {
  const { store, folder } = await newStore();
  const owner = newToken();
  const live = new LiveRuns(store);
  await live.open('a', hashToken(owner), head);
  const link = await store.links.make('a', 'none', Date.now() + day);
  await turn();
  expect(Buffer.from(link, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
  expect(bytesOf(folder)).toContain(hashToken(owner));
  expect(bytesOf(folder)).not.toContain(owner);
  expect(bytesOf(folder)).not.toContain(link);
});

test('old runs go with everything that belongs to them, and expired links go by themselves', async () => {
  const { store } = await newStore();
  await store.create('old', 'owner', 0);
  await store.putEvidence('old', { id: 'e1', kind: 'dns', body: '{}' });
  await store.create('new', 'owner', 40 * day);
  await store.links.make('new', 'none', 41 * day, 40 * day);
  await store.removeOld(10 * day, 42 * day);
  expect(await store.ownerOf('old')).toBeNull();
  expect(await store.evidence('old', 'e1')).toBeNull();
  expect(await store.ownerOf('new')).toBe('owner');
  expect(await store.links.of('new', 0)).toEqual([]);
});

test('a store that cannot be opened says so', async () => {
  await expect(openStore(path.join(newFolder(), 'missing', 'throughline.db'))).rejects.toThrow('unable to open');
});

test('a data folder has one server', () => {
  const file = path.join(newFolder(), 'throughline.lock');
  const lock = lockFile(file);
  expect(() => lockFile(file, 0)).toThrow('locked');
  lock.release();
  lockFile(file, 0).release();
});
