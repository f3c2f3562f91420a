import { mailServer } from '../hosts.ts';
import { nothingEncrypted } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const tlsNull = defineWorld({
  name: 'tls-null',
  title: 'The mail server takes clients that want nothing encrypted.',
  analyzer: 'tls',
  must: ['tls.weak-cipher'],
  hosts: { autodiscover: mailServer(nothingEncrypted) },
});
