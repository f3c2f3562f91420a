/**
 * Auxiliary blocks: what server and client tell each other of themselves beside the request. Nothing depends on them, so a block that cannot
 * be read spoils no answer. [MS-OXCRPC] 2.2.2.2
 */
import { type ByteReader, latin1 } from '../bytes/reader.ts';
import type { WireError } from '../error.ts';
import { readExtendedBuffer } from './extended-buffer.ts';

/** By the names of the document, without AUX_ and PERF_; times in milliseconds, offsets resolved, reserved fields left out. */
export type AuxiliaryBlock =
  | { readonly kind: 'request-id'; readonly sessionId: number; readonly requestId: number }
  | ({ readonly kind: 'client-info' } & ClientInfo)
  | {
      readonly kind: 'server-info';
      readonly serverId: number;
      /** 1 mailboxes, 2 public folders, 3 directory, 4 referrals. */
      readonly serverType: number;
      readonly serverDn: string;
      readonly serverName: string;
    }
  | {
      readonly kind: 'session-info';
      readonly sessionId: number;
      readonly sessionGuid: string;
      /** In version 2 alone. */
      readonly connectionId: number | null;
    }
  | { readonly kind: 'client-control'; readonly enableFlags: number; readonly expiryMs: number }
  | {
      readonly kind: 'process-info';
      readonly processId: number;
      readonly processGuid: string;
      readonly processName: string;
    }
  | { readonly kind: 'os-version'; readonly version: string; readonly servicePack: string }
  /** Bit 0: there are public folders. Bit 1: Autodiscover tells where. */
  | { readonly kind: 'organization'; readonly flags: number; readonly hasPublicFolders: boolean }
  | { readonly kind: 'account-info'; readonly clientId: number; readonly account: string }
  /** Not in the document; Exchange sends it in the answer to Connect. */
  | { readonly kind: 'mapi-endpoint'; readonly processType: number; readonly server: string }
  | { readonly kind: 'server-capabilities'; readonly flags: number }
  /** Bit 0: one endpoint serves everything. */
  | { readonly kind: 'endpoint-capabilities'; readonly flags: number }
  | {
      readonly kind: 'client-connection';
      readonly connectionGuid: string;
      readonly attempts: number;
      /** 1: cached mode. */
      readonly flags: number;
      readonly context: string;
    }
  /** What a server says of itself for the client's log: `ClientAccessServer=EX01.contoso.example,ConnectTime=…`. */
  | { readonly kind: 'server-session'; readonly context: string }
  | {
      readonly kind: 'device-id';
      readonly manufacturer: string;
      readonly model: string;
      readonly serialNumber: string;
      readonly version: string;
      readonly firmware: string;
    }
  | ({ readonly kind: 'unknown' } & RawBlock)
  | ({ readonly kind: 'unreadable'; readonly error: WireError } & RawBlock);

export interface ClientInfo {
  readonly adapterKilobits: number;
  readonly clientId: number;
  /** 1 classic online mode, 2 cached mode. */
  readonly clientMode: number;
  readonly machineName: string;
  readonly userName: string;
  readonly clientIp: Uint8Array;
  readonly clientIpMask: Uint8Array;
  readonly adapterName: string;
  readonly macAddress: Uint8Array;
}

interface RawBlock {
  readonly version: number;
  readonly type: number;
  /** Behind the header. */
  readonly octets: Uint8Array;
}

const SPEC = '[MS-OXCRPC] 2.2.2.2';
const HEADER_BYTES = 4;
/** Connect brings six, an answer to Execute none or one. */
const MAX_BLOCKS = 1_000;

/**
 * Reads an auxiliary buffer that fills this many octets; none at all where these are none.
 * @throws WireError where blocks cannot be told apart
 */
export function readAuxiliaryBuffer(reader: ByteReader, name: string, length: number): AuxiliaryBlock[] {
  const blocks: AuxiliaryBlock[] = [];
  readExtendedBuffer(reader, name, length, (payload) => {
    while (!payload.isEmpty) {
      if (blocks.length === MAX_BLOCKS) throw payload.fault('too-large', '', `more than ${MAX_BLOCKS} blocks`);
      blocks.push(readBlock(payload, blocks.length));
    }
  });
  return blocks;
}

