import { mailServer, publisher } from '../hosts.ts';
import { lineOfIssuers } from '../publisher/line.ts';
import { defineWorld } from '../world.ts';

const line = lineOfIssuers('/circle', (number) => 1 - number);

export const issuersInCircle = defineWorld({
  name: 'issuers-in-circle',
  title: 'The intermediate is missing; the two that can be fetched name each other as their issuer.',
  analyzer: 'tls',
  must: ['tls.intermediate-missing'],
  may: ['net.limit-reached'],
  hosts: {
    autodiscover: mailServer({ certificate: line.certificate }),
    pki: publisher(line.pages),
  },
});
