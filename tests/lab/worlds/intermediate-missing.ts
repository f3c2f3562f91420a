import { mailServer } from '../hosts.ts';
import { withoutIntermediate } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const intermediateMissing = defineWorld({
  name: 'intermediate-missing',
  title: 'The mail server does not send the intermediate certificate.',
  must: ['tls.intermediate-missing'],
  hosts: { autodiscover: mailServer({ certificate: withoutIntermediate }) },
});
