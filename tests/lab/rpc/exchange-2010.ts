/** Exchange 2010 SP3, as far as clients see it: no MAPI over HTTP, and servers with names of their own. */

import type { Offer } from '../autodiscover/pox.ts';
import type { Change } from '../autodiscover/protocols.ts';
import type { ExchangeBend } from '../mail/exchange.ts';
import { ORGANIZATION_DN, SERVER_FQDN } from '../store/owner.ts';
import { exchange2010 } from './endpoints.ts';

const [account = ''] = SERVER_FQDN.split('.');
const serverDn = `${ORGANIZATION_DN}/cn=Configuration/cn=Servers/cn=${account}`;

const withItsOwnName: Change = (values, protocol) =>
  protocol === 'EXCH'
    ? {
        ...values,
        ...{ Server: SERVER_FQDN, ServerDN: serverDn, MdbDN: `${serverDn}/cn=Microsoft Private MDB` },
        ServerVersion: '7383807B',
      }
    : values;

const olderProtocols: Offer = () => ['EXCH', 'EXPR', 'WEB'];

export const exchange2010Server = {
  settings: { offer: olderProtocols, change: withItsOwnName },
  mapi: () => ({ status: 404 }),
  rpc: {
    endpoints: exchange2010,
    servers: () => [SERVER_FQDN, account],
    mailbox: { serverVersion: [14, 3, 123, 4] },
    referral: { server: () => SERVER_FQDN },
  },
} satisfies ExchangeBend;
