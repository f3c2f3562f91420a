/**
 * What a PDU of RPC over HTTP is called. Nothing in it says so: its flags and commands do, and some look alike. [MS-RPCH] 2.2.4.1
 */
import type { RtsCommandKind } from './commands.ts';
import { RTS_FLAG, type RtsPdu } from './pdu.ts';

interface Shape {
  readonly flags: number;
  readonly commands: readonly RtsCommandKind[];
  /** Of those that look alike, what a client sends or gets comes first. */
  readonly names: readonly string[];
}

const { PING, OTHER_CMD, RECYCLE_CHANNEL, IN_CHANNEL, OUT_CHANNEL, EOF, ECHO } = RTS_FLAG;

const shape = (flags: number, commands: readonly RtsCommandKind[], ...names: readonly string[]): Shape => ({
  flags,
  commands,
  names,
});

/** The version, and the cookies of the virtual connection and of the channel. */
const NAMED = ['Version', 'Cookie', 'Cookie'] as const;

/** [MS-RPCH] 2.2.4.2 to 2.2.4.51 */
const SHAPES: readonly Shape[] = [
  shape(0, [...NAMED, 'ReceiveWindowSize'], 'CONN/A1'),
  shape(OUT_CHANNEL, [...NAMED, 'ChannelLifetime', 'ReceiveWindowSize'], 'CONN/A2'),
  shape(0, ['ConnectionTimeout'], 'CONN/A3'),
  shape(0, [...NAMED, 'ChannelLifetime', 'ClientKeepalive', 'AssociationGroupId'], 'CONN/B1'),
  shape(
    IN_CHANNEL,
    [...NAMED, 'ReceiveWindowSize', 'ConnectionTimeout', 'AssociationGroupId', 'ClientAddress'],
    'CONN/B2',
  ),
  shape(0, ['ReceiveWindowSize', 'Version'], 'CONN/B3'),
  shape(0, ['Version', 'ReceiveWindowSize', 'ConnectionTimeout'], 'CONN/C2', 'CONN/C1'),
  shape(RECYCLE_CHANNEL, [...NAMED, 'Cookie'], 'IN_R1/A1', 'IN_R2/A1'),
  shape(IN_CHANNEL | RECYCLE_CHANNEL, [...NAMED, 'Cookie', 'ReceiveWindowSize', 'ConnectionTimeout'], 'IN_R1/A2'),
  shape(0, ['Destination', 'Version', 'ReceiveWindowSize', 'ConnectionTimeout'], 'IN_R1/A4', 'IN_R1/A3'),
  shape(0, ['Cookie'], 'IN_R1/A5', 'IN_R2/A5', 'IN_R1/A6', 'IN_R2/A2', 'OUT_R2/A4'),
  shape(0, ['Empty'], 'IN_R1/B1'),
  shape(0, ['ReceiveWindowSize'], 'IN_R1/B2'),
  shape(0, ['Destination'], 'IN_R2/A4', 'IN_R2/A3'),
  shape(RECYCLE_CHANNEL, ['Destination'], 'OUT_R1/A2', 'OUT_R2/A2', 'OUT_R1/A1', 'OUT_R2/A1'),
  shape(RECYCLE_CHANNEL, [...NAMED, 'Cookie', 'ReceiveWindowSize'], 'OUT_R1/A3', 'OUT_R2/A3'),
  shape(
    RECYCLE_CHANNEL | OUT_CHANNEL,
    [...NAMED, 'Cookie', 'ChannelLifetime', 'ReceiveWindowSize', 'ConnectionTimeout'],
    'OUT_R1/A4',
  ),
  shape(OUT_CHANNEL, ['Destination', 'Version', 'ConnectionTimeout'], 'OUT_R1/A6', 'OUT_R1/A5'),
  shape(OUT_CHANNEL, ['Destination', 'Cookie'], 'OUT_R1/A7', 'OUT_R1/A8', 'OUT_R2/A8'),
  shape(OUT_CHANNEL, ['Destination', 'Cookie', 'Version'], 'OUT_R2/A7'),
  shape(0, ['ANCE'], 'OUT_R1/A10', 'OUT_R1/A11', 'OUT_R1/A9', 'OUT_R2/B1'),
  shape(0, ['NegativeANCE'], 'OUT_R2/B2'),
  shape(0, ['Destination', 'ANCE'], 'OUT_R2/A6', 'OUT_R2/A5'),
  shape(EOF, ['ANCE'], 'OUT_R2/B3'),
  shape(PING, ['Empty'], 'OUT_R2/C1'),
  shape(PING, ['Padding'], 'OUT_R2/C1'),
  shape(OTHER_CMD, ['ClientKeepalive'], 'Keep-Alive'),
  shape(OTHER_CMD, ['PingTrafficSentNotify'], 'PingTrafficSentNotify'),
  shape(ECHO, [], 'Echo'),
  shape(PING, [], 'Ping'),
  shape(OTHER_CMD, ['FlowControlAck'], 'FlowControlAck'),
  shape(OTHER_CMD, ['Destination', 'FlowControlAck'], 'FlowControlAckWithDestination'),
];

/** All PDUs of the document that look like this one; none where it is of no kind that the document knows. */
export function rtsNames({ flags, commands }: RtsPdu): readonly string[] {
  const fits = (one: Shape): boolean =>
    one.flags === flags &&
    one.commands.length === commands.length &&
    one.commands.every((kind, at) => kind === commands[at]?.kind);
  return SHAPES.find(fits)?.names ?? [];
}

/** What to call it: `CONN/A3`, or what it consists of where the document knows none like it. */
export function rtsName(pdu: RtsPdu): string {
  const [name] = rtsNames(pdu);
  if (name !== undefined) return name;
  const kinds = pdu.commands.slice(0, 8).map(({ kind }) => kind);
  const more = pdu.commands.length > kinds.length ? ', …' : '';
  return `RTS 0x${pdu.flags.toString(16)} (${kinds.join(', ')}${more})`;
}

/** Whether by this a proxy asks for another channel, or goes on with it: what never happens without having been asked for. [MS-RPCH] 3.2.1.5.3 */
export const isRecycling = (pdu: RtsPdu): boolean => rtsNames(pdu).some((name) => /^(IN|OUT)_R[12]\//.test(name));
