import { mailServer } from '../hosts.ts';
import { windowsOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const ntlmClockWrong = defineWorld({
  name: 'ntlm-clock-wrong',
  title: 'The clock that the mail server signs in with is half an hour ahead.',
  must: ['http.clock-skew'],
  hosts: { autodiscover: mailServer({ offers: windowsOnly, ntlm: { clockAhead: 30 } }) },
});
