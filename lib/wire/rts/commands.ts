/** The commands that PDUs of RPC over HTTP are made of, by the names of the document. [MS-RPCH] 2.2.3.5 */
import type { ByteReader } from '../bytes/reader.ts';
import type { ByteWriter } from '../bytes/writer.ts';

/** Who a PDU is for, wherever it passes on the way. [MS-RPCH] 2.2.3.3 */
export type ForwardDestination = 'client' | 'in-proxy' | 'server' | 'out-proxy';

export type RtsCommand =
  | { readonly kind: 'ReceiveWindowSize'; readonly bytes: number }
  | FlowControlAck
  | { readonly kind: 'ConnectionTimeout'; readonly ms: number }
  | { readonly kind: 'Cookie'; readonly cookie: Uint8Array }
  | { readonly kind: 'ChannelLifetime'; readonly bytes: number }
  | { readonly kind: 'ClientKeepalive'; readonly ms: number }
  | { readonly kind: 'Version'; readonly version: number }
  | { readonly kind: 'Empty' }
  | { readonly kind: 'Padding'; readonly count: number }
  | { readonly kind: 'NegativeANCE' }
  | { readonly kind: 'ANCE' }
  /** Four octets or sixteen. */
  | { readonly kind: 'ClientAddress'; readonly address: Uint8Array }
  | { readonly kind: 'AssociationGroupId'; readonly id: Uint8Array }
  | { readonly kind: 'Destination'; readonly destination: ForwardDestination }
  | { readonly kind: 'PingTrafficSentNotify'; readonly bytes: number };

export interface FlowControlAck {
  readonly kind: 'FlowControlAck';
  /** All that has come over the channel so far, RPC alone. */
  readonly received: number;
  /** What there is room for now. */
  readonly window: number;
  readonly channel: Uint8Array;
}

export type RtsCommandKind = RtsCommand['kind'];

/** In the order of their numbers, from 0 on. */
const KINDS = [
  'ReceiveWindowSize',
  'FlowControlAck',
  'ConnectionTimeout',
  'Cookie',
  'ChannelLifetime',
  'ClientKeepalive',
  'Version',
  'Empty',
  'Padding',
  'NegativeANCE',
  'ANCE',
  'ClientAddress',
  'AssociationGroupId',
  'Destination',
  'PingTrafficSentNotify',
] as const satisfies readonly RtsCommandKind[];

const DESTINATIONS: readonly ForwardDestination[] = ['client', 'in-proxy', 'server', 'out-proxy'];

const COOKIE_BYTES = 16;
/** [MS-RPCH] 2.2.3.5.9 */
const MOST_PADDING = 0xffff;

const inMs = (): string => 'ms';
const inBytes = (): string => 'bytes';

/** @throws WireError */
export function readCommand(reader: ByteReader): RtsCommand {
  const kind = KINDS[reader.u32('CommandType', (value) => KINDS[value] ?? '')];
  if (kind === undefined)
    throw reader.fault('bad-value', 'CommandType', 'no command has this number', reader.offset - 4);
  switch (kind) {
    case 'ReceiveWindowSize':
      return { kind, bytes: reader.u32('ReceiveWindowSize', inBytes) };
    case 'FlowControlAck':
      return {
        kind,
        received: reader.u32('BytesReceived', inBytes),
        window: reader.u32('AvailableWindow', inBytes),
        channel: reader.bytes('ChannelCookie', COOKIE_BYTES),
      };
    case 'ConnectionTimeout':
      return { kind, ms: reader.u32('ConnectionTimeout', inMs) };
    case 'Cookie':
      return { kind, cookie: reader.bytes('Cookie', COOKIE_BYTES) };
    case 'ChannelLifetime':
      return { kind, bytes: reader.u32('ChannelLifetime', inBytes) };
    case 'ClientKeepalive':
      return { kind, ms: reader.u32('ClientKeepalive', inMs) };
    case 'Version':
      return { kind, version: reader.u32('Version') };
    case 'Empty':
    case 'NegativeANCE':
    case 'ANCE':
      return { kind };
    case 'Padding':
      return readPadding(reader);
    case 'ClientAddress':
      return { kind, address: readAddress(reader) };
    case 'AssociationGroupId':
      return { kind, id: reader.bytes('AssociationGroupId', COOKIE_BYTES) };
    case 'Destination':
      return { kind, destination: readDestination(reader) };
    case 'PingTrafficSentNotify':
      return { kind, bytes: reader.u32('PingTrafficSent', inBytes) };
  }
}

