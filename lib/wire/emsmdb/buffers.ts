/** The buffers of the calls: an array of octets, and after it once more how many they are. [MS-OXCRPC] 3.1.4.1, 3.1.4.2 */
import type { ByteReader } from '../bytes/reader.ts';
import { type AuxiliaryBlock, readAuxiliaryBuffer } from '../extended-buffer/auxiliary.ts';
import {
  type PayloadReader,
  type PayloadWriter,
  readExtendedBuffer,
  writeExtendedBuffer,
} from '../extended-buffer/extended-buffer.ts';
import type { NdrReader } from '../ndr/reader.ts';
import type { NdrWriter } from '../ndr/writer.ts';

/** The most that auxiliary data takes, with its header. */
const MOST_AUX = 0x1008;

/** What a client says beside a request, which is nothing, and how much it takes of what a server says. */
export function writeAux(ndr: NdrWriter): void {
  const length = ndr.conformant('rgbAuxIn', () => {});
  ndr.u32('cbAuxIn', length).u32('pcbAuxOut', MOST_AUX);
}

export function readAuxIn(ndr: NdrReader): readonly AuxiliaryBlock[] {
  const { length, value } = ndr.conformant('rgbAuxIn', readAuxiliary);
  ndr.again('cbAuxIn', length);
  ndr.u32('pcbAuxOut');
  return value;
}

export function readAuxOut(ndr: NdrReader): readonly AuxiliaryBlock[] {
  const { length, value } = ndr.varying('rgbAuxOut', readAuxiliary);
  ndr.again('pcbAuxOut', length);
  return value;
}

export function writeRgbIn(ndr: NdrWriter, payloads: readonly PayloadWriter[]): void {
  const length = ndr.conformant('rgbIn', (fields) => writeExtendedBuffer(fields, 'buffer', payloads));
  ndr.u32('cbIn', length);
}

export function readRgbIn<T>(ndr: NdrReader, read: PayloadReader<T>): readonly T[] {
  const { length, value } = ndr.conformant('rgbIn', payloads(read));
  ndr.again('cbIn', length);
  return value;
}

export function readRgbOut<T>(ndr: NdrReader, read: PayloadReader<T>): readonly T[] {
  const { length, value } = ndr.varying('rgbOut', payloads(read));
  ndr.again('pcbOut', length);
  return value;
}

const readAuxiliary = (fields: ByteReader, length: number) => ({
  length,
  value: readAuxiliaryBuffer(fields, 'buffer', length),
});

const payloads =
  <T>(read: PayloadReader<T>) =>
  (fields: ByteReader, length: number) => ({ length, value: readExtendedBuffer(fields, 'buffer', length, read) });
