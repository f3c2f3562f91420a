import { bySrv } from '../client-tables.ts';
import { service } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const srvToOtherDomain = defineWorld({
  name: 'srv-to-other-domain',
  title: 'An SRV record leads to a hoster outside the domain.',
  analyzer: 'autodiscover',
  must: ['autodiscover.redirect-to-other-domain'],
  redirectTo: ['other-mail'],
  records: () => ({ '_autodiscover._tcp': [service('mail.srv-to-other-domain-other.lab.test')] }),
  clients: bySrv,
  hosts: { 'other-mail': mailServer() },
});
