import { isIP } from 'node:net';
import { type ByteWriter, byteWriter } from './bytes.ts';

/** What a record says, by type. RFC 1035 3.3, RFC 3596, RFC 2782 */
export type RecordData =
  | { type: 'A' | 'AAAA'; address: string }
  | { type: 'CNAME' | 'NS'; target: string }
  | { type: 'TXT'; texts: readonly string[] }
  | { type: 'SRV'; priority: number; weight: number; port: number; target: string }
  | { type: 'SOA'; primary: string; contact: string; serial: number; negativeTtl: number };

/** The numbers that stand for the types on the wire. */
export const recordTypes: Record<RecordData['type'], number> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
};

/** The address record for an address of either family. */
export function addressRecord(address: string): RecordData {
  return { type: isIP(address) === 6 ? 'AAAA' : 'A', address };
}

/** The record by which a domain names a host of a service; `.` is none. RFC 2782 */
export function service(target: string, { priority = 0, weight = 0, port = 443 } = {}): RecordData {
  return { type: 'SRV', priority, weight, port, target };
}

/** The bytes of a record's data, without the length in front. */
export function encodeRecordData(data: RecordData): Uint8Array {
  const writer = byteWriter();
  writeRecordData(writer, data);
  return writer.bytes();
}

function writeRecordData(writer: ByteWriter, data: RecordData): void {
  switch (data.type) {
    case 'A':
      writer.raw(data.address.split('.').map(Number));
      break;
    case 'AAAA':
      writer.raw(ipv6Bytes(data.address));
      break;
    case 'CNAME':
    case 'NS':
      writer.name(data.target);
      break;
    case 'TXT':
      for (const text of data.texts) writer.text(text);
      break;
    case 'SRV':
      for (const number of [data.priority, data.weight, data.port]) writer.u16(number);
      writer.name(data.target);
      break;
    case 'SOA':
      for (const name of [data.primary, data.contact]) writer.name(name);
      for (const number of [data.serial, 3600, 600, 86_400, data.negativeTtl]) writer.u32(number);
  }
}

function ipv6Bytes(address: string): number[] {
  const [before = [], after = []] = address.split('::').map(ipv6Groups);
  const zeros = new Array<number>(8 - before.length - after.length).fill(0);
  return [...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 0xff]);
}

function ipv6Groups(part: string): number[] {
  const groups = part.split(':').filter((group) => group !== '');
  return groups.map((group) => Number.parseInt(group, 16));
}