/** AUX_HEADER. Its size counts itself, and offsets inside the block count from its start. */
function readBlock(reader: ByteReader, index: number): AuxiliaryBlock {
  const [low = 0, high = 0, version = 0, type = 0] = reader.peek(`[${index}]`, HEADER_BYTES);
  const size = low + high * 0x100;
  if (size < HEADER_BYTES) throw reader.fault('bad-value', `[${index}].size`, `${size} bytes, less than its header`);
  const raw = { version, type, octets: reader.peek(`[${index}]`, size).subarray(HEADER_BYTES) };
  const layout = LAYOUTS.find((each) => each.type === type && each.versions.includes(version));
  const read = (): AuxiliaryBlock => {
    reader.u16('size');
    reader.u8('version');
    reader.u8('type', () => layout?.name ?? '');
    return layout?.read(reader, version) ?? { kind: 'unknown', ...raw };
  };
  return reader.loose(`[${index}]`, size, read, (error) => ({ kind: 'unreadable', error, ...raw }), SPEC);
}

interface Layout {
  readonly type: number;
  readonly versions: readonly number[];
  readonly name: string;
  readonly read: (reader: ByteReader, version: number) => AuxiliaryBlock;
}

/** In the order of the document, 2.2.2.2.1 to 2.2.2.2.23; performance reports of clients are left out. */
const LAYOUTS: readonly Layout[] = [
  {
    ...{ type: 0x01, versions: [1], name: 'AUX_PERF_REQUESTID' },
    read: (reader) => ({
      kind: 'request-id',
      sessionId: reader.u16('sessionId'),
      requestId: reader.u16('requestId'),
    }),
  },
  { ...{ type: 0x04, versions: [1, 2], name: 'AUX_PERF_SESSIONINFO' }, read: readSessionInfo },
  { ...{ type: 0x02, versions: [1], name: 'AUX_PERF_CLIENTINFO' }, read: readClientInfo },
  { ...{ type: 0x03, versions: [1], name: 'AUX_PERF_SERVERINFO' }, read: readServerInfo },
  { ...{ type: 0x0b, versions: [1, 2], name: 'AUX_PERF_PROCESSINFO' }, read: readProcessInfo },
  {
    ...{ type: 0x0a, versions: [1], name: 'AUX_CLIENT_CONTROL' },
    read: (reader) => ({
      kind: 'client-control',
      enableFlags: reader.u32('enableFlags'),
      expiryMs: reader.u32('expiryTime'),
    }),
  },
  { ...{ type: 0x16, versions: [1], name: 'AUX_OSVERSIONINFO' }, read: readOsVersion },
  {
    ...{ type: 0x17, versions: [1], name: 'AUX_EXORGINFO' },
    read: (reader) => {
      const flags = reader.u32('orgFlags');
      return { kind: 'organization', flags, hasPublicFolders: (flags & 1) !== 0 };
    },
  },
  {
    ...{ type: 0x18, versions: [1], name: 'AUX_PERF_ACCOUNTINFO' },
    read: (reader) => {
      const clientId = reader.u16('clientId');
      reader.u16('reserved');
      return { kind: 'account-info', clientId, account: reader.guid('account') };
    },
  },
  {
    ...{ type: 0x46, versions: [1], name: 'AUX_SERVER_CAPABILITIES' },
    read: (reader) => ({ kind: 'server-capabilities', flags: reader.u32('serverCapabilityFlags') }),
  },
  {
    ...{ type: 0x48, versions: [1], name: 'AUX_ENDPOINT_CAPABILITIES' },
    read: (reader) => ({ kind: 'endpoint-capabilities', flags: reader.u32('endpointCapabilityFlag') }),
  },
  { ...{ type: 0x4a, versions: [1], name: 'AUX_CLIENT_CONNECTION_INFO' }, read: readClientConnection },
  {
    ...{ type: 0x4b, versions: [1], name: 'AUX_SERVER_SESSION_INFO' },
    read: (reader) => {
      const offset = reader.u16('offsetServerSessionContextInfo');
      return { kind: 'server-session', context: textAt(reader, 'serverSessionContextInfo', offset) };
    },
  },
  { ...{ type: 0x4e, versions: [1], name: 'AUX_PROTOCOL_DEVICE_IDENTIFICATION' }, read: readDeviceId },
  {
    ...{ type: 0x43, versions: [2], name: 'not in the document' },
    read: (reader) => {
      const processType = reader.u8('processType');
      const length = reader.u8('length');
      return { kind: 'mapi-endpoint', processType, server: latin1(reader.bytes('server', length, words8)) };
    },
  },
];

function readSessionInfo(reader: ByteReader, version: number): AuxiliaryBlock {
  const sessionId = reader.u16('sessionId');
  reader.u16('reserved');
  const sessionGuid = reader.guid('sessionGuid');
  return {
    ...{ kind: 'session-info', sessionId, sessionGuid },
    connectionId: version === 2 ? reader.u32('connectionId') : null,
  };
}

