import { mailServer } from '../hosts.ts';
import { extensionTwice } from '../pki/leaves.ts';
import { defineWorld } from '../world.ts';

export const certificateExtensionTwice = defineWorld({
  name: 'certificate-extension-twice',
  title: 'The certificate says twice what it may be used for, which no certificate may.',
  analyzer: 'tls',
  must: ['tls.certificate-invalid'],
  hosts: { autodiscover: mailServer({ certificate: extensionTwice }) },
});
