import { mailServer } from '../hosts.ts';
import { ntlmOnly } from '../mail/sign-in.ts';
import { hugeToken } from '../ntlm/hostile.ts';
import { defineWorld } from '../world.ts';

export const challengeHuge = defineWorld({
  name: 'challenge-huge',
  title: 'The NTLM challenge of the mail server has a mebibyte.',
  must: ['net.limit-reached'],
  hosts: { autodiscover: mailServer({ offers: ntlmOnly, ntlm: { written: hugeToken } }) },
});
