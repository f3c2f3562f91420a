/** Which product a server's own build number stands for, and that the list it is looked up in is in order. */
import { describe, expect, test } from 'vitest';
import { type Build, exchangeLines } from '#lib/probes/data/exchange-builds.ts';
import { productOf, productOfBuild } from '#lib/probes/data/exchange-product.ts';

test.each([
  ['the first build of an update', 'Exchange/15.02.1118.007', 'Exchange Server 2019', 'CU12', '2025-10-14'],
  ['without leading zeros', 'Exchange/15.2.1118.7', 'Exchange Server 2019', 'CU12', '2025-10-14'],
  ['a security update', 'Exchange/15.02.1544.014', 'Exchange Server 2019', 'CU14 with a later update', '2025-10-14'],
  ['a build between two', 'Exchange/15.02.1700.001', 'Exchange Server 2019', 'CU14 or later', '2025-10-14'],
  ['the last before SE', 'Exchange/15.02.2562.016', 'Exchange Server 2019', 'CU15 or later', '2025-10-14'],
  ['SE', 'Exchange/15.02.2562.017', 'Exchange Server SE', 'RTM', null],
  ['SE to come', 'Exchange/15.02.3001.002', 'Exchange Server SE', 'RTM or later', null],
  ['2016', 'Exchange/15.01.2507.006', 'Exchange Server 2016', 'CU23', '2025-10-14'],
  ['a preview', 'Exchange/15.01.0225.016', 'Exchange Server 2016', 'before RTM', '2025-10-14'],
  ['2013', 'Exchange/15.00.1497.048', 'Exchange Server 2013', 'CU23 with a later update', '2023-04-11'],
  ['2013 beside the number of gromox', 'Exchange/15.00.0847.032', 'Exchange Server 2013', 'SP1', '2023-04-11'],
  ['gromox', 'Exchange/15.00.0847.4040', 'grommunio', '', null],
  ['2010 with a rollup', 'Exchange/14.03.0513.000', 'Exchange Server 2010', 'SP3 or later', '2020-10-13'],
  ['Exchange Online', 'Exchange/15.20.8722.031', 'Exchange Online', '', null],
])('%s', (_name, application, product, update, supportEnds) => {
  expect(productOf(application)).toMatchObject({ product, update, supportEnds });
});

test('shows the build in its short form', () => {
  expect(productOf('Exchange/15.02.0986.005')?.build).toBe('15.2.986.5');
});

test.each([
  ['nothing', ''],
  ['another program', 'Outlook/15.00.0847.4040'],
  ['three numbers', 'Exchange/15.02.1118'],
  ['five numbers', 'Exchange/15.02.1118.007.1'],
  ['words around it', 'Microsoft Exchange/15.02.1118.007 (x64)'],
  ['a second line', 'Exchange/15.02.1118.007\n'],
  ['a number without end', `Exchange/15.02.${'1'.repeat(100_000)}.007`],
  ['a product that nobody knows', 'Exchange/16.00.0001.001'],
])('has nothing to say of %s', (_name, application) => {
  expect(productOf(application)).toBeNull();
});

describe.for(exchangeLines)('$product', ({ releases }) => {
  test('has its updates in ascending order, by build and by date', () => {
    const builds = releases.map(({ build }) => sortable(build));
    expect(builds).toEqual(builds.toSorted());
    expect(new Set(builds).size).toBe(builds.length);
    const dates = releases.map(({ released }) => released);
    expect(dates).toEqual(dates.toSorted());
    expect(dates.filter((date) => new Date(date).toISOString().slice(0, 10) !== date)).toEqual([]);
  });

  test('is found again by each of its builds', () => {
    expect(releases.filter(({ build, update }) => productOfBuild(build)?.update !== update)).toEqual([]);
  });
});

const sortable = (build: Build): string => build.map((part) => String(part).padStart(5, '0')).join('.');
