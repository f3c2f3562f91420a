/** The interfaces of the mailbox. [MS-OXCRPC] 1.9, 3.1.4, 3.3.4 */
import type { RpcInterface } from '../ndr/interface.ts';

export const EMSMDB = {
  name: 'EMSMDB',
  uuid: 'a4f1db00-ca47-1067-b31f-00dd010662da',
  major: 0,
  minor: 81,
  opnums: { disconnect: 1, dummyRpc: 6, connectEx: 10, rpcExt2: 11, asyncConnectEx: 14 },
} as const satisfies RpcInterface;

/** What a client binds to that wants to be told when something changes; here only to see whether it is served. */
export const ASYNC_EMSMDB = {
  name: 'AsyncEMSMDB',
  uuid: '5261574a-4572-206e-b268-6b199213b4e4',
  major: 0,
  minor: 1,
  opnums: { asyncWaitEx: 0 },
} as const satisfies RpcInterface;
