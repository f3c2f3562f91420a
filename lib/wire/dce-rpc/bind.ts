/** How a client and an interface agree: bind, bind_ack or bind_nak, and what NTLM adds as a third leg. C706 12.6.4, [MS-RPCE] 2.2.2 */
import type { ByteReader } from '../bytes/reader.ts';
import type { Trace } from '../bytes/trace.ts';
import { ByteWriter } from '../bytes/writer.ts';
import { WHOLE, writeHeader } from './header.ts';
import { readSyntax, type SyntaxId, writeSyntax } from './syntax.ts';
import { unsaid, type Verifier, writeTrailer } from './verifier.ts';

/** An interface with the ways of writing arguments that are offered for it. */
export interface PresentationContext {
  readonly id: number;
  readonly abstractSyntax: SyntaxId;
  readonly transferSyntaxes: readonly SyntaxId[];
}

export interface Bind {
  readonly type: 'bind' | 'alter_context';
  /** Beside those of a whole PDU. */
  readonly flags?: number;
  readonly callId: number;
  /** The longest PDU that we send, and the longest that we take. */
  readonly maxXmit: number;
  readonly maxRecv: number;
  /** 0 asks for a new one. */
  readonly assocGroup: number;
  readonly contexts: readonly PresentationContext[];
}

export interface BindResult {
  readonly result: number;
  readonly reason: number;
  readonly transferSyntax: SyntaxId;
}

export interface BindAck {
  readonly type: 'bind_ack' | 'alter_context_resp';
  readonly maxXmit: number;
  readonly maxRecv: number;
  readonly assocGroup: number;
  /** The port, as text. */
  readonly secondaryAddress: string;
  /** One for each context, in the same order; there are servers that send fewer. */
  readonly results: readonly BindResult[];
}

export interface BindNak {
  readonly type: 'bind_nak';
  readonly reason: number;
  readonly versions: readonly (readonly [major: number, minor: number])[];
  /** Extended error information [MS-EERR]; null where none was sent. */
  readonly errorInfo: Uint8Array | null;
}

/** C706 12.6.3.1, [MS-RPCE] 2.2.2.4 */
const RESULTS = ['acceptance', 'user rejection', 'provider rejection', 'negotiate ack'];
const REASONS = [
  'reason not specified',
  'abstract syntax not supported',
  'proposed transfer syntaxes not supported',
  'local limit exceeded',
];
/** C706 12.6.3.1, [MS-RPCE] 2.2.2.5 */
const NAK_REASONS: Readonly<Record<number, string>> = {
  0: 'reason not specified',
  1: 'temporary congestion',
  2: 'local limit exceeded',
  4: 'protocol version not supported',
  8: 'authentication type not recognized',
  9: 'invalid checksum',
};

export const ACCEPTED = 0;

/** Why an interface is refused: `abstract syntax not supported`. */
export function describeResult({ result, reason }: Pick<BindResult, 'result' | 'reason'>): string {
  const said = RESULTS[result] ?? `result ${result}`;
  return result === 2 ? (REASONS[reason] ?? `reason ${reason}`) : said;
}

/** Why a bind is refused as a whole. */
export const describeNak = (reason: number): string => NAK_REASONS[reason] ?? `reason ${reason}`;

/** @param verifier with the first token of a sign-in; null where nobody signs in */
export function encodeBind(bind: Bind, verifier: Verifier | null, trace?: Trace): Uint8Array<ArrayBuffer> {
  const { type, flags = 0, callId, contexts } = bind;
  return encodeWith({ type, flags: WHOLE | flags, callId }, verifier, trace, (writer) => {
    writer.u16('max_xmit_frag', bind.maxXmit).u16('max_recv_frag', bind.maxRecv).u32('assoc_group_id', bind.assocGroup);
    writer.u8('n_context_elem', contexts.length).bytes('reserved', new Uint8Array(3));
    for (const [index, context] of contexts.entries())
      writer.group(`p_cont_elem[${index}]`, () => writeContext(writer, context));
  });
}

function writeContext(writer: ByteWriter, { id, abstractSyntax, transferSyntaxes }: PresentationContext): void {
  writer.u16('p_cont_id', id).u8('n_transfer_syn', transferSyntaxes.length).u8('reserved', 0);
  writeSyntax(writer, 'abstract_syntax', abstractSyntax);
  for (const [index, syntax] of transferSyntaxes.entries()) writeSyntax(writer, `transfer_syntaxes[${index}]`, syntax);
}

