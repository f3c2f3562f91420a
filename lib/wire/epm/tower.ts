/** Protocol towers: an interface, and floor by floor how it is reached. C706 appendices I and L, [MS-RPCE] 2.2.1.2.2 */
import type { ByteReader } from '../bytes/reader.ts';
import type { ByteWriter } from '../bytes/writer.ts';
import { NDR32, type SyntaxId } from '../dce-rpc/syntax.ts';

export interface Tower {
  readonly interface: SyntaxId;
  readonly transferSyntax: SyntaxId;
  /** What lies below the two, from the RPC protocol down to the address. */
  readonly below: readonly Floor[];
}

export interface Floor {
  /** One of `PROTOCOL`, or another. */
  readonly protocol: number;
  /** Big-endian where it is a port. */
  readonly value: Uint8Array;
}

/** Floors' identifiers. C706 appendix I */
export const PROTOCOL = { tcp: 0x07, ip: 0x09, connectionOriented: 0x0b, uuid: 0x0d, http: 0x1f } as const;

const WORDS = new Map<number, string>([
  [PROTOCOL.tcp, 'TCP'],
  [PROTOCOL.ip, 'IP'],
  [PROTOCOL.connectionOriented, 'connection-oriented RPC'],
  [PROTOCOL.uuid, 'UUID'],
  [PROTOCOL.http, 'HTTP'],
]);
const SPEC = 'C706 appendix L';
/** Named pipes need five, local calls four. */
const MAX_FLOORS = 16;

/** The tower of whoever asks where an interface is served over HTTP: port and address are left for the answer. */
export const towerOverHttp = (served: SyntaxId): Tower => ({
  interface: served,
  transferSyntax: NDR32,
  below: [
    { protocol: PROTOCOL.connectionOriented, value: new Uint8Array(2) },
    { protocol: PROTOCOL.http, value: new Uint8Array(2) },
    { protocol: PROTOCOL.ip, value: new Uint8Array(4) },
  ],
});

/** The port of a floor for TCP or HTTP; null where there is none. */
export function portOf({ below }: Tower): number | null {
  const floor = below.find(({ protocol }) => protocol === PROTOCOL.tcp || protocol === PROTOCOL.http);
  const [high, low] = floor?.value ?? [];
  return high === undefined || low === undefined ? null : high * 0x100 + low;
}

/** Octets of a tower: five around each floor's value, and 25 for each syntax. */
export const towerLength = ({ below }: Tower): number =>
  below.reduce((sum, { value }) => sum + 5 + value.length, 2 + 2 * 25);

/** Floors are not aligned. */
export function writeTower(fields: ByteWriter, tower: Tower): void {
  fields.group('floors', () => {
    fields.u16('count', 2 + tower.below.length);
    writeSyntax(fields, '[0]', tower.interface);
    writeSyntax(fields, '[1]', tower.transferSyntax);
    for (const [index, floor] of tower.below.entries()) writeFloor(fields, `[${index + 2}]`, floor);
  });
}

function writeFloor(fields: ByteWriter, name: string, { protocol, value }: Floor): void {
  fields.group(name, () => {
    fields.u16('lhsLength', 1).u8('protocol', protocol, protocolWords);
    fields.u16('rhsLength', value.length).bytes('value', value);
  });
}

function writeSyntax(fields: ByteWriter, name: string, { uuid, major, minor }: SyntaxId): void {
  fields.group(name, () => {
    fields.u16('lhsLength', 19).u8('protocol', PROTOCOL.uuid, protocolWords).guid('uuid', uuid).u16('major', major);
    fields.u16('rhsLength', 2).u16('minor', minor);
  });
}

/** Reads a tower that fills this many octets. */
export function readTower(fields: ByteReader, length: number): Tower {
  return fields.window(
    'floors',
    length,
    () => {
      const count = fields.u16('count');
      if (count < 2 || count > MAX_FLOORS)
        throw fields.fault('bad-value', 'count', `${count} floors`, fields.offset - 2);
      return {
        interface: readSyntax(fields, '[0]'),
        transferSyntax: readSyntax(fields, '[1]'),
        below: Array.from({ length: count - 2 }, (_, index) => readFloor(fields, `[${index + 2}]`)),
      };
    },
    SPEC,
  );
}

function readSyntax(fields: ByteReader, name: string): SyntaxId {
  return fields.group(name, () => {
    if (fields.u16('lhsLength') !== 19) throw fields.fault('bad-value', 'lhsLength', 'not 19', fields.offset - 2);
    if (fields.u8('protocol', protocolWords) !== PROTOCOL.uuid)
      throw fields.fault('bad-value', 'protocol', 'no UUID', fields.offset - 1);
    const uuid = fields.guid('uuid');
    const major = fields.u16('major');
    if (fields.u16('rhsLength') !== 2) throw fields.fault('bad-value', 'rhsLength', 'not 2', fields.offset - 2);
    return { uuid, major, minor: fields.u16('minor') };
  });
}

function readFloor(fields: ByteReader, name: string): Floor {
  return fields.group(name, () => {
    const length = fields.u16('lhsLength');
    if (length === 0) throw fields.fault('bad-value', 'lhsLength', 'a floor without a protocol', fields.offset - 2);
    const protocol = fields.u8('protocol', protocolWords);
    if (length > 1) fields.bytes('lhs', length - 1);
    return { protocol, value: fields.bytes('value', fields.u16('rhsLength')) };
  });
}

const protocolWords = (protocol: number): string => WORDS.get(protocol) ?? '';