function readClientInfo(reader: ByteReader): AuxiliaryBlock {
  const adapterKilobits = reader.u32('adapterSpeed');
  const clientId = reader.u16('clientId');
  const machineName = reader.u16('machineNameOffset');
  const userName = reader.u16('userNameOffset');
  const clientIp = [reader.u16('clientIpSize'), reader.u16('clientIpOffset')] as const;
  const clientIpMask = [reader.u16('clientIpMaskSize'), reader.u16('clientIpMaskOffset')] as const;
  const adapterName = reader.u16('adapterNameOffset');
  const macAddress = [reader.u16('macAddressSize'), reader.u16('macAddressOffset')] as const;
  const clientMode = reader.u16('clientMode');
  reader.u16('reserved');
  return {
    ...{ kind: 'client-info', adapterKilobits, clientId, clientMode },
    machineName: textAt(reader, 'machineName', machineName),
    userName: textAt(reader, 'userName', userName),
    clientIp: octetsAt(reader, 'clientIp', clientIp),
    clientIpMask: octetsAt(reader, 'clientIpMask', clientIpMask),
    adapterName: textAt(reader, 'adapterName', adapterName),
    macAddress: octetsAt(reader, 'macAddress', macAddress),
  };
}

function readServerInfo(reader: ByteReader): AuxiliaryBlock {
  const serverId = reader.u16('serverId');
  const serverType = reader.u16('serverType');
  const serverDn = reader.u16('serverDnOffset');
  const serverName = reader.u16('serverNameOffset');
  return {
    ...{ kind: 'server-info', serverId, serverType },
    serverDn: textAt(reader, 'serverDn', serverDn),
    serverName: textAt(reader, 'serverName', serverName),
  };
}

function readProcessInfo(reader: ByteReader): AuxiliaryBlock {
  const processId = reader.u16('processId');
  reader.u16('reserved1');
  const processGuid = reader.guid('processGuid');
  const processName = reader.u16('processNameOffset');
  reader.u16('reserved2');
  return {
    ...{ kind: 'process-info', processId, processGuid },
    processName: textAt(reader, 'processName', processName),
  };
}

function readOsVersion(reader: ByteReader): AuxiliaryBlock {
  reader.u32('osVersionInfoSize');
  const version = [reader.u32('majorVersion'), reader.u32('minorVersion'), reader.u32('buildNumber')];
  reader.bytes('reserved1', 132);
  const servicePack = [reader.u16('servicePackMajor'), reader.u16('servicePackMinor')];
  reader.u32('reserved2');
  return { kind: 'os-version', version: version.join('.'), servicePack: servicePack.join('.') };
}

function readClientConnection(reader: ByteReader): AuxiliaryBlock {
  const connectionGuid = reader.guid('connectionGuid');
  const context = reader.u16('offsetConnectionContextInfo');
  reader.u16('reserved');
  const attempts = reader.u32('connectionAttempts');
  const flags = reader.u32('connectionFlags');
  return {
    ...{ kind: 'client-connection', connectionGuid, attempts, flags },
    context: textAt(reader, 'connectionContextInfo', context),
  };
}

function readDeviceId(reader: ByteReader): AuxiliaryBlock {
  const manufacturer = reader.u16('deviceManufacturerOffset');
  const model = reader.u16('deviceModelOffset');
  const serialNumber = reader.u16('deviceSerialNumberOffset');
  const version = reader.u16('deviceVersionOffset');
  const firmware = reader.u16('deviceFirmwareVersionOffset');
  return {
    kind: 'device-id',
    manufacturer: textAt(reader, 'deviceManufacturer', manufacturer),
    model: textAt(reader, 'deviceModel', model),
    serialNumber: textAt(reader, 'deviceSerialNumber', serialNumber),
    version: textAt(reader, 'deviceVersion', version),
    firmware: textAt(reader, 'deviceFirmwareVersion', firmware),
  };
}

/** Offset 0 stands for no text. */
const textAt = (reader: ByteReader, name: string, offset: number): string =>
  offset === 0 ? '' : reader.jump(name, offset, () => reader.utf16z(name));

const NO_OCTETS = new Uint8Array();

const octetsAt = (reader: ByteReader, name: string, [size, offset]: readonly [number, number]): Uint8Array =>
  offset === 0 || size === 0 ? NO_OCTETS : reader.jump(name, offset, () => reader.bytes(name, size));

const words8 = (octets: Uint8Array): string => JSON.stringify(latin1(octets));
