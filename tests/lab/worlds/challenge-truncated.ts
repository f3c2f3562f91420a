import { mailServer } from '../hosts.ts';
import { ntlmOnly } from '../mail/sign-in.ts';
import { truncated } from '../ntlm/hostile.ts';
import { defineWorld } from '../world.ts';

export const challengeTruncated = defineWorld({
  name: 'challenge-truncated',
  title: 'The mail server breaks off in the middle of its NTLM challenge.',
  must: ['auth.malformed-challenge'],
  hosts: { autodiscover: mailServer({ offers: ntlmOnly, ntlm: { written: truncated } }) },
});
