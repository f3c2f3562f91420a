import { expect, test } from 'vitest';
import { answerOf, consequences, extent, namedCauses, notes, progress, whoActs } from '#components/result/answer.ts';
import { handover } from '#components/result/handover.ts';
import { finished, running } from './sample.ts';

const words = { queued: 'Waiting', running: 'Looking for the server…' };
const expired = 'The certificate of autodiscover.contoso.example expired 3 days ago, on 17 November 2026';

test('the answer is there from the first second, and becomes the verdict', () => {
  expect(answerOf(running, words)).toBe('Looking for the server…');
  expect(answerOf({ ...running, status: 'queued' }, words)).toBe('Looking for the server…');
  expect(answerOf(finished, words)).toBe(`Outlook cannot connect: ${expired.replace('The', 'the')}`);
});

test('a run in line says so', () => {
  const head = running.head && { ...running.head, ahead: 2 };
  expect(answerOf({ ...running, status: 'queued', head }, words)).toBe('Waiting');
});

test('who acts, and what followed', () => {
  expect(whoActs(running)).toBeNull();
  expect(whoActs(finished)).toBe('To be repaired by: mail administrator');
  expect(consequences(finished)).toBe('1 step was not reached because of this.');
  expect(namedCauses(finished).map(({ finding }) => finding.code)).toEqual(['tls.certificate-expired']);
  expect(extent(finished)).toBe('Failed: 3 of 6 steps tested.');
});

test('progress counts the steps that have none below them', () => {
  expect(progress(running.root)).toEqual({ done: 1, total: 6, now: 'https://autodiscover.contoso.example' });
  expect(progress(finished.root)).toEqual({ done: 6, total: 6, now: null });
});

test('a finding about the run itself is said, unless the answer says it already', () => {
  const finding = {
    id: 'run#x',
    code: 'tool.not-kept',
    severity: 'warning',
    args: {},
    text: 'It cannot be stored',
  } as const;
  const root = { ...finished.root, findings: [finding] };
  expect(notes({ ...finished, root })).toEqual(['It cannot be stored']);
  expect(notes({ ...finished, root: { ...root, findings: [{ ...finding, text: expired }] } })).toEqual([]);
});

test('the message for whoever repairs it stands on its own', () => {
  expect(handover(running, 'https://throughline.example')).toBeNull();
  expect(handover(finished, 'https://throughline.example')?.split('\n')).toEqual([
    `Outlook cannot connect: ${expired.replace('The', 'the')}.`,
    '',
    'To be repaired by: mail administrator.',
    'Not reached because of it: 1 step.',
    'What this means and how to fix it: https://throughline.example/findings/tls.certificate-expired',
    '',
    'Seen by Throughline from "Office Berlin" on 2026-11-20 at 12:00 UTC, testing alice@contoso.example.',
  ]);
});
