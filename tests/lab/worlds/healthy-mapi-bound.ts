import { mailServer } from '../hosts.ts';
import { ntlmOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const healthyMapiBound = defineWorld({
  name: 'healthy-mapi-bound',
  title: 'The mailbox opens with NTLM alone, which has to be bound to the TLS connection.',
  analyzer: 'mapi-http',
  may: ['auth.channel-binding-required'],
  hosts: { autodiscover: mailServer({ offers: ntlmOnly, ntlm: { protection: 'required' } }) },
});
