/**
 * What we learn from a server that shares nothing with us before anybody signs in: its challenge, and whether the way to it keeps together
 * what belongs to one connection. Apache answers as itself, and through a proxy that mixes its connections.
 */
import { describe, expect, onTestFinished, test } from 'vitest';
import { scrubber } from '#lib/auth/scrub.ts';
import { Secret } from '#lib/auth/secret.ts';
import { type SignInSeen, signInWith, type Way, type WindowsMethod } from '#lib/auth/signed-request.ts';
import { affinityOf, openWindows } from '#lib/auth/windows-opening.ts';
import { Net } from '#lib/net/door.ts';
import { profileFromArguments } from '#lib/net/profile.ts';
import { needs } from './foreign.ts';
import { type Front, GSSAPI_APACHE, HOST, PASSWORD, startGssapiApache } from './gssapi-apache.ts';

const request = { method: 'GET', path: '/page', headers: [], body: '' } as const;
const { signal } = new AbortController();

async function reach(front: Front): Promise<{ net: Net; way: Way }> {
  const { port, certificate } = await startGssapiApache(front);
  const parsed = profileFromArguments([
    ...['--connect', `${HOST}:443=127.0.0.1:${port}`],
    ...['--trust', certificate.certificate],
  ]);
  if (!parsed.ok) throw new Error(parsed.error);
  const net = new Net(parsed.profile, scrubber('alice', Secret.of(PASSWORD)));
  onTestFinished(() => net.close());
  const session = await net.handshake(await net.dial(await net.resolve(HOST, 443, signal), 443, signal), signal);
  return { net, way: { session, accept: () => false } };
}

const method: WindowsMethod = {
  ...{ scheme: 'Negotiate', wrapping: 'spnego', user: 'ORACLE\\alice', password: Secret.of(PASSWORD) },
  ...{ binding: 'right', hide: () => undefined },
};

const outcomeOf = (seen: SignInSeen): number | string =>
  seen.kind === 'answered' ? seen.answer.status : seen.obstacle.kind;

describe.each([
  ['in the open', 'none', 'kept', 200],
  ['behind a proxy that spreads requests over connections', 'spreads', 'lost', 401],
] as const)('%s', (_where, front, affinity, signedIn) => {
  test('its challenge is read, in every manner', async (context) => {
    needs(context, ...GSSAPI_APACHE);
    const { net, way } = await reach(front);
    for (const [offered, wrapping] of [
      ['NTLM', 'bare'],
      ['Negotiate', 'bare'],
    ] as const) {
      const opening = await openWindows(net, way, [offered], request, signal);
      expect(opening).toMatchObject({ kind: 'challenge', manner: { scheme: offered, wrapping } });
    }
  });

  test(`a sign-in ends with ${signedIn}, and the connection is ${affinity}`, async (context) => {
    needs(context, ...GSSAPI_APACHE);
    const { net, way } = await reach(front);
    expect(outcomeOf(await signInWith(net, way, method, request, signal))).toBe(signedIn);
    expect((await affinityOf(net, way, request, signal)).affinity).toBe(affinity);
  });

  test(`the connection is ${affinity} after a wrong password, too`, async (context) => {
    needs(context, ...GSSAPI_APACHE);
    const { net, way } = await reach(front);
    const wrong = { ...method, password: Secret.of('wrong') };
    expect(outcomeOf(await signInWith(net, way, wrong, request, signal))).toBe(401);
    expect((await affinityOf(net, way, request, signal)).affinity).toBe(affinity);
  });
});

test('behind a proxy with one connection for all the context is kept, and nobody takes it for lost afterwards', async (context) => {
  needs(context, ...GSSAPI_APACHE);
  const { net, way } = await reach('keeps');
  expect((await affinityOf(net, way, request, signal)).affinity).toBe('kept');
  // The server still waits for the rest of the first one.
  expect((await affinityOf(net, way, request, signal)).affinity).not.toBe('lost');
});
