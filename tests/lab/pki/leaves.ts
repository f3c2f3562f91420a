/** Certificates of servers that are wrong in themselves. Their issuers are well. */
import { basicConstraints, extendedKeyUsage, keyUsage, unknownExtension } from './extensions.ts';
import { fromTrusted, type MakeIdentity } from './identities.ts';
import { pooledKey } from './keys.ts';
import type { Wish } from './usual.ts';

/** From the trusted intermediate, bent as wished. The wish is asked for late, because keys take their time. */
function bent(wish: (name: string, domain: string) => Wish): MakeIdentity {
  return (authority, name, domain) => fromTrusted(authority, name, wish(name, domain));
}

export const rsa1024 = bent(() => ({ key: pooledKey('rsa-1024') }));

export const sha1 = bent(() => ({ hash: 'sha1' }));

/** It may be used to sign in as a client, and for nothing else. */
export const onlyForClients = bent(() => ({ with: [extendedKeyUsage('clientAuth')] }));

/** It says of itself that it is an authority; everything else is as servers have it. */
export const authorityAsServer = bent(() => ({
  with: [basicConstraints(true), keyUsage('digitalSignature', 'keyEncipherment', 'keyCertSign')],
}));

export const unknownCritical = bent(() => ({ with: [unknownExtension(true)] }));

/** RFC 5280 4.2: no extension may be there twice. */
export const extensionTwice = bent(() => ({ again: [extendedKeyUsage('serverAuth')] }));

/** A wildcard for all hosts right below the mail domain. */
export const wildcard = bent((_name, domain) => ({ names: [`*.${domain}`] }));

/** A wildcard one level too high: it would have to stand for two labels. RFC 9525 6.3 */
export const wildcardTooHigh = bent((_name, domain) => ({ names: [`*.${domain.split('.').slice(1).join('.')}`] }));

/** Expired, made for another host, and with a key that is too short. */
export const oldAndWeak = bent(() => ({
  ...{ days: [-120, -2], names: ['mail.elsewhere.test'], key: pooledKey('rsa-1024') },
}));

/** Made for the host; the name under which Outlook looks for it stands among the alternatives only. */
export const alsoForOutlook: MakeIdentity = (authority, name, domain) =>
  fromTrusted(authority, name, { names: [name, `outlook.${domain}`] });
