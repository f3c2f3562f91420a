/** The lab's RPC over HTTP, used by Samba: HTTP/1.0, Negotiate inside RPC, signed lists of mechanisms, features at bind time. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mailHost, resolverOf } from '#tests/lab/client.ts';
import { mailServer } from '#tests/lab/hosts.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { only12 } from '#tests/lab/net/tls.ts';
import { exchange2010Server } from '#tests/lab/rpc/exchange-2010.ts';
import { defineWorld } from '#tests/lab/world.ts';
import { needs, output } from './foreign.ts';

/** Samba 4.17 does not get past the tickets of TLS 1.3, and waits for ever after a ping. */
const older = defineWorld({
  name: 'rpc-for-samba',
  title: 'A server of 2010, whose management answers, and that pings nobody.',
  hosts: {
    autodiscover: mailServer({
      ...exchange2010Server,
      ...only12,
      rpc: { ...exchange2010Server.rpc, withoutPings: true },
    }),
  },
});

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: [], beside: [older] });
});
afterAll(() => lab.stop());
beforeEach((context) => needs(context, 'samba'));

interface Question {
  readonly http?: 'basic' | 'ntlm' | 'negotiate';
  readonly flags: readonly string[];
  readonly port?: number;
  readonly password?: string;
}

async function ask({ http = 'basic', port = 6004, ...more }: Question): Promise<unknown> {
  const [target] = await resolverOf(lab).resolve4(mailHost(older.name));
  const { password } = lab.world(older.name);
  const where = { target, httpPort: lab.ports.https, server: 'LAB-EX01', roots: lab.roots };
  const question = { ...where, http, port, domain: 'LAB', user: 'alice', password, ...more };
  const program = fileURLToPath(new URL('rpc-samba.py', import.meta.url));
  return JSON.parse(await output('/usr/bin/python3', [program], JSON.stringify(question)));
}

const DIRECTORY = {
  interfaces: [
    ['1544f5e0-613c-11d1-93df-00c04fd7bd09', 1],
    ['f5cc5a18-4264-101a-8c59-08002b2f8426', 56],
  ],
};

test.for(['basic', 'ntlm', 'negotiate'] as const)('at the proxy %s, inside RPC every level', async (http) => {
  for (const level of ['connect', 'sign', 'seal']) {
    expect(await ask({ http, flags: [level] })).toEqual(DIRECTORY);
    expect(await ask({ http, flags: [level, 'ntlm'] })).toEqual(DIRECTORY);
  }
  expect(lab.counts(older.name).reasons).toEqual([]);
});

test('other ports have other interfaces', async () => {
  const mapper = [['e1af8308-5d1f-11c9-91a4-08002b14a0fa', 3]];
  expect(await ask({ flags: ['seal'], port: 593 })).toEqual({ interfaces: mapper });
  const mailbox = [
    ['a4f1db00-ca47-1067-b31f-00dd010662da', 81 * 65_536],
    ['5261574a-4572-206e-b268-6b199213b4e4', 65_536],
  ];
  expect(await ask({ flags: ['seal'], port: 6001 })).toEqual({ interfaces: mailbox });
});

test('a wrong password', async () => {
  expect(await ask({ flags: ['seal'], password: 'Falsch:Wör7' })).toEqual({
    error: expect.stringMatching(/Access Denied/),
  });
});
