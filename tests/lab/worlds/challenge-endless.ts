import { mailServer } from '../hosts.ts';
import { ntlmOnly } from '../mail/sign-in.ts';
import { endlessPairs } from '../ntlm/hostile.ts';
import { defineWorld } from '../world.ts';

export const challengeEndless = defineWorld({
  name: 'challenge-endless',
  title: 'The attributes in the NTLM challenge of the mail server have no end.',
  must: ['auth.malformed-challenge'],
  hosts: { autodiscover: mailServer({ offers: ntlmOnly, ntlm: { written: endlessPairs } }) },
});
