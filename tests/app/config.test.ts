import { expect, test } from 'vitest';
import { parseConfig } from '#app/config.ts';
import { networkFor } from '#app/lab.ts';
import { defaultProfile } from '#lib/net/profile.ts';

const world = (name: string, network: string[]) => ({
  name,
  title: name,
  email: `alice@${name}.lab.test`,
  username: `alice@${name}.lab.test`,
  password: 'x',
  analyzer: 'outlook',
  network,
  options: network,
  must: [],
  mustNot: [],
});

test('without any setting everything has its default', () => {
  const parsed = parseConfig({ THROUGHLINE_ROOT: '/srv/throughline' });
  expect(parsed).toMatchObject({
    ok: true,
    config: { root: '/srv/throughline', data: '/srv/throughline/data', linkDays: 7, keepDays: 30, concurrent: 40 },
  });
});

test('the data folder is taken below the program, unless it is absolute', () => {
  const data = (value: string) => parseConfig({ THROUGHLINE_ROOT: '/srv/t', THROUGHLINE_DATA: value });
  expect(data('results')).toMatchObject({ config: { data: '/srv/t/results' } });
  expect(data('/var/lib/t')).toMatchObject({ config: { data: '/var/lib/t' } });
});

test.for([
  ['THROUGHLINE_LINK_DAYS', '0', 'THROUGHLINE_LINK_DAYS wants a whole number from 1 to 3650, not "0".'],
  ['THROUGHLINE_KEEP_DAYS', '1.5', 'THROUGHLINE_KEEP_DAYS wants a whole number from 1 to 3650, not "1.5".'],
  ['THROUGHLINE_WORKERS', '65', 'THROUGHLINE_WORKERS wants a whole number from 1 to 64, not "65".'],
  ['THROUGHLINE_CONCURRENT', 'all', 'THROUGHLINE_CONCURRENT wants a whole number from 1 to 1000, not "all".'],
  ['THROUGHLINE_ALLOW', '10.0.0.0', 'THROUGHLINE_ALLOW wants an address range such as 10.0.0.0/8, not "10.0.0.0".'],
])('%s=%s is refused in one sentence', ([name, value, error]) => {
  expect(parseConfig({ [String(name)]: value })).toEqual({ ok: false, error });
});

test('a host of the lab is seen through the network of its world, any other host as configured', () => {
  const worlds = [world('one', ['--resolver', '127.0.0.1:1']), world('two', ['--resolver', '127.0.0.1:2'])];
  const seen = (host: string) => networkFor(host, worlds, defaultProfile);
  expect(seen('two.lab.test').resolvers).toEqual(['127.0.0.1:2']);
  expect(seen('autodiscover.two.lab.test').resolvers).toEqual(['127.0.0.1:2']);
  expect(seen('unknown.lab.test').resolvers).toEqual(['127.0.0.1:1']);
  expect(seen('contoso.example')).toBe(defaultProfile);
  expect(networkFor('two.lab.test', null, defaultProfile)).toBe(defaultProfile);
});
