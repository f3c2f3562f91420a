import { mailServer } from '../hosts.ts';
import { ntlmOnly } from '../mail/sign-in.ts';
import { garbage } from '../ntlm/hostile.ts';
import { defineWorld } from '../world.ts';

export const challengeGarbage = defineWorld({
  name: 'challenge-garbage',
  title: 'What the mail server sends as an NTLM challenge is not even base64.',
  must: ['auth.malformed-challenge'],
  hosts: { autodiscover: mailServer({ offers: ntlmOnly, ntlm: { written: garbage } }) },
});
