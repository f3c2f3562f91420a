import { mailServer } from '../hosts.ts';
import { digestToo } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const digestOffered = defineWorld({
  name: 'digest-offered',
  title: 'The mail server offers Digest, which no mail client needs, beside the usual methods.',
  must: ['auth.unexpected-method'],
  hosts: { autodiscover: mailServer({ offers: digestToo }) },
});
