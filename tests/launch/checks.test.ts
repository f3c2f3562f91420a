import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkData, checkPort } from '#lib/launch/checks.js';
import { folderWith } from './folders.ts';

const at = (port: number, host = '127.0.0.1') => ({ port, host, data: '', lab: false, help: false });

async function takenPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as net.AddressInfo).port;
}

test('a port in use is said, with a way out', async () => {
  const port = await takenPort();
  await expect(checkPort(at(port))).rejects.toThrow(`port ${port} is in use by another program`);
});

test('an address of another machine is said', async () => {
  await expect(checkPort(at(3000, '192.0.2.1'))).rejects.toThrow('"192.0.2.1" is not an address of this machine');
});

test('a free port stays free', async () => {
  const port = await takenPort().then((taken) => (taken > 40_000 ? taken - 1 : taken + 1));
  await expect(checkPort(at(port)).then(() => checkPort(at(port)))).resolves.toBeUndefined();
});

test('the data folder is made, and the trial file does not stay', () => {
  const folder = path.join(folderWith(), 'new', 'data');
  checkData(folder);
  expect(existsSync(folder)).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});

test('a data folder that cannot be written to is said with its path', () => {
  const below = path.join(folderWith({ file: '' }), 'file', 'data');
  expect(() => checkData(below)).toThrow(`the data folder ${below} cannot be written to (ENOTDIR)`);
});
