/** The PDUs by which RPC over HTTP joins its channels and keeps them: a header and a list of commands. [MS-RPCH] 2.2.3.6 */
import { ByteReader } from '../bytes/reader.ts';
import type { Trace } from '../bytes/trace.ts';
import { ByteWriter } from '../bytes/writer.ts';
import { readHeader, WHOLE, writeHeader } from '../dce-rpc/header.ts';
import { type RtsCommand, readCommand, writeCommand } from './commands.ts';

/** [MS-RPCH] 2.2.3.6.1 */
export const RTS_FLAG = {
  PING: 0x01,
  OTHER_CMD: 0x02,
  RECYCLE_CHANNEL: 0x04,
  IN_CHANNEL: 0x08,
  OUT_CHANNEL: 0x10,
  EOF: 0x20,
  ECHO: 0x40,
} as const;

export interface RtsPdu {
  readonly flags: number;
  readonly commands: readonly RtsCommand[];
}

const SPEC = '[MS-RPCH] 2.2.3.6';

export function encodeRts({ flags, commands }: RtsPdu, trace?: Trace): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(trace);
  let setLength: (length: number) => void = () => undefined;
  writer.group('header', () => {
    setLength = writeHeader(writer, { type: 'rts', flags: WHOLE, authLength: 0, callId: 0 });
    writer.u16('Flags', flags, flagWords).u16('NumberOfCommands', commands.length);
  });
  for (const command of commands) writer.group(command.kind, () => writeCommand(writer, command));
  setLength(writer.offset);
  return writer.done();
}

/**
 * Strict in all that the document lays down for every PDU. Which flags and commands belong together is another matter: see `rtsNames`.
 * @throws WireError
 */
export function decodeRts(bytes: Uint8Array, trace?: Trace): RtsPdu {
  const reader = new ByteReader(bytes, { path: 'rts', spec: SPEC, trace });
  const { flags, count } = reader.group('header', () => readRtsHeader(reader, bytes.length));
  const commands = Array.from({ length: count }, (_, at) => reader.group(`commands[${at}]`, () => readCommand(reader)));
  reader.end();
  return { flags, commands };
}

function readRtsHeader(reader: ByteReader, length: number): { readonly flags: number; readonly count: number } {
  const { type, flags, fragLength, authLength, callId } = readHeader(reader);
  if (type !== 'rts') throw reader.fault('bad-value', 'PTYPE', 'not a PDU of RPC over HTTP', 2);
  if (flags !== WHOLE) throw reader.fault('bad-value', 'pfc_flags', 'these PDUs are never cut into fragments', 3);
  if (fragLength !== length) throw reader.fault('bad-value', 'frag_length', `${length} bytes are there`, 8);
  if (authLength !== 0) throw reader.fault('bad-value', 'auth_length', 'these PDUs are not signed', 10);
  if (callId !== 0) throw reader.fault('bad-value', 'call_id', 'these PDUs belong to no call', 12);
  const ownFlags = reader.u16('Flags', flagWords);
  const count = reader.u16('NumberOfCommands');
  if (count * 4 > reader.remaining)
    throw reader.fault('truncated', 'NumberOfCommands', `${count} commands cannot be in ${reader.remaining} bytes`, 18);
  return { flags: ownFlags, count };
}

const flagWords = (flags: number): string =>
  Object.entries(RTS_FLAG)
    .filter(([, bit]) => (flags & bit) !== 0)
    .map(([name]) => name)
    .join(' | ');
