/** Questions in words, and for how long they are asked. */
import { describe, expect, test } from 'vitest';
import { countdown, domainOf } from '#components/result/answer.ts';
import { questionWords } from '#lib/result/question.ts';
import type { OpenQuestion } from '#lib/result/reducer.ts';
import { running } from './sample.ts';

describe('the way to another domain', () => {
  const kind = 'redirect-to-other-domain';

  test('is asked about by where it leads and what it leaves', () => {
    expect(questionWords({ kind, hosts: ['mail.hoster.example'] }, 'contoso.example')).toEqual({
      asks: 'Go on to mail.hoster.example, and sign in there?',
      why: 'Autodiscover leads there, outside contoso.example, and your sign-in would go along. Outlook asks the same.',
    });
  });

  test('names who sends there, where that is known', () => {
    const hosts = ['autodiscover.contoso.example', 'mail.hoster.example'];
    const { asks, why } = questionWords({ kind, hosts }, null);
    expect(asks).toContain('Go on to mail.hoster.example');
    expect(why).toMatch(/^autodiscover\.contoso\.example sends Outlook there, and your sign-in/);
  });
});

test('a sign-in with a code names the service', () => {
  const { asks } = questionWords({ kind: 'device-code', hosts: ['login.contoso.example'] }, null);
  expect(asks).toBe('Sign in at login.contoso.example with a code');
});

const question: OpenQuestion = {
  ...{ id: 'q1', kind: 'redirect-to-other-domain', hosts: [], node: 'run' },
  ...{ askedMs: 4_000, withinMs: 120_000 },
};

test.each([
  [4_000, '2:00'],
  [4_001, '2:00'],
  [5_001, '1:59'],
  [64_000, '1:00'],
  [115_000, '0:09'],
  [124_000, '0:00'],
  [999_000, '0:00'],
])('after %i ms there is %s left', (elapsed, left) => {
  expect(countdown(question, elapsed)).toBe(left);
});

test.each([
  ['alice@contoso.example', 'contoso.example'],
  ['"a@b"@contoso.example', 'contoso.example'],
  ['', null],
])('the domain of "%s" is %s', (email, domain) => {
  const head = running.head && { ...running.head, target: { name: 'x', email } };
  expect(domainOf({ ...running, head })).toBe(domain);
});
