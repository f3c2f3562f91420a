import { bySrv } from '../client-tables.ts';
import { service } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const others = (domain: string) =>
  Array.from({ length: 999 }, (_, at) => service(`n${at}.${domain}`, { priority: at + 1 }));

export const srvThousand = defineWorld({
  name: 'srv-thousand',
  title: 'A thousand SRV records say where Autodiscover is; the first of them is right.',
  analyzer: 'autodiscover',
  must: ['net.limit-reached'],
  records: (domain) => ({ '_autodiscover._tcp': [...others(domain), service(`mail.${domain}`)] }),
  clients: bySrv,
  hosts: { mail: mailServer() },
});
