import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const extendedProtectionAccepted = defineWorld({
  name: 'extended-protection-accepted',
  title: 'The mail server checks the channel binding of those who send one (Extended Protection: Allow).',
  hosts: { autodiscover: mailServer({ ntlm: { protection: 'accepted' } }) },
});
