import { spawnSync } from 'node:child_process';
import dgram from 'node:dgram';
import { lookup, Resolver, resolve4 } from 'node:dns';
import { Resolver as PromiseResolver, resolveMx } from 'node:dns/promises';
import { once } from 'node:events';
import net, { type LookupFunction } from 'node:net';
import tls from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { mayReach } from '#tests/setup/deny-network.ts';

const denied = 'Tests may not reach the network';
const nobody = () => {};

test.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost', 'a.localhost', '255.255.255.255', '2001:db8::1'])(
  '%s may be dialled',
  (host) => {
    expect(mayReach(host)).toBe(true);
  },
);

test.each(['192.0.2.1', '10.0.0.1', '::2', '2606::1', 'example.com', 'localhost.example.com'])('%s may not', (host) => {
  expect(mayReach(host)).toBe(false);
});

test('connections out are refused, in every way to ask for one', async () => {
  expect(() => net.connect(80, '192.0.2.1')).toThrow(denied);
  expect(() => net.connect({ port: 80, host: 'example.com' })).toThrow(denied);
  expect(() => tls.connect({ port: 443, host: '192.0.2.1' })).toThrow(denied);
  await expect(fetch('http://192.0.2.1/')).rejects.toThrow();
});

test('a lookup of one’s own is no way out', async () => {
  const outside: LookupFunction = (_host, options, done) =>
    options.all ? done(null, [{ address: '192.0.2.1', family: 4 }]) : done(null, '192.0.2.1', 4);
  const [error] = await once(net.connect({ port: 80, host: 'x.lab.test', lookup: outside }), 'error').catch(
    (reason) => [reason],
  );
  expect(error.message).toContain(denied);
});

test('names are not asked for outside', async () => {
  expect(() => lookup('example.com', nobody)).toThrow(denied);
  expect(() => resolve4('example.com', nobody)).toThrow(denied);
  expect(() => new Resolver().resolve4('example.com', nobody)).toThrow(denied);
  expect(() => resolveMx('example.com')).toThrow(denied);
});

test('a resolver on the loopback is asked', async () => {
  const resolver = new PromiseResolver({ timeout: 100, tries: 1 });
  resolver.setServers(['127.0.0.1:1']);
  await expect(resolver.resolve4('example.com')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('datagrams stay here', async () => {
  const socket = dgram.createSocket('udp4');
  onTestFinished(() => void socket.close());
  expect(() => socket.send('x', 53, '192.0.2.1')).toThrow(denied);
  expect(() => socket.send('x', 0, 1, 53, '192.0.2.1')).toThrow(denied);
  await new Promise<void>((done) => socket.send('x', 9, '127.0.0.1', () => done()));
});

test('children are kept in as well', () => {
  const program = "try { require('net').connect(80, '192.0.2.1') } catch (error) { console.log(error.message) }";
  const { stdout } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  expect(stdout).toContain(denied);
});
