/** The lab's mail system, used by `curl`: it signs in with Basic, and gets what a mail client gets. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { encodePoxRequest, POX_PATH } from '#lib/wire/autodiscover/pox.ts';
import { mailHost, resolverOf } from '#tests/lab/client.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { needs, run } from './foreign.ts';

let lab: Lab;
beforeAll(async () => {
  const worlds = [
    'healthy',
    'wrong-password',
    'certificate-expired',
    'certificate-wrong-name',
    'certificate-unknown-root',
  ];
  lab = await startLab({ port: 'any', worlds });
});
afterAll(() => lab.stop());
beforeEach((context) => {
  needs(context, 'curl');
  for (const { name } of lab.worlds) lab.resetCounts(name);
});

interface Answer {
  /** 0 where curl was content with the connection. */
  readonly exitCode: number | null;
  readonly status: number;
  readonly body: string;
}

/** Asks a world for its settings. The password goes in by standard input: an argument would stand in every process list. */
async function ask(world: string, password?: string): Promise<Answer> {
  const { email, username } = lab.world(world);
  const host = mailHost(world);
  const [address] = await resolverOf(lab).resolve4(host);
  const config = [
    setting('data-binary', encodePoxRequest(email)),
    setting('header', 'Content-Type: text/xml; charset=utf-8'),
    setting('url', `https://${host}:${lab.ports.https}${POX_PATH}`),
    setting('resolve', `${host}:${lab.ports.https}:${address}`),
    setting('cacert', lab.roots),
    setting('write-out', '\\n%{http_code}'),
    ...(password === undefined ? [] : ['basic', setting('user', `${username}:${password}`)]),
  ];
  const { code, stdout } = await run('curl', ['--silent', '--max-time', '10', '--config', '-'], config.join('\n'));
  const [, body = '', status = '0'] = /^(.*)\n(\d+)$/s.exec(stdout) ?? [];
  return { exitCode: code, status: Number(status), body };
}

function setting(name: string, value: string): string {
  return `${name} = "${value.replaceAll(/"/g, '\\"')}"`;
}

test('with its password it gets the settings', async () => {
  const { exitCode, status, body } = await ask('healthy', lab.world('healthy').password);
  expect({ exitCode, status }).toEqual({ exitCode: 0, status: 200 });
  expect(body).toMatch(/<Type>EXPR<\/Type>/);
  expect(lab.counts('healthy')).toMatchObject({ refusalsBeforeProof: 0 });
});

test('without a password it is asked for one', async () => {
  expect(await ask('healthy')).toMatchObject({ exitCode: 0, status: 401 });
});

test('a wrong password is refused, and counted once', async () => {
  expect(await ask('wrong-password', lab.world('wrong-password').password)).toMatchObject({ exitCode: 0, status: 401 });
  expect(lab.counts('wrong-password').refusalsBeforeProof).toBe(1);
});

test.for(['certificate-expired', 'certificate-wrong-name', 'certificate-unknown-root'])(
  '%s: it does not even send the request',
  async (world) => {
    const CERTIFICATE_NOT_ACCEPTED = 60;
    expect(await ask(world, 'anything')).toMatchObject({ exitCode: CERTIFICATE_NOT_ACCEPTED });
    expect(lab.counts(world).requests).toBe(0);
  },
);
