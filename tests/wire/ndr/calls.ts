/** Every call in NDR with its decoders, and a reply to each. */
import type { Trace } from '#lib/wire/bytes/trace.ts';
import { decodeEcDoConnectExResponse } from '#lib/wire/emsmdb/connect.ts';
import { decodeEcDoRpcExt2Response } from '#lib/wire/emsmdb/rpc.ts';
import { decodeEcDoDisconnectResponse } from '#lib/wire/emsmdb/session.ts';
import { decodeEptMapResponse } from '#lib/wire/epm/map.ts';
import { octets } from '#lib/wire/extended-buffer/extended-buffer.ts';
import { decodeNspiDnToMIdResponse, decodeNspiResolveNamesWResponse } from '#lib/wire/nspi/rpc/names.ts';
import { decodeNspiBindResponse } from '#lib/wire/nspi/rpc/session.ts';
import {
  decodeNspiGetPropsResponse,
  decodeNspiGetSpecialTableResponse,
  decodeNspiQueryRowsResponse,
} from '#lib/wire/nspi/rpc/tables.ts';
import { decodeRfrGetFqdnResponse, decodeRfrGetNewDsaResponse } from '#lib/wire/rfr/calls.ts';
import { hex } from '#tests/wire/ntlm/published.ts';
import { REPLIES } from './replies.ts';

export type Decode = (stub: Uint8Array, trace?: Trace) => unknown;

const DECODERS: Readonly<Record<keyof typeof REPLIES, Decode>> = {
  specialTable: decodeNspiGetSpecialTableResponse,
  hierarchy: decodeNspiGetSpecialTableResponse,
  properties: decodeNspiGetPropsResponse,
  queryRows: decodeNspiQueryRowsResponse,
  mids: decodeNspiDnToMIdResponse,
  resolved: decodeNspiResolveNamesWResponse,
  bind: decodeNspiBindResponse,
  newDsa: decodeRfrGetNewDsaResponse,
  fqdn: decodeRfrGetFqdnResponse,
  connect: decodeEcDoConnectExResponse,
  refused: decodeEcDoConnectExResponse,
  connectPlain: decodeEcDoConnectExResponse,
  logon: (stub, trace) => decodeEcDoRpcExt2Response(stub, octets, trace),
  disconnect: decodeEcDoDisconnectResponse,
  towers: decodeEptMapResponse,
};

export const replies = (Object.keys(REPLIES) as (keyof typeof REPLIES)[]).map((name) => ({
  name,
  stub: hex(REPLIES[name]),
  decode: DECODERS[name],
}));
