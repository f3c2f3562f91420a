/** The mailbox over RPC: EMSMDB and its notifications. [MS-OXCRPC] 3.1.4 */
import { writeAuxiliary } from '../store/auxiliary.ts';
import {
  ecCachedModeRequired,
  ecClientVerDisallowed,
  ecNotEncrypted,
  ecProtocolDisabled,
  ecRpcHttpDisallowed,
  SUCCESS,
} from '../store/codes.ts';
import { type ConnectAnswer, connectToStore, type StoreBend } from '../store/session.ts';
import { type Caller, type Interface, newHandle } from './interface.ts';
import { type NdrReader, NdrWriter, NULL_HANDLE } from './ndr.ts';
import { faults, type Syntax } from './pdu.ts';
import { Fault } from './security.ts';

/** How the mailbox is bent, as far as it is RPC that does it. */
export interface EmsmdbBend extends StoreBend {
  /** Nobody gets in whose calls RPC itself does not encrypt. */
  encryption?: 'required';
  /** Outlook below this major version gets in nowhere: 15 is Outlook 2013. */
  oldestClient?: number;
  /** As it tells clients: major, minor, build, and the build's own minor number. */
  serverVersion?: Version;
}

export type Version = readonly [major: number, minor: number, build: number, minorBuild: number];

const EXCHANGE_2019: Version = [15, 2, 2562, 17];

const EMSMDB: Syntax = { uuid: 'a4f1db00-ca47-1067-b31f-00dd010662da', major: 0, minor: 81 };
const ASYNC: Syntax = { uuid: '5261574a-4572-206e-b268-6b199213b4e4', major: 0, minor: 1 };

export function emsmdb(bend: EmsmdbBend = {}): Interface {
  return {
    syntax: EMSMDB,
    calls: {
      1: { name: 'EcDoDisconnect', answer: disconnect },
      6: { name: 'EcDummyRpc', answer: () => new NdrWriter().u32(SUCCESS).done() },
      10: { name: 'EcDoConnectEx', answer: (args, caller) => connect(args, caller, bend) },
      11: { name: 'EcDoRpcExt2', answer: execute },
      14: {
        name: 'EcDoAsyncConnectEx',
        answer: (args, { kept }) => {
          const handle = kept.stores.has(args.handle()) ? newHandle(3) : NULL_HANDLE;
          return new NdrWriter()
            .handle(handle)
            .u32(handle === NULL_HANDLE ? INVALID_HANDLE : SUCCESS)
            .done();
        },
      },
    },
  };
}

/** Nothing ever happens here, so nobody waits: the server says at once that there is nothing. */
export const asyncEmsmdb: Interface = {
  syntax: ASYNC,
  calls: { 0: { name: 'EcDoAsyncWaitEx', answer: () => new NdrWriter().u32(0).u32(SUCCESS).done() } },
};

const INVALID_HANDLE = 0xa2e;

/** [MS-OXCRPC] 3.1.4.1 */
function connect(args: NdrReader, { kept, level }: Caller, bend: EmsmdbBend): Buffer {
  const dn = args.string();
  // Flags, a hash of the name, a limit.
  for (let field = 0; field < 3; field++) args.u32();
  const codePage = args.u32();
  // Two locales, and a connection to go on with.
  for (let field = 0; field < 3; field++) args.u32();
  args.u16();
  const words = [args.u16(), args.u16(), args.u16()] as const;
  const timeStamp = args.u32();
  const auxiliaryIn = args.octets();
  if (args.u32() !== auxiliaryIn.length) throw new Fault(faults.badStub);
  args.u32();
  const version = readVersion(words);
  const refusal = refusalFor(version, level, bend);
  const answer = connectToStore({ dn, codePage }, refusal === null ? bend : { ...bend, connect: refusal });
  return connectAnswer(answer, words, version, timeStamp, kept, bend);
}

/** What Windows says of itself in three words. [MS-OXCRPC] 3.1.4.1.3.1 */
function readVersion([first, second, third]: readonly [number, number, number]): Version {
  return second & 0x8000 ? [first >> 8, first & 0xff, second & 0x7fff, third] : [first, 0, second, third];
}

