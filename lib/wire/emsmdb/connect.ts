/** EcDoConnectEx: opens a session with a mailbox. [MS-OXCRPC] 3.1.4.1 */
import type { Trace } from '../bytes/trace.ts';
import type { AuxiliaryBlock } from '../extended-buffer/auxiliary.ts';
import { wordsOfCode } from '../mapi-codes.ts';
import { readStub } from '../ndr/reader.ts';
import { writeStub } from '../ndr/writer.ts';
import { readAuxIn, readAuxOut, writeAux } from './buffers.ts';
import { type MapiVersion, readVersion, writeVersion } from './version.ts';

export interface EcDoConnectExRequest {
  /** Legacy DN. */
  readonly userDn: string;
  /** Of `CONNECT_FLAG`. */
  readonly flags: number;
  /** Any hash of the DN, by which servers spread their clients over public folders; `modulusOf` makes one. */
  readonly connectionModulus: number;
  readonly codePage: number;
  readonly stringLocale: number;
  readonly sortLocale: number;
  readonly clientVersion: MapiVersion;
}

/** Everything but the status is there where a session is refused, too: zeros, and empty names. */
export interface EcDoConnectExResponse {
  /** All zero where the session is refused. */
  readonly handle: Uint8Array;
  readonly pollsMaxMs: number;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly sessionIndex: number;
  readonly dnPrefix: string | null;
  /** In the code page that the client asked for, of which only ASCII comes out right. */
  readonly displayName: string | null;
  readonly serverVersion: MapiVersion;
  /** As which the server takes the client. */
  readonly bestVersion: MapiVersion;
  readonly timeStamp: number;
  readonly aux: readonly AuxiliaryBlock[];
  readonly status: number;
}

/** ulFlags: as an administrator; does not fail where there are no public folders. */
export const CONNECT_FLAG = { administrator: 0x0001, noPublicFolders: 0x8000 } as const;

const SPEC = '[MS-OXCRPC] 3.1.4.1';
/** ulIcxrLink of a session that is linked with no other. */
const NO_LINK = 0xffff_ffff;

/** The same number for a DN at any time. */
export function modulusOf(dn: string): number {
  let hash = 0;
  for (let at = 0; at < dn.length; at += 1) hash = (Math.imul(hash, 31) + dn.charCodeAt(at)) >>> 0;
  return hash;
}

/** @throws RangeError for a DN that holds a NUL or characters beyond U+00FF */
export function encodeEcDoConnectExRequest(request: EcDoConnectExRequest, trace?: Trace): Uint8Array {
  return writeStub(trace, (ndr) => {
    ndr
      .text8('szUserDN', request.userDn)
      .u32('ulFlags', request.flags)
      .u32('ulConMod', request.connectionModulus)
      .u32('cbLimit', 0)
      .u32('ulCpid', request.codePage)
      .u32('ulLcidString', request.stringLocale)
      .u32('ulLcidSort', request.sortLocale)
      .u32('ulIcxrLink', NO_LINK)
      .u16('usFCanConvertCodePages', 1);
    writeVersion(ndr, 'rgwClientVersion', request.clientVersion);
    ndr.u32('pulTimeStamp', 0);
    writeAux(ndr);
  });
}

export function decodeEcDoConnectExRequest(
  stub: Uint8Array,
  trace?: Trace,
): EcDoConnectExRequest & { readonly aux: readonly AuxiliaryBlock[] } {
  return readStub(stub, { path: 'emsmdb.connectEx.request', spec: SPEC, trace }, (ndr) => {
    const userDn = ndr.text8('szUserDN');
    const flags = ndr.u32('ulFlags');
    const connectionModulus = ndr.u32('ulConMod');
    ndr.u32('cbLimit');
    const codePage = ndr.u32('ulCpid');
    const stringLocale = ndr.u32('ulLcidString');
    const sortLocale = ndr.u32('ulLcidSort');
    ndr.u32('ulIcxrLink');
    ndr.u16('usFCanConvertCodePages');
    const clientVersion = readVersion(ndr, 'rgwClientVersion');
    ndr.u32('pulTimeStamp');
    const locales = { codePage, stringLocale, sortLocale };
    return { userDn, flags, connectionModulus, ...locales, clientVersion, aux: readAuxIn(ndr) };
  });
}

export function decodeEcDoConnectExResponse(stub: Uint8Array, trace?: Trace): EcDoConnectExResponse {
  return readStub(stub, { path: 'emsmdb.connectEx.response', spec: SPEC, trace }, (ndr) => {
    const handle = ndr.handle('pcxh');
    const pollsMaxMs = ndr.u32('pcmsPollsMax');
    const retries = ndr.u32('pcRetry');
    const retryDelayMs = ndr.u32('pcmsRetryDelay');
    const sessionIndex = ndr.u16('picxr');
    const dnPrefix = ndr.pointer('szDNPrefix', () => ndr.text8('text'));
    const displayName = ndr.pointer('szDisplayName', () => ndr.text8('text'));
    const serverVersion = readVersion(ndr, 'rgwServerVersion');
    const bestVersion = readVersion(ndr, 'rgwBestVersion');
    const timeStamp = ndr.u32('pulTimeStamp');
    const aux = readAuxOut(ndr);
    return {
      ...{ handle, pollsMaxMs, retries, retryDelayMs, sessionIndex },
      ...{ dnPrefix: dnPrefix(), displayName: displayName(), serverVersion, bestVersion, timeStamp, aux },
      status: ndr.status(wordsOfCode),
    };
  });
}
