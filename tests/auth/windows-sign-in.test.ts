/** A sign-in leg by leg, against a server and a client that say what the test wants: which leg stops it, and what is kept of it. */
import { describe, expect, test } from 'vitest';
import type { NegotiateClient, NegotiateStep } from '#lib/auth/negotiate.ts';
import { bindingFor } from '#lib/auth/ntlm/binding-choice.ts';
import { tokenIn, type WindowsSeen, windowsSignIn } from '#lib/auth/windows-sign-in.ts';
import { NetFailure } from '#lib/net/failure.ts';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import type { Talk } from '#lib/net/talk.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Challenge } from '#lib/wire/ntlm/challenge.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';

const evidence = (host: string): Evidence => {
  return { kind: 'dns', body: { host, resolver: '', elapsedMs: 0, answers: [], errors: [] } };
};
const timings = { connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 };
const at = { host: 'a.test', path: '/', method: 'POST', body: new Uint8Array(), timings };
const says = (status: number, ...methods: string[]): HttpAnswer => {
  const headers = methods.map((method) => ['WWW-Authenticate', method] as const);
  return { ...at, status, headers, evidence: evidence(`${status} ${methods.join(', ')}`) };
};

const request: HttpRequest = { method: 'POST', path: '/', headers: [['X', 'y']], body: 'document' };
const challenge: Challenge = {
  ...{ flags: 0, targetName: 'A', serverChallenge: new Uint8Array(8), targetInfo: null, version: null },
};
const token = (text: string): string => Buffer.from(text).toString('base64');
const send = (text: string, answers: Challenge | null = challenge): NegotiateStep => {
  return { kind: 'send', token: Buffer.from(text), challenge: answers };
};

interface Server {
  readonly answers: readonly (HttpAnswer | NetFailure)[];
  readonly steps?: readonly NegotiateStep[];
  /** After so many answers the connection is over: closed, or the server said that it will be. */
  readonly over?: { readonly after: number; readonly how: 'closed' | 'last' };
}

async function signIn({ answers, steps = [], over }: Server): Promise<{ seen: WindowsSeen; sent: HttpRequest[] }> {
  const sent: HttpRequest[] = [];
  const isOver = (how: string): boolean => over?.how === how && sent.length >= over.after;
  const talk: Pick<Talk, 'send' | 'isOpen' | 'isLast'> = {
    send: (one: HttpRequest) => {
      const answer = answers[sent.push(one) - 1];
      return answer === undefined || answer instanceof NetFailure ? Promise.reject(answer) : Promise.resolve(answer);
    },
    get isOpen() {
      return !isOver('closed');
    },
    get isLast() {
      return isOver('last');
    },
  };
  const left = [...steps];
  const client: Pick<NegotiateClient, 'begin' | 'next'> = {
    begin: () => Buffer.from('one'),
    next: () => left.shift() ?? send('again'),
  };
  const seen = await windowsSignIn(
    talk as Talk,
    'NTLM',
    client as NegotiateClient,
    request,
    AbortSignal.timeout(5_000),
  );
  expect(seen.legs).toHaveLength(sent.length);
  return { seen, sent };
}

const TYPE_2 = says(401, `NTLM ${token('two')}`);

