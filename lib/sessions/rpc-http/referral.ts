/** The referral service by RPC: which server to use for the address book, and its name. [MS-OXABREF] 3.1.4 */
import {
  decodeRfrGetFqdnResponse,
  decodeRfrGetNewDsaResponse,
  encodeRfrGetFqdnRequest,
  encodeRfrGetNewDsaRequest,
  RFR,
  type RfrGetFqdnResponse,
  type RfrGetNewDsaResponse,
} from '#lib/wire/rfr/calls.ts';
import type { Called, RpcConnection } from './connection.ts';

const { getNewDsa, getFqdnFromServerDn } = RFR.opnums;

/** @throws NetFailure */
export const rfrGetNewDsa = (connection: RpcConnection, userDn: string): Promise<Called<RfrGetNewDsaResponse>> =>
  connection.call({
    name: 'RfrGetNewDSA',
    opnum: getNewDsa,
    encode: (trace) => encodeRfrGetNewDsaRequest({ userDn }, trace),
    decode: decodeRfrGetNewDsaResponse,
  });

/** @throws NetFailure */
export const rfrGetFqdn = (connection: RpcConnection, serverDn: string): Promise<Called<RfrGetFqdnResponse>> =>
  connection.call({
    name: 'RfrGetFQDNFromServerDN',
    opnum: getFqdnFromServerDn,
    encode: (trace) => encodeRfrGetFqdnRequest({ serverDn }, trace),
    decode: decodeRfrGetFqdnResponse,
  });
