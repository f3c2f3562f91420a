import { mailServer } from '../hosts.ts';
import { oldVersionsOnly } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const tlsTooOld = defineWorld({
  name: 'tls-too-old',
  title: 'The mail server speaks no TLS newer than version 1.1.',
  must: ['tls.protocol-too-old'],
  hosts: { autodiscover: mailServer(oldVersionsOnly) },
});
