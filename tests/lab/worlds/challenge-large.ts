import { mailServer } from '../hosts.ts';
import { ntlmOnly } from '../mail/sign-in.ts';
import { hugeTargetInfo } from '../ntlm/hostile.ts';
import { defineWorld } from '../world.ts';

export const challengeLarge = defineWorld({
  name: 'challenge-large',
  title: 'The mail server tells 64 KiB of attributes in its NTLM challenge.',
  must: ['net.limit-reached'],
  hosts: { autodiscover: mailServer({ offers: ntlmOnly, ntlm: { written: hugeTargetInfo } }) },
});
