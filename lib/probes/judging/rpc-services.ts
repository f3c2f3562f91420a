/** The services of an Exchange server behind its RPC proxy, by the ports under which the proxy knows them. [MS-OXCRPC] 2.1 */
import { EMSMDB } from '#lib/wire/emsmdb/interface.ts';
import { EPM } from '#lib/wire/epm/map.ts';
import { NSPI } from '#lib/wire/nspi/rpc/interface.ts';
import { RFR } from '#lib/wire/rfr/calls.ts';
import type { RpcService } from './rpc-place.ts';

export const rpcServices = {
  mailbox: { port: 6001, name: 'mailbox', interface: EMSMDB },
  referral: { port: 6002, name: 'referral service', interface: RFR },
  addressBook: { port: 6004, name: 'address book', interface: NSPI },
  endpointMapper: { port: 593, name: 'endpoint mapper', interface: EPM },
} as const satisfies Record<string, RpcService>;
