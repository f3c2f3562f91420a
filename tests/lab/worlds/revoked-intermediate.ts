import { mailServer, publisher } from '../hosts.ts';
import { branchName } from '../pki/branch.ts';
import { revoked } from '../pki/ocsp-bends.ts';
import { publishedByBranch } from '../pki/published.ts';
import { responder } from '../publisher/responder.ts';
import { revocationList } from '../publisher/site.ts';
import { defineWorld } from '../world.ts';

const list = revocationList('root', {}, (domain) => [branchName(domain)]);

export const revokedIntermediate = defineWorld({
  name: 'revoked-intermediate',
  title: 'The intermediate certificate is on the revocation list of the root.',
  analyzer: 'tls',
  must: ['tls.certificate-revoked'],
  hosts: {
    autodiscover: mailServer({ certificate: publishedByBranch() }),
    pki: publisher({ '/root.crl': list, '/ocsp/root': responder('root', revoked) }),
  },
});
