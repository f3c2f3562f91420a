/** Versions of clients and servers as three words, in either of two forms. [MS-OXCRPC] 3.1.4.1.3, 3.2.4.1.3 */
import type { NdrReader } from '../ndr/reader.ts';
import type { NdrWriter } from '../ndr/writer.ts';

/** 15.0.4815.1002 */
export interface MapiVersion {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  readonly revision: number;
}

type Words = readonly [number, number, number];

/** Set in the second word where the first one holds major and minor. */
const SPLIT = 0x8000;
/** The generation that writes the newer form; those before it, 2007 among them, have no minor number. */
const FIRST_SPLIT = 14;

export const versionText = ({ major, minor, build, revision }: MapiVersion): string =>
  `${major}.${minor}.${build}.${revision}`;

/**
 * As a client of that generation writes it.
 * @throws RangeError for numbers that have no room
 */
export function versionWords({ major, minor, build, revision }: MapiVersion): Words {
  const isSplit = major >= FIRST_SPLIT || minor > 0;
  if (build >= SPLIT || (isSplit && (major > 0xff || minor > 0xff))) throw new RangeError('a version that has no room');
  return isSplit ? [(major << 8) | minor, build | SPLIT, revision] : [major, build, revision];
}

export function versionOf([first, second, third]: Words): MapiVersion {
  return (second & SPLIT) === 0
    ? { major: first, minor: 0, build: second, revision: third }
    : { major: first >> 8, minor: first & 0xff, build: second & ~SPLIT, revision: third };
}

/** Three words without a count. */
export function writeVersion(ndr: NdrWriter, name: string, version: MapiVersion): NdrWriter {
  const [first, second, third] = versionWords(version);
  return ndr.group(name, () =>
    ndr
      .u16('[0]', first)
      .u16('[1]', second)
      .u16('[2]', third, () => `: ${versionText(version)}`),
  );
}

export function readVersion(ndr: NdrReader, name: string): MapiVersion {
  return ndr.group(name, () => {
    const [first, second] = [ndr.u16('[0]'), ndr.u16('[1]')];
    const third = ndr.u16('[2]', (word) => `: ${versionText(versionOf([first, second, word]))}`);
    return versionOf([first, second, third]);
  });
}
