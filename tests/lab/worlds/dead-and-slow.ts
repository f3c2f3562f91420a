import { bySrv } from '../client-tables.ts';
import { service } from '../dns/records.ts';
import { mailServer, webServer } from '../hosts.ts';
import { dropped } from '../net/dropped-port.ts';
import { slowly } from '../web/slow.ts';
import { website } from '../web/website.ts';
import { defineWorld } from '../world.ts';

export const deadAndSlow = defineWorld({
  name: 'dead-and-slow',
  title: 'The domain itself is slow, its Autodiscover host is dead, and only an SRV record leads anywhere.',
  analyzer: 'autodiscover',
  must: ['autodiscover.slow-method-first'],
  may: ['tcp.timeout', 'http.not-found'],
  records: (domain) => ({ '_autodiscover._tcp': [service(`mail.${domain}`)] }),
  clients: bySrv,
  hosts: {
    root: webServer(slowly(4_000, website)),
    autodiscover: { https: dropped, http: dropped },
    mail: mailServer(),
  },
});
