import { expect, test } from 'vitest';
import { draft } from '#lib/result/finding.ts';
import { fold } from '#lib/result/reducer.ts';
import { LiveRuns } from '#lib/store/live.ts';
import { bytesOf, follow, head, newStore, refuseWrites, stepsOf, turn } from './fixtures.ts';

const numbered = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test('every reader gets every event once and in order, whenever it joins', async () => {
  const { store } = await newStore();
  const live = new LiveRuns(store);
  await live.open('a', 'owner', head);
  const readers = [follow(live, 'a')];
  for (const [index, body] of stepsOf(100).entries()) {
    live.append('a', { at: 1, body });
    if (readers.length < 20) readers.push(follow(live, 'a'));
    // In bursts of one, two and three, so that some are written together and some are not.
    if (index % 6 === 0 || index % 6 === 1 || index % 6 === 3) await turn();
  }
  live.append('a', { at: 2, body: { kind: 'closed' } });
  const seen = await Promise.all(readers);
  for (const events of seen) expect(events.map(({ seq }) => seq)).toEqual(numbered(205));
});

test('a reader that resumes gets what it has not seen', async () => {
  const { store } = await newStore();
  const live = new LiveRuns(store);
  await live.open('a', 'owner', head);
  for (const body of stepsOf(3)) live.append('a', { at: 1, body });
  const resumed = follow(live, 'a', 4);
  live.append('a', { at: 2, body: { kind: 'closed' } });
  expect((await resumed).map(({ seq }) => seq)).toEqual(numbered(11).slice(4));
});

test('a run that has ended is read from the store, and equals what was watched', async () => {
  const { store } = await newStore();
  const live = new LiveRuns(store);
  await live.open('a', 'owner', head);
  const watched = follow(live, 'a');
  live.putEvidence('a', { id: 'e1', kind: 'dns', body: '{"host":"x"}' });
  for (const body of stepsOf(150)) live.append('a', { at: 1, body });
  live.append('a', { at: 2, body: { kind: 'closed' } });
  const events = await watched;
  expect(await store.after('a', 0)).toEqual(events);
  expect(await live.after('a', 0)).toEqual(events);
  expect(await live.evidence('a', 'e1')).toEqual({ id: 'e1', kind: 'dns', body: '{"host":"x"}' });
  expect(live.subscribe('a')).toBeNull();
  expect(await live.ownerOf('a')).toBe('owner');
});

test('what comes after the end is dropped', async () => {
  const { store } = await newStore();
  const live = new LiveRuns(store);
  await live.open('a', 'owner', head);
  live.append('a', { at: 1, body: { kind: 'closed' } });
  live.append('a', { at: 2, body: { kind: 'started', node: 'run' } });
  live.end('a', draft('tool.interrupted', { what: 'late' }));
  await live.settled();
  expect((await live.after('a', 0)).map(({ kind }) => kind)).toEqual(['opened', 'closed']);
});

test('a run is ended from outside with its running and planned steps closed', async () => {
  const { store } = await newStore();
  const live = new LiveRuns(store);
  await live.open('a', 'owner', head);
  for (const body of stepsOf(2).slice(0, 3)) live.append('a', { at: 1, body });
  const watched = follow(live, 'a');
  live.end('a', draft('tool.interrupted', { what: 'its worker process ended' }));
  const run = fold(await watched);
  expect(run.status).toBe('closed');
  expect(run.verdict?.status).toBe('incomplete');
  expect(run.root.children.map(({ status }) => status)).toEqual(['broken', 'skipped']);
});

test.for([
  ['at the first row', 'runs', 0],
  ['in the middle', 'events', 2],
  ['when evidence comes', 'evidence', 2],
  ['at the last event', 'events', 5],
] as const)('a store that refuses %s: the run goes on, and says once that it is not kept', async ([, table, when]) => {
  const { store, file } = await newStore();
  const live = new LiveRuns(store);
  if (when === 0) refuseWrites(file, table);
  await live.open('a', 'owner', head);
  const watched = follow(live, 'a');
  for (const [index, body] of stepsOf(1).entries()) {
    if (index + 1 === when) {
      await live.settled();
      refuseWrites(file, table);
      live.putEvidence('a', { id: 'e1', kind: 'dns', body: '{}' });
    }
    live.append('a', { at: 1, body });
    await turn();
  }
  if (when === 5) await live.settled();
  live.append('a', { at: 2, body: { kind: 'closed' } });
  const events = await watched;
  const run = fold(events);
  expect(events.map(({ seq }) => seq)).toEqual(numbered(events.length));
  expect(run.root.findings.map(({ code }) => code)).toEqual(['tool.not-kept']);
  expect(String(run.root.findings[0]?.args.reason)).toContain('full');
  expect(run.root.children[0]?.status).toBe('passed');
  expect(await live.after('a', 0)).toEqual(events);
  expect(await live.ownerOf('a')).toBe('owner');
});

test('a store that refuses the very last event says so before the end is shown', async () => {
  const { store, file } = await newStore();
  const live = new LiveRuns(store);
  await live.open('a', 'owner', head);
  const watched = follow(live, 'a');
  refuseWrites(file, 'events');
  live.append('a', { at: 2, body: { kind: 'closed' } });
  expect((await watched).map(({ kind }) => kind)).toEqual(['opened', 'found', 'closed']);
});

test('runs that are not kept are forgotten, the oldest first', async () => {
  const { store, file } = await newStore();
  const live = new LiveRuns(store);
  refuseWrites(file, 'runs');
  for (const run of numbered(51).map(String)) {
    await live.open(run, 'owner', head);
    live.append(run, { at: 1, body: { kind: 'closed' } });
    await live.settled();
  }
  expect(await live.after('1', 0)).toEqual([]);
  expect(await live.ownerOf('1')).toBeNull();
  expect(await live.after('51', 0)).toHaveLength(3);
});

test('a run that is removed while it goes on leaves nothing behind and wakes its readers', async () => {
  const { store, folder } = await newStore();
  const live = new LiveRuns(store);
  await live.open('a', 'owner', head);
  live.putEvidence('a', { id: 'e1', kind: 'dns', body: '"canary-of-the-evidence"' });
  live.append('a', { at: 1, body: { kind: 'started', node: 'run' } });
  await turn();
  const watched = follow(live, 'a');
  await turn();
  live.append('a', { at: 2, body: { kind: 'ended', node: 'run', status: 'passed' } });
  await live.remove('a');
  await watched;
  expect(await live.after('a', 0)).toEqual([]);
  expect(await store.unfinished()).toEqual([]);
  expect(bytesOf(folder)).not.toContain('canary-of-the-evidence');
});
