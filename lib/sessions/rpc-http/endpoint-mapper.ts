/** The endpoint mapper by RPC: at which port an interface is served. C706 appendix O */
import type { SyntaxId } from '#lib/wire/dce-rpc/syntax.ts';
import { decodeEptMapResponse, EPM, type EptMapResponse, encodeEptMapRequest } from '#lib/wire/epm/map.ts';
import { towerOverHttp } from '#lib/wire/epm/tower.ts';
import type { Called, RpcConnection } from './connection.ts';

/** A server has one or two endpoints for each interface. */
const MOST_TOWERS = 4;

/** @throws NetFailure */
export const eptMap = (connection: RpcConnection, served: SyntaxId): Promise<Called<EptMapResponse>> =>
  connection.call({
    name: 'ept_map',
    opnum: EPM.opnums.map,
    encode: (trace) => encodeEptMapRequest({ tower: towerOverHttp(served), mostTowers: MOST_TOWERS }, trace),
    decode: decodeEptMapResponse,
  });
