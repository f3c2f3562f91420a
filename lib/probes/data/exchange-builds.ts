/**
 * Which build of Exchange Server is which product and update, and until when Microsoft supports the product.
 *
 * Builds and release dates: Microsoft, "Exchange Server build numbers and release dates"
 * (https://learn.microsoft.com/en-us/exchange/new-features/build-numbers-and-release-dates), service packs and cumulative updates;
 * those after it from the list in https://github.com/microsoft/Get-ExchangeBuildNumber, compared with
 * https://github.com/microsoft/CSS-Exchange (`Get-ExchangeBuildVersionInformation.ps1`). Security updates and the rollups of 2010
 * only raise the last number or two, and are not listed: they change neither product nor end of support.
 *
 * End of support: Microsoft's lifecycle pages of the products (https://learn.microsoft.com/en-us/lifecycle/products/). Updates that
 * are sold for longer do not move that day.
 */

/** major, minor, build, revision: `15.2.1544.4` */
export type Build = readonly [number, number, number, number];

export interface ExchangeRelease {
  readonly build: Build;
  /** The name of the update within its product. */
  readonly update: string;
  readonly released: string;
}

export interface ExchangeLine {
  readonly product: string;
  /** The last day of support, or `null` where none is set that has an end. */
  readonly supportEnds: string | null;
  /** Ascending; the first one is also where the line begins. */
  readonly releases: readonly [ExchangeRelease, ...ExchangeRelease[]];
}

const release = (update: string, build: Build, released: string): ExchangeRelease => ({ update, build, released });

/** Ascending, like their builds. */
export const exchangeLines: readonly ExchangeLine[] = [
  {
    product: 'Exchange Server 2010',
    supportEnds: '2020-10-13',
    releases: [
      release('RTM', [14, 0, 639, 21], '2009-11-09'),
      release('SP1', [14, 1, 218, 15], '2010-08-23'),
      release('SP2', [14, 2, 247, 5], '2011-12-04'),
      release('SP3', [14, 3, 123, 4], '2013-02-12'),
    ],
  },
  {
    product: 'Exchange Server 2013',
    supportEnds: '2023-04-11',
    releases: [
      release('RTM', [15, 0, 516, 32], '2012-12-03'),
      release('CU1', [15, 0, 620, 29], '2013-04-02'),
      release('CU2', [15, 0, 712, 24], '2013-07-09'),
      release('CU3', [15, 0, 775, 38], '2013-11-25'),
      release('SP1', [15, 0, 847, 32], '2014-02-25'),
      release('CU5', [15, 0, 913, 22], '2014-05-27'),
      release('CU6', [15, 0, 995, 29], '2014-08-26'),
      release('CU7', [15, 0, 1044, 25], '2014-12-09'),
      release('CU8', [15, 0, 1076, 9], '2015-03-17'),
      release('CU9', [15, 0, 1104, 5], '2015-06-17'),
      release('CU10', [15, 0, 1130, 7], '2015-09-15'),
      release('CU11', [15, 0, 1156, 6], '2015-12-15'),
      release('CU12', [15, 0, 1178, 4], '2016-03-15'),
      release('CU13', [15, 0, 1210, 3], '2016-06-21'),
      release('CU14', [15, 0, 1236, 3], '2016-09-20'),
      release('CU15', [15, 0, 1263, 5], '2016-12-13'),
      release('CU16', [15, 0, 1293, 2], '2017-03-21'),
      release('CU17', [15, 0, 1320, 4], '2017-06-27'),
      release('CU18', [15, 0, 1347, 2], '2017-09-19'),
      release('CU19', [15, 0, 1365, 1], '2017-12-19'),
      release('CU20', [15, 0, 1367, 3], '2018-03-20'),
      release('CU21', [15, 0, 1395, 4], '2018-06-19'),
      release('CU22', [15, 0, 1473, 3], '2019-02-12'),
      release('CU23', [15, 0, 1497, 2], '2019-06-18'),
    ],
  },
  {
    product: 'Exchange Server 2016',
    supportEnds: '2025-10-14',
    releases: [
      release('RTM', [15, 1, 225, 42], '2015-10-01'),
      release('CU1', [15, 1, 396, 30], '2016-03-15'),
      release('CU2', [15, 1, 466, 34], '2016-06-21'),
      release('CU3', [15, 1, 544, 27], '2016-09-20'),
      release('CU4', [15, 1, 669, 32], '2016-12-13'),
      release('CU5', [15, 1, 845, 34], '2017-03-21'),
      release('CU6', [15, 1, 1034, 26], '2017-06-27'),
      release('CU7', [15, 1, 1261, 35], '2017-09-19'),
      release('CU8', [15, 1, 1415, 2], '2017-12-19'),
      release('CU9', [15, 1, 1466, 3], '2018-03-20'),
      release('CU10', [15, 1, 1531, 3], '2018-06-19'),
      release('CU11', [15, 1, 1591, 10], '2018-10-16'),
      release('CU12', [15, 1, 1713, 5], '2019-02-12'),
      release('CU13', [15, 1, 1779, 2], '2019-06-18'),
      release('CU14', [15, 1, 1847, 3], '2019-09-17'),
      release('CU15', [15, 1, 1913, 5], '2019-12-17'),
      release('CU16', [15, 1, 1979, 3], '2020-03-17'),
      release('CU17', [15, 1, 2044, 4], '2020-06-16'),
      release('CU18', [15, 1, 2106, 2], '2020-09-15'),
      release('CU19', [15, 1, 2176, 2], '2020-12-15'),
      release('CU20', [15, 1, 2242, 4], '2021-03-16'),
      release('CU21', [15, 1, 2308, 8], '2021-06-29'),
      release('CU22', [15, 1, 2375, 7], '2021-09-28'),
      release('CU23', [15, 1, 2507, 6], '2022-04-20'),
    ],
  },
  {
    product: 'Exchange Server 2019',
    supportEnds: '2025-10-14',
    releases: [
      release('RTM', [15, 2, 221, 12], '2018-10-22'),
      release('CU1', [15, 2, 330, 5], '2019-02-12'),
      release('CU2', [15, 2, 397, 3], '2019-06-18'),
      release('CU3', [15, 2, 464, 5], '2019-09-17'),
      release('CU4', [15, 2, 529, 5], '2019-12-17'),
      release('CU5', [15, 2, 595, 3], '2020-03-17'),
      release('CU6', [15, 2, 659, 4], '2020-06-16'),
      release('CU7', [15, 2, 721, 2], '2020-09-15'),
      release('CU8', [15, 2, 792, 3], '2020-12-15'),
      release('CU9', [15, 2, 858, 5], '2021-03-16'),
      release('CU10', [15, 2, 922, 7], '2021-06-29'),
      release('CU11', [15, 2, 986, 5], '2021-09-28'),
      release('CU12', [15, 2, 1118, 7], '2022-04-20'),
      release('CU13', [15, 2, 1258, 12], '2023-05-03'),
      release('CU14', [15, 2, 1544, 4], '2024-02-13'),
      release('CU15', [15, 2, 1748, 10], '2025-02-10'),
    ],
  },
  {
    // Same minor number as 2019. Its support follows the updates, and no day is set that ends it before 2036.
    product: 'Exchange Server SE',
    supportEnds: null,
    releases: [release('RTM', [15, 2, 2562, 17], '2025-07-01')],
  },
];

/** What gromox, the server of grommunio, always says of itself, whichever version it has. */
export const GROMOX_BUILD: Build = [15, 0, 847, 4040];

/** Major and minor number of Exchange Online, which is renewed all the time. */
export const EXCHANGE_ONLINE = [15, 20] as const;
