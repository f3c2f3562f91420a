import { CLOUD_ALIAS, microsoft365, sendsToSecureHost } from '../autodiscover/cloud.ts';
import { each, everybody, OLD_OUTLOOK } from '../client-tables.ts';
import { blocked, notTested } from '../clients.ts';
import { addressRecord } from '../dns/records.ts';
import { httpOnly } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const healthyCloud = defineWorld({
  name: 'healthy-cloud',
  title: 'Everything is well; the mailbox is at Microsoft 365, which takes no passwords.',
  must: ['auth.password-not-usable'],
  may: ['tcp.refused'],
  askMicrosoft: true,
  records: (_domain, addressOf) => ({
    autodiscover: [{ type: 'CNAME', target: 'autodiscover.outlook.com' }],
    [CLOUD_ALIAS]: [addressRecord(addressOf('autodiscover'))],
  }),
  clients: everybody(notTested, each([...OLD_OUTLOOK, 'outlook-2010-updated'], blocked)),
  hosts: { autodiscover: httpOnly(sendsToSecureHost), cloud: microsoft365() },
});
