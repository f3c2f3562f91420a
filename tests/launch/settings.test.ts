import { expect, test } from 'vitest';
import { addressOf, readSettings } from '#lib/launch/settings.js';

const read = (args: string[], env: Record<string, string> = {}) =>
  readSettings(args, env as unknown as NodeJS.ProcessEnv, '/project');

test('without flags and environment the server is for this machine alone', () => {
  expect(read([])).toEqual({ port: 3000, host: '127.0.0.1', data: '/project/data', lab: false, help: false });
});

test('flags win over the environment, in both spellings', () => {
  const env = { PORT: '4000', THROUGHLINE_HOST: '10.0.0.1', THROUGHLINE_DATA: '/elsewhere' };
  expect(read(['--port', '5000', '--host=::1', '--lab'], env)).toEqual({
    port: 5000,
    host: '::1',
    data: '/elsewhere',
    lab: true,
    help: false,
  });
  expect(read([], env)).toMatchObject({ port: 4000, host: '10.0.0.1' });
});

test.each(['abc', '0', '65536', '-1', '80.5', '1e3', ' 80'])('PORT=%j is refused by name', (text) => {
  expect(() => read([], { PORT: text })).toThrow(/^PORT has to be a port number/);
  expect(() => read([`--port=${text}`])).toThrow(/^--port has to be a port number/);
});

test('an empty PORT is no PORT', () => {
  expect(read([], { PORT: '' }).port).toBe(3000);
});

test.each([
  [['--prot', '80'], '--prot is unknown'],
  [['extra'], 'extra is unknown'],
  [['--lab=yes'], '--lab=yes is unknown'],
  [['--port'], '--port needs a value'],
  [['--host', '--lab'], '--host needs a value'],
])('%j is answered with what is wrong', (args, sentence) => {
  expect(() => read(args)).toThrow(sentence);
});

test('the address printed can be opened on this machine', () => {
  const address = (host: string) => addressOf({ ...read([]), host });
  expect(address('127.0.0.1')).toBe('http://localhost:3000');
  expect(address('0.0.0.0')).toBe('http://localhost:3000');
  expect(address('192.0.2.7')).toBe('http://192.0.2.7:3000');
  expect(address('2001:db8::7')).toBe('http://[2001:db8::7]:3000');
});
