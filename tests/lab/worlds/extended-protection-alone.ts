import { mailServer } from '../hosts.ts';
import { windowsOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const extendedProtectionAlone = defineWorld({
  name: 'extended-protection-alone',
  title: 'Extended Protection is required, and there is no other way in than NTLM.',
  must: ['auth.ntlm-reveals-names'],
  may: ['auth.channel-binding-required'],
  hosts: { autodiscover: mailServer({ offers: windowsOnly, ntlm: { protection: 'required' } }) },
});