/** What stands in the padding is not looked at. */
function readPadding(reader: ByteReader): RtsCommand {
  const count = reader.u32('ConformanceCount');
  if (count > MOST_PADDING)
    throw reader.fault('bad-value', 'ConformanceCount', 'more padding than is allowed', reader.offset - 4);
  reader.bytes('Padding', count);
  return { kind: 'Padding', count };
}

/** [MS-RPCH] 2.2.3.2 */
function readAddress(reader: ByteReader): Uint8Array {
  const type = reader.u32('AddressType', (value) => ['IPv4', 'IPv6'][value] ?? '');
  if (type > 1) throw reader.fault('bad-value', 'AddressType', 'neither IPv4 nor IPv6', reader.offset - 4);
  const address = reader.bytes('ClientAddress', type === 0 ? 4 : 16);
  reader.bytes('Padding', 12);
  return address;
}

function readDestination(reader: ByteReader): ForwardDestination {
  const destination = DESTINATIONS[reader.u32('ForwardDestination', (value) => DESTINATIONS[value] ?? '')];
  if (destination === undefined)
    throw reader.fault('bad-value', 'ForwardDestination', 'nobody on the way has this number', reader.offset - 4);
  return destination;
}

export function writeCommand(writer: ByteWriter, command: RtsCommand): void {
  writer.u32('CommandType', KINDS.indexOf(command.kind), () => command.kind);
  switch (command.kind) {
    case 'ReceiveWindowSize':
      writer.u32('ReceiveWindowSize', command.bytes, inBytes);
      break;
    case 'FlowControlAck':
      writer.u32('BytesReceived', command.received, inBytes).u32('AvailableWindow', command.window, inBytes);
      writer.bytes('ChannelCookie', exactly(COOKIE_BYTES, command.channel));
      break;
    case 'ConnectionTimeout':
      writer.u32('ConnectionTimeout', command.ms, inMs);
      break;
    case 'Cookie':
      writer.bytes('Cookie', exactly(COOKIE_BYTES, command.cookie));
      break;
    case 'ChannelLifetime':
      writer.u32('ChannelLifetime', command.bytes, inBytes);
      break;
    case 'ClientKeepalive':
      writer.u32('ClientKeepalive', command.ms, inMs);
      break;
    case 'Version':
      writer.u32('Version', command.version);
      break;
    case 'Empty':
    case 'NegativeANCE':
    case 'ANCE':
      break;
    case 'Padding':
      writer.u32('ConformanceCount', command.count).bytes('Padding', new Uint8Array(command.count));
      break;
    case 'ClientAddress':
      writer.u32('AddressType', command.address.length === 4 ? 0 : 1);
      writer.bytes('ClientAddress', exactly(command.address.length === 4 ? 4 : 16, command.address));
      writer.bytes('Padding', new Uint8Array(12));
      break;
    case 'AssociationGroupId':
      writer.bytes('AssociationGroupId', exactly(COOKIE_BYTES, command.id));
      break;
    case 'Destination':
      writer.u32('ForwardDestination', DESTINATIONS.indexOf(command.destination), () => command.destination);
      break;
    case 'PingTrafficSentNotify':
      writer.u32('PingTrafficSent', command.bytes, inBytes);
      break;
  }
}

function exactly(length: number, value: Uint8Array): Uint8Array {
  if (value.length !== length) throw new RangeError(`${value.length} bytes instead of ${length}`);
  return value;
}
