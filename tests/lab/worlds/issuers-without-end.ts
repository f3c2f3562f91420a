import { mailServer, publisher } from '../hosts.ts';
import { lineOfIssuers } from '../publisher/line.ts';
import { defineWorld } from '../world.ts';

const line = lineOfIssuers('/endless', (number) => number + 1);

export const issuersWithoutEnd = defineWorld({
  name: 'issuers-without-end',
  title: 'The intermediate is missing; above each one that can be fetched there is another one.',
  analyzer: 'tls',
  must: ['tls.intermediate-missing'],
  may: ['net.limit-reached'],
  hosts: {
    autodiscover: mailServer({ certificate: line.certificate }),
    pki: publisher(line.pages),
  },
});