const versionWords = ([major, minor, build, minorBuild]: Version): number[] => [
  (major << 8) | minor,
  build | 0x8000,
  minorBuild,
];

function refusalFor([major]: Version, level: Caller['level'], bend: EmsmdbBend): number | null {
  if (bend.encryption === 'required' && level !== 'privacy') return ecNotEncrypted;
  if (bend.oldestClient !== undefined && major < bend.oldestClient) return ecClientVerDisallowed;
  return null;
}

/** Clients before Outlook 2007 do not know these. [MS-OXCRPC] 3.2.4.1.3.2 */
const unknownToOld = [ecCachedModeRequired, ecRpcHttpDisallowed, ecProtocolDisabled];

function statusFor({ errorCode }: ConnectAnswer, [major]: Version): number {
  return major < 12 && unknownToOld.includes(errorCode) ? ecClientVerDisallowed : errorCode;
}

/** In a refusal there is everything too, with nothing in it. */
function connectAnswer(
  answer: ConnectAnswer,
  words: readonly number[],
  version: Version,
  timeStamp: number,
  kept: Caller['kept'],
  { serverVersion = EXCHANGE_2019 }: EmsmdbBend,
): Buffer {
  const { session } = answer;
  const handle = session ? newHandle(2) : NULL_HANDLE;
  if (session) kept.stores.set(handle, session);
  const writer = new NdrWriter().handle(handle).u32(answer.pollsMax).u32(answer.retryCount).u32(answer.retryDelay);
  writer.u16(session ? 1 : 0);
  for (const text of [answer.dnPrefix, answer.displayName]) writer.pointer().string(text);
  const versions = session ? [...versionWords(serverVersion), ...words] : [0, 0, 0, 0, 0, 0];
  for (const word of versions) writer.u16(word);
  const auxiliary = writeAuxiliary(answer.auxiliary);
  return writer
    .u32(session ? (Date.now() / 1000) & 0x7fffffff : timeStamp)
    .octets(auxiliary)
    .u32(auxiliary.length)
    .u32(statusFor(answer, version))
    .done();
}

/** What a client takes at most in one piece, and what the buffers beside it may hold. [MS-OXCRPC] 3.1.4.2 */
const MOST_OUT = 0x40000;
const MOST_AUX = 0x1008;
const ecRpcFailed = 0x80040115;

/** [MS-OXCRPC] 3.1.4.2 */
function execute(args: NdrReader, { kept }: Caller): Buffer {
  const handle = args.handle();
  args.u32();
  const rgbIn = args.octets();
  const lengths = [args.u32()];
  const mostOut = args.u32();
  const auxiliaryIn = args.octets();
  lengths.push(args.u32());
  const mostAux = args.u32();
  if (lengths[0] !== rgbIn.length || lengths[1] !== auxiliaryIn.length) throw new Fault(faults.badStub);
  if (mostOut > MOST_OUT || mostAux > MOST_AUX || auxiliaryIn.length > MOST_AUX) throw new Fault(faults.badStub);
  const session = kept.stores.get(handle);
  if (!session) return executeAnswer(handle, Buffer.alloc(0), INVALID_HANDLE);
  if (rgbIn.length < 8) return executeAnswer(handle, Buffer.alloc(0), ecRpcFailed);
  const { errorCode, rgbOut } = session.execute(rgbIn, mostOut);
  return executeAnswer(handle, rgbOut, errorCode);
}

function executeAnswer(handle: string, rgbOut: Buffer, status: number): Buffer {
  const writer = new NdrWriter().handle(handle).u32(0).octets(rgbOut).u32(rgbOut.length);
  // No auxiliary blocks, and no time that it took.
  return writer.octets(new Uint8Array()).u32(0).u32(0).u32(status).done();
}

/** [MS-OXCRPC] 3.1.4.3 */
function disconnect(args: NdrReader, { kept }: Caller): Buffer {
  const wasThere = kept.stores.delete(args.handle());
  return new NdrWriter()
    .handle(NULL_HANDLE)
    .u32(wasThere ? SUCCESS : INVALID_HANDLE)
    .done();
}
