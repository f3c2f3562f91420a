import { mailServer } from '../hosts.ts';
import { rootCrossSigned } from '../pki/chains.ts';
import { defineWorld } from '../world.ts';

export const healthyCrossSigned = defineWorld({
  name: 'healthy-cross-signed',
  title: 'Everything is well; the root comes as the certificate that an older root has made for it.',
  analyzer: 'tls',
  hosts: { autodiscover: mailServer({ certificate: rootCrossSigned }) },
});