describe('a sign-in', () => {
  test('sends the document with the answer to the challenge, and not before', async () => {
    const { seen, sent } = await signIn({ answers: [TYPE_2, says(200)], steps: [send('three')] });
    expect(seen).toMatchObject({ kind: 'answered', answer: { status: 200 }, challenge });
    expect(sent.map(({ headers, body }) => [headers, body])).toEqual([
      [
        [
          ['X', 'y'],
          ['Authorization', `NTLM ${token('one')}`],
        ],
        '',
      ],
      [
        [
          ['X', 'y'],
          ['Authorization', `NTLM ${token('three')}`],
        ],
        'document',
      ],
    ]);
  });

  test.each<[string, Server, number, boolean]>([
    ['that nobody asked for ends at once', { answers: [says(200)] }, 200, false],
    ['that is refused', { answers: [TYPE_2, says(401, 'NTLM')], steps: [send('three')] }, 401, true],
    [
      'that is refused in a token',
      {
        answers: [TYPE_2, says(401, `Negotiate ${token('no')}`)],
        steps: [send('three'), { kind: 'obstacle', obstacle: { kind: 'rejected' } }],
      },
      401,
      true,
    ],
    [
      'that ends with a token',
      { answers: [TYPE_2, says(200, `Negotiate ${token('yes')}`)], steps: [send('three'), { kind: 'done' }] },
      200,
      true,
    ],
    [
      'that was let in although a token was still to follow',
      { answers: [TYPE_2, says(500, `Negotiate ${token('more')}`)], steps: [send('three'), send('four', null)] },
      500,
      true,
    ],
  ])('%s', async (_name, server, status, isChallenged) => {
    const { seen } = await signIn(server);
    expect(seen).toMatchObject({ kind: 'answered', answer: { status }, challenge: isChallenged ? challenge : null });
  });

  const closed = new NetFailure('closed-between-requests', { host: 'a.test' }, [evidence('torn')]);

  test.each<[string, Server, object]>([
    ['without a challenge', { answers: [says(401, 'NTLM')] }, { kind: 'no-challenge' }],
    ['with a challenge that is no Base64', { answers: [says(401, 'NTLM ???')] }, { kind: 'malformed' }],
    [
      'that the client gives up',
      { answers: [TYPE_2], steps: [{ kind: 'obstacle', obstacle: { kind: 'names-missing' } }] },
      { kind: 'names-missing' },
    ],
    [
      'whose connection is closed behind the challenge',
      { answers: [TYPE_2], steps: [send('three')], over: { after: 1, how: 'closed' } },
      { kind: 'closed' },
    ],
    [
      'whose connection ends with the challenge, as the server says',
      { answers: [TYPE_2], steps: [send('three')], over: { after: 1, how: 'last' } },
      { kind: 'closed' },
    ],
    [
      'whose connection is gone when it goes on',
      { answers: [TYPE_2, closed], steps: [send('three')] },
      { kind: 'closed' },
    ],
    [
      'without end',
      { answers: Array.from({ length: 9 }, () => TYPE_2) },
      { kind: 'out-of-step', how: 'challenged-again' },
    ],
  ])('%s is stopped', async (_name, server, obstacle) => {
    const { seen, sent } = await signIn(server);
    expect(seen).toMatchObject({ kind: 'obstacle', obstacle, last: { status: 401 } });
    expect(sent.length).toBeLessThanOrEqual(6);
  });

  test('that fails in any other way is no diagnosis of it', async () => {
    const late = new NetFailure('http-timeout', { host: 'a.test' }, []);
    await expect(signIn({ answers: [TYPE_2, late], steps: [send('three')] })).rejects.toBe(late);
  });
});

describe('the token of an answer', () => {
  test.each<[string, HttpAnswer, string | null]>([
    ['under its scheme', says(401, `NTLM ${token('x')}`), 'x'],
    ['under the other one', says(401, `Negotiate ${token('x')}`), 'x'],
    ['in other letters, with more blanks', says(401, ` nTlM \t ${token('x')} `), 'x'],
    ['behind other methods', says(401, 'Basic realm="x"', 'NTLM', `Negotiate ${token('x')}`), 'x'],
    ['longer than any other challenge', says(401, `NTLM ${token('x'.repeat(60_000))}`), 'x'.repeat(60_000)],
    ['of another scheme', says(401, `Bearer ${token('x')}`), null],
    ['of no answer to us', says(401, 'NTLM'), null],
  ])('%s', (_name, answer, expected) => {
    const found = tokenIn(answer);
    expect(found instanceof Uint8Array ? Buffer.from(found).toString() : found).toBe(expected);
  });
});

describe('the binding of a connection', () => {
  const chain = (leaf: string) => ({ chain: [leaf] });
  const { pem } = makeCertificate({ names: ['a.test'] });

  test('is made of its certificate where it is to fit', () => {
    expect(bindingFor(chain(pem), 'right')).toMatchObject({ kind: 'right', hash: expect.any(Uint8Array) });
  });

  test('is what was wanted where it is not', () => {
    expect([bindingFor(chain(pem), 'none'), bindingFor(chain(pem), 'wrong')]).toEqual([
      { kind: 'none' },
      { kind: 'wrong' },
    ]);
  });

  test.each([
    ['that is damaged', pem.replace(/\n.{40}/, '\n')],
    ['that is none', 'x'],
    ['that is missing', ''],
  ])('there is none to a certificate %s', (_name, leaf) => {
    expect(bindingFor(chain(leaf), 'right')).toEqual({ kind: 'none' });
  });
});
