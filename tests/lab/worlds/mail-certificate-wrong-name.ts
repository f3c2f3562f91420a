import { mailServer } from '../hosts.ts';
import { wrongName } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const mailCertificateWrongName = defineWorld({
  name: 'mail-certificate-wrong-name',
  title: 'Autodiscover is well; the mail server that it names shows the certificate of another host.',
  analyzer: 'autodiscover',
  must: ['tls.certificate-name-mismatch'],
  hosts: {
    autodiscover: mailServer({ settings: { servicesAt: ({ domain }) => `mail.${domain}` } }),
    mail: mailServer({ certificate: wrongName }),
  },
});
