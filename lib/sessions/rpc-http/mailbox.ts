/** A mailbox by RPC: EcDoConnectEx, RopLogon in EcDoRpcExt2, EcDoDisconnect. [MS-OXCRPC] 3.1.4 */
import {
  decodeEcDoConnectExResponse,
  type EcDoConnectExResponse,
  encodeEcDoConnectExRequest,
  modulusOf,
} from '#lib/wire/emsmdb/connect.ts';
import { EMSMDB } from '#lib/wire/emsmdb/interface.ts';
import {
  decodeEcDoRpcExt2Response,
  type EcDoRpcExt2Response,
  encodeEcDoRpcExt2Request,
  RPC_FLAG,
} from '#lib/wire/emsmdb/rpc.ts';
import {
  decodeEcDoDisconnectResponse,
  encodeEcDoDisconnectRequest,
  type SessionResponse,
} from '#lib/wire/emsmdb/session.ts';
import type { MapiVersion } from '#lib/wire/emsmdb/version.ts';
import { USUAL_CODE_PAGE, USUAL_LOCALE } from '#lib/wire/mapi-http/mailbox.ts';
import { type RopReplies, readRopReplies } from '#lib/wire/rop/replies.ts';
import { type RopRequests, writeRopRequests } from '#lib/wire/rop/requests.ts';
import type { Called, RpcConnection } from './connection.ts';

const { connectEx, rpcExt2, disconnect } = EMSMDB.opnums;

/** What the answers to a few operations need at most. */
const MOST_OUT = 0x8000;
/** Nobody is helped by waiting long for a goodbye. */
const GOODBYE_MS = 3_000;

/** @throws NetFailure */
export function ecDoConnectEx(
  connection: RpcConnection,
  userDn: string,
  clientVersion: MapiVersion,
): Promise<Called<EcDoConnectExResponse>> {
  const locale = { codePage: USUAL_CODE_PAGE, stringLocale: USUAL_LOCALE, sortLocale: USUAL_LOCALE };
  const request = { userDn, flags: 0, connectionModulus: modulusOf(userDn), ...locale, clientVersion };
  return connection.call({
    name: 'EcDoConnectEx',
    opnum: connectEx,
    encode: (trace) => encodeEcDoConnectExRequest(request, trace),
    decode: decodeEcDoConnectExResponse,
  });
}

/** @throws NetFailure */
export function ecDoRpcExt2(
  connection: RpcConnection,
  handle: Uint8Array,
  rops: RopRequests,
): Promise<Called<EcDoRpcExt2Response<RopReplies>>> {
  const flags = RPC_FLAG.noCompression | RPC_FLAG.noXorMagic;
  return connection.call({
    name: 'EcDoRpcExt2',
    opnum: rpcExt2,
    encode: (trace) =>
      encodeEcDoRpcExt2Request(
        { handle, flags, payloads: [(writer) => writeRopRequests(writer, rops)], mostOut: MOST_OUT },
        trace,
      ),
    decode: (stub, trace) =>
      decodeEcDoRpcExt2Response(stub, (payload) => readRopReplies(payload, rops.requests), trace),
  });
}

/** @throws NetFailure */
export function ecDoDisconnect(connection: RpcConnection, handle: Uint8Array): Promise<Called<SessionResponse>> {
  return connection.call({
    name: 'EcDoDisconnect',
    opnum: disconnect,
    encode: (trace) => encodeEcDoDisconnectRequest({ handle }, trace),
    decode: decodeEcDoDisconnectResponse,
    waitMs: GOODBYE_MS,
  });
}
