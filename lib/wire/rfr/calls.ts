/** Referral: which server answers for the address book, and by what name a mailbox server is reached. [MS-OXABREF] */
import type { Trace } from '../bytes/trace.ts';
import { wordsOfCode } from '../mapi-codes.ts';
import type { RpcInterface } from '../ndr/interface.ts';
import { type NdrReader, readStub } from '../ndr/reader.ts';
import { type NdrWriter, writeStub } from '../ndr/writer.ts';

/** [MS-OXABREF] 1.9, 3.1.4 */
export const RFR = {
  name: 'RFRI',
  uuid: '1544f5e0-613c-11d1-93df-00c04fd7bd09',
  major: 1,
  minor: 0,
  opnums: { getNewDsa: 0, getFqdnFromServerDn: 1 },
} as const satisfies RpcInterface;

const DSA_SPEC = '[MS-OXABREF] 3.1.4.1';
const FQDN_SPEC = '[MS-OXABREF] 3.1.4.2';

export interface RfrGetNewDsaRequest {
  /** Legacy DN of the user. */
  readonly userDn: string;
}

export interface RfrGetNewDsaResponse {
  /** Name of the server to be used; null where there is none. */
  readonly server: string | null;
  readonly status: number;
}

export function encodeRfrGetNewDsaRequest({ userDn }: RfrGetNewDsaRequest, trace?: Trace): Uint8Array {
  return writeStub(trace, (ndr) => {
    ndr
      .u32('ulFlags', 0)
      .text8('pUserDN', userDn)
      .u32('ppszUnused', 0, () => 'null');
    writeName(ndr, 'ppszServer', '');
  });
}

export function decodeRfrGetNewDsaRequest(stub: Uint8Array, trace?: Trace): RfrGetNewDsaRequest {
  return readStub(stub, { path: 'rfr.getNewDsa.request', spec: DSA_SPEC, trace }, (ndr) => {
    ndr.u32('ulFlags');
    const userDn = ndr.text8('pUserDN');
    readName(ndr, 'ppszUnused');
    readName(ndr, 'ppszServer');
    return { userDn };
  });
}

export function decodeRfrGetNewDsaResponse(stub: Uint8Array, trace?: Trace): RfrGetNewDsaResponse {
  return readStub(stub, { path: 'rfr.getNewDsa.response', spec: DSA_SPEC, trace }, (ndr) => {
    readName(ndr, 'ppszUnused');
    return { server: readName(ndr, 'ppszServer'), status: ndr.status(wordsOfCode) };
  });
}

export interface RfrGetFqdnRequest {
  /** `/o=../ou=../cn=Configuration/cn=Servers/cn=..`; what follows the server's name is for some servers part of it. */
  readonly serverDn: string;
}

export interface RfrGetFqdnResponse {
  /** Null where there is none. */
  readonly fqdn: string | null;
  readonly status: number;
}

export function encodeRfrGetFqdnRequest({ serverDn }: RfrGetFqdnRequest, trace?: Trace): Uint8Array {
  return writeStub(trace, (ndr) => {
    ndr
      .u32('ulFlags', 0)
      .u32('cbMailboxServerDN', serverDn.length + 1)
      .text8('szMailboxServerDN', serverDn);
  });
}

export function decodeRfrGetFqdnRequest(stub: Uint8Array, trace?: Trace): RfrGetFqdnRequest {
  return readStub(stub, { path: 'rfr.getFqdnFromServerDn.request', spec: FQDN_SPEC, trace }, (ndr) => {
    ndr.u32('ulFlags');
    ndr.u32('cbMailboxServerDN');
    return { serverDn: ndr.text8('szMailboxServerDN') };
  });
}

export function decodeRfrGetFqdnResponse(stub: Uint8Array, trace?: Trace): RfrGetFqdnResponse {
  return readStub(stub, { path: 'rfr.getFqdnFromServerDn.response', spec: FQDN_SPEC, trace }, (ndr) => {
    const fqdn = ndr.pointer('ppszServerFQDN', () => ndr.text8('name'));
    return { fqdn: fqdn(), status: ndr.status(wordsOfCode) };
  });
}

/** A pointer to a pointer to a string, either of which may be null. */
const readName = (ndr: NdrReader, name: string): string | null =>
  ndr.pointer(name, () => ndr.pointer('referent', () => ndr.text8('name'))())();

const writeName = (ndr: NdrWriter, name: string, text: string): NdrWriter =>
  ndr.pointer(name, text, () => ndr.pointer('referent', text, () => ndr.text8('name', text)));
