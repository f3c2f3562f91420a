/** One request of every call, for programs that take them apart. */
import type { Trace } from '#lib/wire/bytes/trace.ts';
import { encodeEcDoConnectExRequest } from '#lib/wire/emsmdb/connect.ts';
import { EMSMDB } from '#lib/wire/emsmdb/interface.ts';
import { encodeEcDoRpcExt2Request } from '#lib/wire/emsmdb/rpc.ts';
import { EPM, encodeEptMapRequest } from '#lib/wire/epm/map.ts';
import { towerOverHttp } from '#lib/wire/epm/tower.ts';
import type { RpcInterface } from '#lib/wire/ndr/interface.ts';
import { NSPI } from '#lib/wire/nspi/rpc/interface.ts';
import { encodeNspiDnToMIdRequest, encodeNspiResolveNamesWRequest } from '#lib/wire/nspi/rpc/names.ts';
import { encodeNspiBindRequest, encodeNspiUnbindRequest } from '#lib/wire/nspi/rpc/session.ts';
import {
  encodeNspiGetPropsRequest,
  encodeNspiGetSpecialTableRequest,
  encodeNspiQueryColumnsRequest,
  encodeNspiQueryRowsRequest,
} from '#lib/wire/nspi/rpc/tables.ts';
import { INITIAL_STAT } from '#lib/wire/nspi/stat.ts';
import { encodeRfrGetFqdnRequest, encodeRfrGetNewDsaRequest, RFR } from '#lib/wire/rfr/calls.ts';
import { hex } from '#tests/wire/ntlm/published.ts';

/** With an odd length, so that something has to be padded. */
export const callArguments = {
  handle: hex('01000000667ca9640955fe4c95b601000000a41e'),
  dn: '/o=Contoso/ou=First/cn=Recipients/cn=alice',
  names: ['=SMTP:alice@contoso.example', 'Zoë'],
  tags: [0x3001001f, 0x39fe001f],
  rops: '0500010000000000',
};

interface Request {
  readonly name: string;
  readonly of: RpcInterface;
  readonly opnum: number;
  readonly encode: (trace?: Trace) => Uint8Array;
}

const { handle, dn, names, tags, rops } = callArguments;
const stat = INITIAL_STAT;
const clientVersion = { major: 15, minor: 0, build: 4815, revision: 1002 };
const { uuid, major, minor } = NSPI;

const request = (
  [name, of, opnum]: readonly [string, RpcInterface, number],
  encode: (trace?: Trace) => Uint8Array,
): Request => ({ name, of, opnum, encode });

export const requests: readonly Request[] = [
  request(['nspiBind', NSPI, NSPI.opnums.bind], (trace) => encodeNspiBindRequest({ flags: 0, stat }, trace)),
  request(['nspiUnbind', NSPI, NSPI.opnums.unbind], (trace) => encodeNspiUnbindRequest({ handle }, trace)),
  request(['nspiGetSpecialTable', NSPI, NSPI.opnums.getSpecialTable], (trace) =>
    encodeNspiGetSpecialTableRequest({ handle, flags: 4, stat, version: 7 }, trace),
  ),
  request(['nspiQueryColumns', NSPI, NSPI.opnums.queryColumns], (trace) =>
    encodeNspiQueryColumnsRequest({ handle, flags: 0x8000_0000 }, trace),
  ),
  request(['nspiQueryRows', NSPI, NSPI.opnums.queryRows], (trace) =>
    encodeNspiQueryRowsRequest({ handle, flags: 1, stat, explicitTable: [0x10, 0x11], count: 50, tags }, trace),
  ),
  request(['nspiGetProps', NSPI, NSPI.opnums.getProps], (trace) =>
    encodeNspiGetPropsRequest({ handle, flags: 0, stat: { ...stat, currentRec: 0x11 }, tags }, trace),
  ),
  request(['nspiDnToMId', NSPI, NSPI.opnums.dnToMId], (trace) =>
    encodeNspiDnToMIdRequest({ handle, dns: [dn, dn] }, trace),
  ),
  request(['nspiResolveNamesW', NSPI, NSPI.opnums.resolveNamesW], (trace) =>
    encodeNspiResolveNamesWRequest({ handle, stat, tags, names }, trace),
  ),
  request(['rfrGetNewDsa', RFR, RFR.opnums.getNewDsa], (trace) => encodeRfrGetNewDsaRequest({ userDn: dn }, trace)),
  request(['rfrGetFqdn', RFR, RFR.opnums.getFqdnFromServerDn], (trace) =>
    encodeRfrGetFqdnRequest({ serverDn: dn }, trace),
  ),
  request(['connectEx', EMSMDB, EMSMDB.opnums.connectEx], (trace) =>
    encodeEcDoConnectExRequest(
      {
        ...{ userDn: dn, flags: 0, connectionModulus: 0x1234, clientVersion },
        ...{ codePage: 0x4e4, stringLocale: 0x409, sortLocale: 0x409 },
      },
      trace,
    ),
  ),
  request(['rpcExt2', EMSMDB, EMSMDB.opnums.rpcExt2], (trace) =>
    encodeEcDoRpcExt2Request(
      { handle, flags: 3, payloads: [(fields) => fields.bytes('rops', hex(rops))], mostOut: 0x8000 },
      trace,
    ),
  ),
  request(['eptMap', EPM, EPM.opnums.map], (trace) =>
    encodeEptMapRequest({ tower: towerOverHttp({ uuid, major, minor }), mostTowers: 4 }, trace),
  ),
];