/** The third leg of NTLM, to which nothing is answered. Its token is never shown. [MS-RPCE] 2.2.2.12 */
export function encodeAuth3(callId: number, verifier: Verifier, trace?: Trace): Uint8Array<ArrayBuffer> {
  return encodeWith({ type: 'rpc_auth_3', flags: WHOLE, callId }, verifier, trace, (writer) =>
    writer.bytes('pad', new Uint8Array(4)),
  );
}

function encodeWith(
  header: { readonly type: Bind['type'] | 'rpc_auth_3'; readonly flags: number; readonly callId: number },
  verifier: Verifier | null,
  trace: Trace | undefined,
  body: (writer: ByteWriter) => void,
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(trace);
  let setLength: (length: number) => void = () => undefined;
  writer.group('header', () => {
    setLength = writeHeader(writer, { ...header, authLength: verifier?.token.length ?? 0 });
  });
  body(writer);
  if (verifier !== null) {
    writeTrailer(writer, verifier, 0);
    writer.bytes('auth_value', verifier.token, header.type === 'rpc_auth_3' ? unsaid : undefined);
  }
  setLength(writer.offset);
  return writer.done();
}

export function readBind(reader: ByteReader, type: Bind['type'], callId: number): Bind {
  const sizes = readSizes(reader);
  const count = reader.u8('n_context_elem');
  reader.bytes('reserved', 3);
  const contexts = Array.from({ length: count }, (_, at) =>
    reader.group(`p_cont_elem[${at}]`, () => readContext(reader)),
  );
  return { type, callId, ...sizes, contexts };
}

function readContext(reader: ByteReader): PresentationContext {
  const id = reader.u16('p_cont_id');
  const count = reader.u8('n_transfer_syn');
  reader.u8('reserved');
  const abstractSyntax = readSyntax(reader, 'abstract_syntax');
  const transferSyntaxes = Array.from({ length: count }, (_, at) => readSyntax(reader, `transfer_syntaxes[${at}]`));
  return { id, abstractSyntax, transferSyntaxes };
}

/** What stands behind the last result means nothing: there are servers that write zeros there. */
export function readBindAck(reader: ByteReader, type: BindAck['type']): BindAck {
  const sizes = readSizes(reader);
  const secondaryAddress = readAddress(reader);
  reader.align(4);
  const count = reader.u8('n_results');
  reader.bytes('reserved', 3);
  const results = Array.from({ length: count }, (_, at) => reader.group(`p_results[${at}]`, () => readResult(reader)));
  return { type, ...sizes, secondaryAddress, results };
}

function readSizes(reader: ByteReader): Pick<BindAck, 'maxXmit' | 'maxRecv' | 'assocGroup'> {
  return {
    maxXmit: reader.u16('max_xmit_frag'),
    maxRecv: reader.u16('max_recv_frag'),
    assocGroup: reader.u32('assoc_group_id'),
  };
}

/** Its length counts the NUL, and is 0 where there is none at all. */
function readAddress(reader: ByteReader): string {
  return reader.group('sec_addr', () => {
    const length = reader.u16('length');
    return length === 0 ? '' : reader.window('port_spec', length, () => reader.asciiz('text'));
  });
}

function readResult(reader: ByteReader): BindResult {
  const result = reader.u16('result', (value) => RESULTS[value] ?? '');
  const reason = reader.u16('reason', (value) => (result === 2 ? (REASONS[value] ?? '') : ''));
  const transferSyntax = readSyntax(reader, 'transfer_syntax');
  return { result, reason, transferSyntax };
}

/** By this a server says that error information follows. [MS-RPCE] 2.2.2.9 */
const ERROR_INFO_FOLLOWS = '90740320-fad0-11d3-82d7-009027b130ab';

export function readBindNak(reader: ByteReader): BindNak {
  const reason = reader.u16('provider_reject_reason', describeNak);
  const count = reader.u8('n_protocols');
  const versions = Array.from({ length: count }, (_, at) =>
    reader.group(`p_protocols[${at}]`, () => [reader.u8('major'), reader.u8('minor')] as const),
  );
  return { type: 'bind_nak', reason, versions, errorInfo: readErrorInfo(reader) };
}

/** The padding before it may be missing. */
function readErrorInfo(reader: ByteReader): Uint8Array | null {
  const gap = (4 - (reader.offset % 4)) % 4;
  if (reader.remaining < gap + 16) return null;
  reader.bytes('pad', gap);
  return reader.guid('signature') === ERROR_INFO_FOLLOWS ? reader.bytes('eeinfo', reader.remaining) : null;
}
