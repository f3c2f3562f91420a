import type { Authority } from './authority.ts';
import { issuer } from './authority.ts';
import { extendedKeyUsage } from './extensions.ts';
import { pooledKey } from './keys.ts';
import { writePkcs12 } from './pkcs12.ts';
import { makeCertificate } from './usual.ts';

/** Whether servers of the lab that ask for a client certificate take it. */
export type ClientKind = 'known' | 'stranger';

/** Alice's own certificate with its issuer and private key, in a PKCS #12 file that the empty pass phrase opens. */
export function clientFile(authority: Authority, kind: ClientKind): Buffer {
  const by = kind === 'known' ? authority.clients : authority.once('other clients', () => issuer('Other Client CA'));
  const certificate = makeCertificate({
    subject: { O: 'Throughline Lab', CN: 'Alice' },
    names: [{ mail: 'alice@lab.test' }],
    issuer: by,
    key: pooledKey('rsa-2048', 'alice'),
    with: [extendedKeyUsage('clientAuth')],
  });
  return writePkcs12({ certificates: [certificate, by], key: certificate, passPhrase: '' });
}
