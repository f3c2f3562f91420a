import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const extendedProtectionBound = defineWorld({
  name: 'extended-protection-bound',
  title: 'Extended Protection is required, and the client binds its sign-in as it should.',
  may: ['auth.channel-binding-required'],
  hosts: { autodiscover: mailServer({ ntlm: { protection: 'required' } }) },
});
