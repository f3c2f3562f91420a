/** STAT: where in which container of the address book the client stands, sent with nearly every call and sent back moved. [MS-OXNSPI] 2.2.8 */
import type { ByteReader } from '../bytes/reader.ts';
import type { ByteWriter } from '../bytes/writer.ts';

/** In the order of the wire; where nothing else is said, u32. */
export interface Stat {
  /** One of `SORT_TYPE`. */
  readonly sortType: number;
  /** Minimal entry id of a container; 0 is the global address list. */
  readonly containerId: number;
  /** Minimal entry id of a row, or one of `POSITION`. */
  readonly currentRec: number;
  /** How many rows further, signed. */
  readonly delta: number;
  readonly numPos: number;
  readonly totalRecs: number;
  /** Of 8-bit strings. Servers refuse 0 and `CODE_PAGE.unicode` here, whatever the strings are. */
  readonly codePage: number;
  readonly templateLocale: number;
  readonly sortLocale: number;
}

/** [MS-OXNSPI] 2.2.1.5, [MS-UCODEREF] 2.2.1 */
export const CODE_PAGE = { windows1252: 1252, unicode: 1200, teletex: 20_261 } as const;
/** [MS-LCID] 2.2 */
export const LOCALE = { englishUnitedStates: 0x0409 } as const;
/** [MS-OXNSPI] 2.2.1.10 */
export const SORT_TYPE = {
  displayName: 0,
  phoneticDisplayName: 3,
  displayNameReadOnly: 1000,
  displayNameWritable: 1001,
} as const;
/** Minimal entry ids that stand for a place in the table. [MS-OXNSPI] 2.2.1.8 */
export const POSITION = { beginning: 0, current: 1, end: 2 } as const;
/** What stands in place of a minimal entry id where a name was looked up. [MS-OXNSPI] 2.2.1.9 */
export const NAME_RESULT = { unresolved: 0, ambiguous: 1, resolved: 2 } as const;

/** Octets on the wire. */
export const STAT_SIZE = 36;
const SPEC = '[MS-OXNSPI] 2.2.8';

/** The beginning of the global address list, as Outlook asks for it. */
export const INITIAL_STAT: Stat = {
  sortType: SORT_TYPE.displayName,
  containerId: 0,
  currentRec: POSITION.beginning,
  delta: 0,
  numPos: 0,
  totalRecs: 0,
  codePage: CODE_PAGE.windows1252,
  templateLocale: LOCALE.englishUnitedStates,
  sortLocale: LOCALE.englishUnitedStates,
};

export function writeStat(writer: ByteWriter, name: string, stat: Stat): void {
  writer.group(name, () =>
    writer
      .u32('sortType', stat.sortType, sortTypeWords)
      .u32('containerId', stat.containerId, containerWords)
      .u32('currentRec', stat.currentRec, positionWords)
      .i32('delta', stat.delta)
      .u32('numPos', stat.numPos)
      .u32('totalRecs', stat.totalRecs)
      .u32('codePage', stat.codePage, codePageWords)
      .u32('templateLocale', stat.templateLocale)
      .u32('sortLocale', stat.sortLocale),
  );
}

export function readStat(reader: ByteReader, name: string): Stat {
  return reader.group(
    name,
    () => ({
      sortType: reader.u32('sortType', sortTypeWords),
      containerId: reader.u32('containerId', containerWords),
      currentRec: reader.u32('currentRec', positionWords),
      delta: reader.i32('delta'),
      numPos: reader.u32('numPos'),
      totalRecs: reader.u32('totalRecs'),
      codePage: reader.u32('codePage', codePageWords),
      templateLocale: reader.u32('templateLocale'),
      sortLocale: reader.u32('sortLocale'),
    }),
    SPEC,
  );
}

const SORT_TYPE_WORDS = new Map<number, string>([
  [SORT_TYPE.displayName, 'by display name'],
  [SORT_TYPE.phoneticDisplayName, 'by phonetic display name'],
  [SORT_TYPE.displayNameReadOnly, 'by display name, read-only'],
  [SORT_TYPE.displayNameWritable, 'by display name, writable'],
]);
const POSITION_WORDS = new Map<number, string>([
  [POSITION.beginning, 'beginning of the table'],
  [POSITION.current, 'current row'],
  [POSITION.end, 'end of the table'],
]);
const CODE_PAGE_WORDS = new Map<number, string>([
  [CODE_PAGE.windows1252, 'Windows-1252'],
  [CODE_PAGE.unicode, 'Unicode'],
  [CODE_PAGE.teletex, 'Teletex'],
]);
const NAME_RESULT_WORDS = new Map<number, string>([
  [NAME_RESULT.unresolved, 'not found'],
  [NAME_RESULT.ambiguous, 'ambiguous'],
  [NAME_RESULT.resolved, 'resolved'],
]);

const sortTypeWords = (value: number): string => SORT_TYPE_WORDS.get(value) ?? '';
const positionWords = (value: number): string => POSITION_WORDS.get(value) ?? '';
const containerWords = (value: number): string => (value === 0 ? 'global address list' : '');
export const codePageWords = (value: number): string => CODE_PAGE_WORDS.get(value) ?? '';
export const nameResultWords = (value: number): string => NAME_RESULT_WORDS.get(value) ?? '';
