import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const pinOther = defineWorld({
  name: 'pin-other',
  title: 'The certificate is in order, but from elsewhere another one was seen.',
  analyzer: 'tls',
  must: ['tls.interception'],
  pins: 'stranger',
  hosts: { autodiscover: mailServer() },
});
