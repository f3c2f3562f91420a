/** Two hosts of one domain ask for the password. Whoever answers it with anything but its own failure is the only one to get it. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { mailServer } from '#tests/lab/hosts.ts';
import { readBasic } from '#tests/lab/http/basic.ts';
import type { Handler, HttpAnswer } from '#tests/lab/http/message.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { basicAndWindows, challenge } from '#tests/lab/mail/sign-in.ts';
import { signInPage } from '#tests/lab/web/website.ts';
import { defineWorld, type World } from '#tests/lab/world.ts';
import { runWorld } from './run-world.ts';

const worlds = vi.hoisted(() => ({ allWorlds: [] as unknown[] }));
vi.mock('#tests/lab/worlds/index.ts', () => worlds);

const status =
  (code: number, headers: HttpAnswer['headers'] = []): Handler =>
  () => ({ status: code, headers });

const hangUp: Handler = () => {
  throw new Error('no answer');
};

const spent: [string, Handler][] = [
  ['refuses', status(401)],
  ['forbids', status(403)],
  ['redirects', status(302, [['Location', '/owa/auth/logon.aspx']])],
  ['throttles', status(429)],
  ['bad-request', status(400)],
  ['login-page', signInPage],
  ['empty', status(200)],
  ['hangs-up', hangUp],
];
const unused: [string, Handler][] = [
  ['breaks', status(500)],
  ['not-there', status(404)],
  ['busy', status(503)],
];

/** Both hosts ask in the same way and do the same to whoever signs in: which of them is first does not matter. */
function worldOf([name, toCredential]: [string, Handler]): World {
  const beforeSignIn: Handler = (request, place, random) =>
    readBasic(request) ? toCredential(request, place, random) : challenge(place, basicAndWindows);
  const host = mailServer({ beforeSignIn });
  return defineWorld({ name, title: name, hosts: { root: host, autodiscover: host } });
}

let lab: Lab;
beforeAll(async () => {
  worlds.allWorlds.push(...[...spent, ...unused].map(worldOf));
  lab = await startLab({ port: 'any' });
});
afterAll(() => lab.stop());

async function hostsWithPassword(name: string): Promise<number[]> {
  await runWorld(lab.world(name));
  return Object.values(lab.counts(name).passwords);
}

test.each(spent)('a host that %s is the only one with the password', async (name) => {
  expect(await hostsWithPassword(name)).toEqual([1]);
});

test.each(unused)('a host that is %s leaves the password to the other', async (name) => {
  expect(await hostsWithPassword(name)).toEqual([1, 1]);
});
