import { expect, test, vi } from 'vitest';
import type { Access } from '#app/access.ts';
import { RunStream, type Source } from '#app/result/stream.ts';
import { Viewers } from '#app/result/viewers.ts';
import { LiveRuns } from '#lib/store/live.ts';
import { head, newStore, stepsOf, turn } from '../store/fixtures.ts';

const owner: Access = { run: 'a', role: 'owner', redaction: 'none', base: '/run/a', expiresAt: null };
const viewer: Access = { run: 'a', role: 'viewer', redaction: 'none', base: '/r/t', expiresAt: 1_000 };

async function begun(): Promise<{ live: LiveRuns; source: Source }> {
  const { store } = await newStore();
  const live = new LiveRuns(store);
  await live.open('a', 'owner', head);
  const source = {
    viewers: new Viewers(),
    changed: (run: string) => live.subscribe(run),
    after: (run: string, seq: number) => live.after(run, seq),
    confided: () => [],
  };
  return { live, source };
}

const idsIn = (text: string): number[] => [...text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));

test('the stream holds every event with its sentence, says that it has ended, and closes', async () => {
  const { live, source } = await begun();
  const text = new Response(new RunStream(source, owner, 0).body).text();
  for (const body of stepsOf(3)) {
    live.append('a', { at: 1, body });
    await turn();
  }
  live.append('a', { at: 2, body: { kind: 'closed' } });
  const said = await text;
  expect(idsIn(said)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
  expect(said).toContain('"text":"Test of mail.example.test"');
  expect(said).toMatch(/event: end\ndata: \{\}\n\n$/);
});

test('a stream resumes after its cursor, also when the run has ended meanwhile', async () => {
  const { live, source } = await begun();
  for (const body of stepsOf(1)) live.append('a', { at: 1, body });
  live.append('a', { at: 2, body: { kind: 'closed' } });
  await live.settled();
  const said = await new Response(new RunStream(source, owner, 5).body).text();
  expect(idsIn(said)).toEqual([6, 7]);
  expect(said).toContain('event: end');
});

test('revoking ends the streams of viewers and leaves the one of the owner', async () => {
  const { live, source } = await begun();
  const expiresAt = Date.now() + 60_000;
  const theirs = new Response(new RunStream(source, { ...viewer, expiresAt }, 0).body).text();
  const mine = new Response(new RunStream(source, owner, 0).body).text();
  await turn();
  source.viewers.stop('a', 'viewer');
  expect(idsIn(await theirs)).toEqual([1]);
  live.append('a', { at: 2, body: { kind: 'closed' } });
  expect(idsIn(await mine)).toEqual([1, 2]);
});

test('a link that expires while somebody watches shows nothing more', async () => {
  const { live, source } = await begun();
  const now = vi.spyOn(Date, 'now').mockReturnValue(999);
  const text = new Response(new RunStream(source, viewer, 0).body).text();
  await turn();
  now.mockReturnValue(1_000);
  live.append('a', { at: 1, body: { kind: 'started', node: 'run' } });
  expect(idsIn(await text)).toEqual([1]);
  now.mockRestore();
});

test('a viewer who leaves is no longer counted', async () => {
  const { source } = await begun();
  const reader = new RunStream(source, owner, 0).body.getReader();
  await reader.read();
  expect(source.viewers.size).toBe(1);
  await reader.cancel();
  expect(source.viewers.size).toBe(0);
});
