/** Which product a server says it is, by the build in `X-ServerApplication` ([MS-OXCMAPIHTTP] 2.2.3.3) or of EcDoConnectEx. */
import { type Build, EXCHANGE_ONLINE, type ExchangeRelease, exchangeLines, GROMOX_BUILD } from './exchange-builds.ts';

export interface ExchangeProduct {
  readonly product: string;
  /** `CU14`, `CU14 with a later update`, `CU14 or later`; empty where there are no named updates. */
  readonly update: string;
  /** The build in its short form: `15.2.1544.4` */
  readonly build: string;
  /** The last day of support, ISO; `null` where there is nothing to judge. */
  readonly supportEnds: string | null;
}

/** Anchored, and each number bounded: what a server sends is read in one pass, however long it is. */
const serverApplication = /^Exchange\/(\d{1,4})\.(\d{1,4})\.(\d{1,5})\.(\d{1,5})$/i;

/** Reads `Exchange/15.02.1118.007`; `null` for anything else, and for a product that is not in the list. */
export function productOf(application: string): ExchangeProduct | null {
  const [whole, major, minor, build, revision] = serverApplication.exec(application) ?? [];
  if (whole === undefined) return null;
  return productOfBuild([Number(major), Number(minor), Number(build), Number(revision)]);
}

/** The product of a build; `null` where it is not in the list. */
export function productOfBuild(build: Build): ExchangeProduct | null {
  const shown = build.join('.');
  const unjudged = (product: string): ExchangeProduct => ({ product, update: '', build: shown, supportEnds: null });
  if (compare(build, GROMOX_BUILD) === 0) return unjudged('grommunio');
  if (sameVersion(build, EXCHANGE_ONLINE)) return unjudged('Exchange Online');
  // Two products can share their first two numbers: the newer one that begins at or below this build counts.
  const candidates = exchangeLines.filter(({ releases }) => releases.some((known) => sameVersion(build, known.build)));
  const line = candidates.findLast(({ releases }) => compare(releases[0].build, build) <= 0) ?? candidates[0];
  if (line === undefined) return null;
  const { product, supportEnds } = line;
  return { product, update: updateOf(line.releases, build), build: shown, supportEnds };
}

/** The newest known update at or below the build, and how the build relates to it. */
function updateOf(releases: readonly ExchangeRelease[], build: Build): string {
  const known = releases.findLast((release) => compare(release.build, build) <= 0);
  if (known === undefined) return 'before RTM';
  if (compare(known.build, build) === 0) return known.update;
  return known.build[2] === build[2] && sameVersion(build, known.build)
    ? `${known.update} with a later update`
    : `${known.update} or later`;
}

function sameVersion(build: Build, version: readonly [number, number, ...number[]]): boolean {
  return build[0] === version[0] && build[1] === version[1];
}

/** Negative where `one` is the older build. */
function compare(one: Build, other: Build): number {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
