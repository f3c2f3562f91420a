/** The address book by RPC: NspiBind, GetSpecialTable, ResolveNamesW, Unbind. [MS-OXNSPI] 3.1.4 */
import { SPECIAL_TABLE_FLAG } from '#lib/wire/nspi/flags.ts';
import { NSPI } from '#lib/wire/nspi/rpc/interface.ts';
import {
  decodeNspiResolveNamesWResponse,
  encodeNspiResolveNamesWRequest,
  type NspiResolveNamesWResponse,
} from '#lib/wire/nspi/rpc/names.ts';
import {
  decodeNspiBindResponse,
  decodeNspiUnbindResponse,
  encodeNspiBindRequest,
  encodeNspiUnbindRequest,
  type NspiBindResponse,
  type NspiUnbindResponse,
} from '#lib/wire/nspi/rpc/session.ts';
import {
  decodeNspiGetSpecialTableResponse,
  encodeNspiGetSpecialTableRequest,
  type NspiGetSpecialTableResponse,
} from '#lib/wire/nspi/rpc/tables.ts';
import { INITIAL_STAT } from '#lib/wire/nspi/stat.ts';
import type { Called, RpcConnection } from './connection.ts';

const { bind, unbind, getSpecialTable, resolveNamesW } = NSPI.opnums;

/** @throws NetFailure */
export const nspiBind = (connection: RpcConnection): Promise<Called<NspiBindResponse>> =>
  connection.call({
    name: 'NspiBind',
    opnum: bind,
    encode: (trace) => encodeNspiBindRequest({ flags: 0, stat: INITIAL_STAT }, trace),
    decode: decodeNspiBindResponse,
  });

/** @throws NetFailure */
export const nspiGetSpecialTable = (
  connection: RpcConnection,
  handle: Uint8Array,
): Promise<Called<NspiGetSpecialTableResponse>> =>
  connection.call({
    name: 'NspiGetSpecialTable',
    opnum: getSpecialTable,
    encode: (trace) =>
      encodeNspiGetSpecialTableRequest(
        { handle, flags: SPECIAL_TABLE_FLAG.unicodeStrings, stat: INITIAL_STAT, version: 0 },
        trace,
      ),
    decode: decodeNspiGetSpecialTableResponse,
  });

/** @throws NetFailure */
export const nspiResolveNamesW = (
  connection: RpcConnection,
  handle: Uint8Array,
  { tags, names }: { readonly tags: readonly number[]; readonly names: readonly string[] },
): Promise<Called<NspiResolveNamesWResponse>> =>
  connection.call({
    name: 'NspiResolveNamesW',
    opnum: resolveNamesW,
    encode: (trace) => encodeNspiResolveNamesWRequest({ handle, stat: INITIAL_STAT, tags, names }, trace),
    decode: decodeNspiResolveNamesWResponse,
  });

/** @throws NetFailure */
export const nspiUnbind = (connection: RpcConnection, handle: Uint8Array): Promise<Called<NspiUnbindResponse>> =>
  connection.call({
    name: 'NspiUnbind',
    opnum: unbind,
    encode: (trace) => encodeNspiUnbindRequest({ handle }, trace),
    decode: decodeNspiUnbindResponse,
  });
