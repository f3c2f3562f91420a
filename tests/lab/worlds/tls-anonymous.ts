import { mailServer } from '../hosts.ts';
import { anonymousToo } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const tlsAnonymous = defineWorld({
  name: 'tls-anonymous',
  title: 'The mail server takes clients that want no certificate from it.',
  analyzer: 'tls',
  must: ['tls.weak-cipher'],
  hosts: { autodiscover: mailServer(anonymousToo) },
});
