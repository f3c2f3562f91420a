import { bySrv } from '../client-tables.ts';
import { service } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const srvOnly = defineWorld({
  name: 'srv-only',
  title: 'Everything is well; an SRV record alone says where Autodiscover is.',
  analyzer: 'autodiscover',
  records: (domain) => ({ '_autodiscover._tcp': [service(`mail.${domain}`)] }),
  clients: bySrv,
  hosts: { mail: mailServer() },
});
