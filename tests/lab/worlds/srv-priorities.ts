import { bySrv } from '../client-tables.ts';
import { service } from '../dns/records.ts';
import { httpOnly, mailServer } from '../hosts.ts';
import { notFound } from '../mail/not-found.ts';
import { defineWorld } from '../world.ts';

export const srvPriorities = defineWorld({
  name: 'srv-priorities',
  title: 'Of the two servers that SRV records name, the first is down and the second is well.',
  analyzer: 'autodiscover',
  must: ['tcp.refused'],
  records: (domain) => ({
    '_autodiscover._tcp': [
      service(`mail.${domain}`, { priority: 20, weight: 100 }),
      service(`pki.${domain}`, { priority: 10, weight: 1 }),
    ],
  }),
  clients: bySrv,
  hosts: { pki: httpOnly(notFound), mail: mailServer() },
});
