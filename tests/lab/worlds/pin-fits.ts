import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const pinFits = defineWorld({
  name: 'pin-fits',
  title: 'Everything is well: the issuer is the one that was seen from elsewhere.',
  analyzer: 'tls',
  pins: 'root',
  hosts: { autodiscover: mailServer() },
});
