import { mailServer } from '../hosts.ts';
import { wrongName } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const noSniOtherCertificate = defineWorld({
  name: 'no-sni-other-certificate',
  title: 'A client that does not name the host gets the certificate of another one.',
  analyzer: 'tls',
  must: ['tls.no-sni-default'],
  hosts: { autodiscover: mailServer({ withoutName: wrongName }) },
});
