import { mailServer } from '../hosts.ts';
import { passwordsOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const passwordLatin1 = defineWorld({
  name: 'password-latin1',
  title: 'The mail server takes the umlauts of a password for Latin-1.',
  must: ['auth.rejected'],
  may: ['auth.basic-only'],
  hosts: { autodiscover: mailServer({ offers: passwordsOnly, basicCharset: 'latin1' }) },
});
