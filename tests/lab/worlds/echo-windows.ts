import { mailServer } from '../hosts.ts';
import { parrot } from '../mail/echo.ts';
import { ntlmOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

const host = (withoutTime: boolean) =>
  mailServer({ offers: ntlmOnly, beforeSignIn: parrot({ offers: ntlmOnly, ntlm: { withoutTime } }) });

export const echoWindows = defineWorld({
  name: 'echo-windows',
  title: 'The mail server sends back what a Windows sign-in is made of: proofs, keys, the hash of the password.',
  must: ['autodiscover.provider-error'],
  hosts: { root: host(true), autodiscover: host(false) },
});
