/** The interface of the address book, and the numbers of its calls. [MS-OXNSPI] 1.9, 3.1.4.1 */
import type { RpcInterface } from '../../ndr/interface.ts';

export const NSPI = {
  name: 'NSPI',
  uuid: 'f5cc5a18-4264-101a-8c59-08002b2f8426',
  major: 56,
  minor: 0,
  opnums: {
    bind: 0,
    unbind: 1,
    queryRows: 3,
    dnToMId: 7,
    getProps: 9,
    getSpecialTable: 12,
    queryColumns: 16,
    resolveNamesW: 20,
  },
} as const satisfies RpcInterface;
