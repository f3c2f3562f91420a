import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const extendedProtectionRequired = defineWorld({
  name: 'extended-protection-required',
  title:
    'The mail server lets in nobody over NTLM who does not bind his sign-in to the connection (Extended Protection: Require).',
  client: 'outlook-mac',
  must: ['auth.channel-binding-required'],
  hosts: { autodiscover: mailServer({ ntlm: { protection: 'required' } }) },
});
