/** Parts of a body that an octet before them says are there. [MS-OXCMAPIHTTP] 2.2.5 */
import type { ByteReader } from '../../bytes/reader.ts';
import type { ByteWriter } from '../../bytes/writer.ts';
import { readStat, type Stat, writeStat } from '../stat.ts';

/** TRUE as Outlook and Exchange write it; any but 0 is as good. */
const PRESENT = 0xff;

export function readOptional<T>(reader: ByteReader, flagName: string, read: () => T): T | null {
  return reader.u8(flagName, presenceWords) === 0 ? null : read();
}

export function writeOptional<T>(
  writer: ByteWriter,
  flagName: string,
  value: T | null,
  write: (value: T) => void,
): void {
  writer.u8(flagName, value === null ? 0 : PRESENT, presenceWords);
  if (value !== null) write(value);
}

export const readState = (reader: ByteReader): Stat | null =>
  readOptional(reader, 'hasState', () => readStat(reader, 'state'));

export const writeState = (writer: ByteWriter, state: Stat | null): void =>
  writeOptional(writer, 'hasState', state, (stat) => writeStat(writer, 'state', stat));

const presenceWords = (flag: number): string => (flag === 0 ? 'not there' : 'there');
