/** The endpoint mapper, which servers before Exchange 2013 let clients ask from outside. C706 O, [MS-RPCE] 2.2.1.2 */
import { guid, join, NotReadable, Reader, u8, u16 } from '../store/bytes.ts';
import type { Call, Interface } from './interface.ts';
import { type NdrReader, NdrWriter, NULL_HANDLE } from './ndr.ts';
import { NDR32, type Syntax, sameSyntax, uuidText } from './pdu.ts';

export const MAPPER_PORT = 593;

/** [MS-RPCE] 2.2.1.2.5 */
const NOT_REGISTERED = 0x16c9a0d6;

/** Knows what is at the other ports. */
export function mapper(endpoints: Readonly<Record<number, readonly Interface[]>>): Interface {
  const map: Call = {
    name: 'ept_map',
    answer: (args) => {
      const wanted = readWanted(args);
      const ports = Object.entries(endpoints).flatMap(([port, interfaces]) =>
        interfaces.some(({ syntax }) => sameSyntax(syntax, wanted)) ? [Number(port)] : [],
      );
      return answerWith(ports.map((port) => towerFor(wanted, port)));
    },
  };
  return { syntax: { uuid: 'e1af8308-5d1f-11c9-91a4-08002b14a0fa', major: 3, minor: 0 }, calls: { 3: map } };
}

/** Whoever wants to know whether anybody is there asks for the interfaces of his port. C706 Q */
export function management(served: readonly Interface[]): Interface {
  return {
    syntax: { uuid: 'afa8bd80-7d8a-11c9-bef4-08002b102989', major: 1, minor: 0 },
    calls: {
      0: { name: 'inq_if_ids', answer: () => interfaceIds(served) },
      2: { name: 'is_server_listening', answer: () => new NdrWriter().u32(0).u32(1).done() },
    },
  };
}

function interfaceIds(served: readonly Interface[]): Buffer {
  const writer = new NdrWriter().pointer().u32(served.length).u32(served.length);
  for (const _each of served) writer.pointer();
  for (const { syntax } of served) writer.align(4).guid(syntax.uuid).u16(syntax.major).u16(syntax.minor);
  return writer.u32(0).done();
}

/** The interface at the first floor of the tower. */
function readWanted(args: NdrReader): Syntax {
  // An object, which nobody here has.
  if (args.pointer()) args.bytes(16);
  if (!args.pointer()) throw new NotReadable('There is no tower.');
  args.u32();
  const reader = new Reader(args.octets());
  reader.u16();
  reader.u16();
  if (reader.u8() !== INTERFACE_FLOOR) throw new NotReadable('The tower has no interface.');
  const uuid = reader.take(16);
  const major = reader.u16();
  reader.u16();
  return { uuid: uuidText(uuid), major, minor: reader.u16() };
}

const INTERFACE_FLOOR = 0x0d;
const CONNECTION_ORIENTED = 0x0b;
const HTTP = 0x1f;
const IP = 0x09;

const floor = (left: Uint8Array, right: Uint8Array): Buffer => join(u16(left.length), left, u16(right.length), right);

const syntaxFloor = ({ uuid, major, minor }: Syntax): Buffer =>
  floor(join(u8(INTERFACE_FLOOR), guid(uuid), u16(major)), u16(minor));

function towerFor(wanted: Syntax, port: number): Buffer {
  const floors = [
    syntaxFloor(wanted),
    syntaxFloor(NDR32),
    floor(u8(CONNECTION_ORIENTED), u16(0)),
    // Big-endian, and the only number that is.
    floor(u8(HTTP), Buffer.of(port >> 8, port & 0xff)),
    floor(u8(IP), Buffer.of(127, 0, 0, 1)),
  ];
  return join(u16(floors.length), ...floors);
}

/** More than a client makes room for there never are here. */
function answerWith(towers: readonly Buffer[]): Buffer {
  const writer = new NdrWriter().handle(NULL_HANDLE).u32(towers.length).u32(4).u32(0).u32(towers.length);
  for (const _tower of towers) writer.pointer();
  for (const tower of towers) writer.u32(tower.length).u32(tower.length).bytes(tower).align(4);
  return writer.u32(towers.length === 0 ? NOT_REGISTERED : 0).done();
}
