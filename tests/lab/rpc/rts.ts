/** RTS PDUs, which open and keep the channels, as both proxies and the server behind them write and read them. [MS-RPCH] 2.2.3, 2.2.4 */

import { join, u16, u32 } from '../store/bytes.ts';
import { HEADER as COMMON_HEADER, NotRpc, pduHeader, types } from './pdu.ts';

/** [MS-RPCH] 2.2.3.6.1 */
export const rtsFlags = { none: 0, ping: 1, other: 2, recycle: 4, in: 8, out: 0x10, end: 0x20, echo: 0x40 } as const;

const HEADER = COMMON_HEADER + 4;

/** The number of each command, and how long what follows it is. [MS-RPCH] 2.2.3.5 */
const commandNumbers = {
  receiveWindow: 0,
  flowControlAck: 1,
  connectionTimeout: 2,
  cookie: 3,
  channelLifetime: 4,
  clientKeepalive: 5,
  version: 6,
  empty: 7,
  padding: 8,
  negativeAnce: 9,
  ance: 10,
  clientAddress: 11,
  associationGroup: 12,
  destination: 13,
  pingTraffic: 14,
} as const;

type CommandName = keyof typeof commandNumbers;

const fixedLengths: Record<Exclude<CommandName, 'padding' | 'clientAddress'>, number> = {
  receiveWindow: 4,
  flowControlAck: 24,
  connectionTimeout: 4,
  cookie: 16,
  channelLifetime: 4,
  clientKeepalive: 4,
  version: 4,
  empty: 0,
  negativeAnce: 0,
  ance: 0,
  associationGroup: 16,
  destination: 4,
  pingTraffic: 4,
};

export interface Command {
  readonly name: CommandName;
  readonly data: Buffer;
}

export interface RtsPdu {
  readonly flags: number;
  readonly commands: readonly Command[];
}

export function rtsPdu(flags: number, ...commands: readonly Buffer[]): Buffer {
  const body = join(u16(flags), u16(commands.length), ...commands);
  return join(pduHeader({ type: types.rts, flags: 3, callId: 0 }, COMMON_HEADER + body.length), body);
}

export function numberCommand(name: CommandName, value: number): Buffer {
  return command(name, u32(value));
}

export function command(name: CommandName, data: Uint8Array = new Uint8Array()): Buffer {
  return join(u32(commandNumbers[name]), data);
}

/** @throws NotRpc where a command is unknown, or ends behind the PDU */
export function readRts(pdu: Buffer): RtsPdu {
  if (pdu.length < HEADER || pdu[2] !== types.rts) throw new NotRpc('This is no RTS PDU.');
  const count = pdu.readUInt16LE(18);
  const commands: Command[] = [];
  let at = HEADER;
  for (let index = 0; index < count; index++) {
    const { command: read, end } = readCommand(pdu, at);
    commands.push(read);
    at = end;
  }
  if (at !== pdu.length) throw new NotRpc('There is more than the commands of this PDU.');
  return { flags: pdu.readUInt16LE(16), commands };
}

function readCommand(pdu: Buffer, at: number): { command: Command; end: number } {
  const need = (end: number): void => {
    if (end > pdu.length) throw new NotRpc('A command ends behind its PDU.');
  };
  need(at + 4);
  const number = pdu.readUInt32LE(at);
  const name = (Object.keys(commandNumbers) as CommandName[]).find((each) => commandNumbers[each] === number);
  if (name === undefined) throw new NotRpc(`There is no command ${number}.`);
  const start = at + 4;
  const end = start + lengthOf(name, pdu, start, need);
  need(end);
  return { command: { name, data: pdu.subarray(start, end) }, end };
}

function lengthOf(name: CommandName, pdu: Buffer, start: number, need: (end: number) => void): number {
  if (name !== 'padding' && name !== 'clientAddress') return fixedLengths[name];
  need(start + 4);
  const number = pdu.readUInt32LE(start);
  if (name === 'padding') return 4 + number;
  // IPv4 or IPv6, and twelve octets that mean nothing.
  return 4 + (number === 0 ? 4 : 16) + 12;
}

/** The data of the n-th command of a name. */
export function dataOf({ commands }: RtsPdu, name: CommandName, index = 0): Buffer {
  const found = commands.filter((each) => each.name === name)[index];
  if (!found) throw new NotRpc(`The command ${name} is missing.`);
  return found.data;
}

/** What the out proxy and the server tell the client of how long they wait, in milliseconds. */
const CONNECTION_TIMEOUT = 900_000;
const VERSION = numberCommand('version', 1);

/** The proxy is there, and has understood the request; sent to whoever asks for an echo. [MS-RPCH] 2.2.4.48 */
export const ECHO = rtsPdu(rtsFlags.echo);
export const PING = rtsPdu(rtsFlags.ping);

/** The out proxy has the client's OUT channel. [MS-RPCH] 2.2.4.4 */
export const connA3 = (): Buffer => rtsPdu(rtsFlags.none, numberCommand('connectionTimeout', CONNECTION_TIMEOUT));

/** The server has both channels. [MS-RPCH] 2.2.4.9 */
export const connC2 = (window: number): Buffer =>
  rtsPdu(
    rtsFlags.none,
    VERSION,
    numberCommand('receiveWindow', window),
    numberCommand('connectionTimeout', CONNECTION_TIMEOUT),
  );

/** Asks for a new OUT channel in place of this one, which has been used long enough. [MS-RPCH] 2.2.4.24 */
export const outR1A2 = (): Buffer => rtsPdu(rtsFlags.recycle, numberCommand('destination', 0));

/** The server has taken so much of the IN channel, and takes so much more. [MS-RPCH] 2.2.4.51 */
export function flowControlAck(received: number, window: number, cookie: Uint8Array): Buffer {
  return rtsPdu(
    rtsFlags.other,
    numberCommand('destination', 0),
    command('flowControlAck', join(u32(received), u32(window), cookie)),
  );
}
