import { mailServer, publisher } from '../hosts.ts';
import { lineOfIssuers } from '../publisher/line.ts';
import { defineWorld } from '../world.ts';

const line = lineOfIssuers('/itself', () => 0);

export const intermediateMissingItself = defineWorld({
  name: 'intermediate-missing-itself',
  title:
    'The intermediate is missing; the one at the address in the certificate gives that address for its own issuer.',
  analyzer: 'tls',
  must: ['tls.intermediate-missing'],
  may: ['net.limit-reached'],
  hosts: {
    autodiscover: mailServer({ certificate: line.certificate }),
    pki: publisher(line.pages),
  },
});
