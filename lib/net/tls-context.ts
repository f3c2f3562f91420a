/** What a handshake offers and trusts. Made once for each kind: parsing Mozilla's list takes longer than a handshake. */
import { constants } from 'node:crypto';
import { createSecureContext, rootCertificates, type SecureContext, type SecureContextOptions } from 'node:tls';
import { errorCode } from './failure.ts';
import type { NetworkProfile } from './profile.ts';

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** The client's own certificate. Its private key stays with whoever has opened it, and comes out for the terms of a handshake alone. */
export interface ClientCertificate {
  /** What to call it: the name in it. */
  readonly name: string;
  /** PEM: the client's own first, each issuer behind what it has issued. */
  readonly chain: readonly string[];
  /** The same terms with the private key among them. */
  readonly withKey: (terms: SecureContextOptions) => SecureContextOptions;
}

/** What differs from the handshake of a client of today. */
export interface Offer {
  /** This version alone, in whatever quality: to find out whether the server speaks it. Its certificate is not checked. */
  readonly version?: TlsVersion;
  /** OpenSSL's list of suites. */
  readonly ciphers?: string;
  /** Shown to a server that asks for one; null and nothing are the same. */
  readonly clientCertificate?: ClientCertificate | null;
}

export interface Terms {
  /** PEM of the trust anchors of the run. */
  readonly roots: readonly string[];
  readonly context: SecureContext;
}

/** Everything that proves who the server is, however weak. RFC 5246 A.5; the names that begin with TLS are those of TLS 1.3. */
const ANY_SUITE =
  'ALL:!aNULL:!eNULL:@SECLEVEL=0:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';

const anchors = new Map<string, readonly string[]>();
const contexts = new Map<string, SecureContext>();
/** What holds a private key goes with its owner, at the end of the run. */
const ownContexts = new WeakMap<ClientCertificate, Map<string, SecureContext>>();

/** The terms of a handshake. */
export function termsOf(profile: NetworkProfile, offer: Offer): Terms {
  const roots = rootsOf(profile);
  const { version, ciphers, clientCertificate } = offer;
  const known = clientCertificate ? contextsWith(clientCertificate) : contexts;
  const key = [version, ciphers, ...profile.roots].join();
  const context = known.get(key) ?? contextOf(roots, offer);
  known.set(key, context);
  return { roots, context };
}

function contextsWith(clientCertificate: ClientCertificate): Map<string, SecureContext> {
  const known = ownContexts.get(clientCertificate) ?? new Map<string, SecureContext>();
  ownContexts.set(clientCertificate, known);
  return known;
}

/** Why OpenSSL will not show this certificate to anybody, in its own words; null where it will. */
export function objectionTo(clientCertificate: ClientCertificate, profile: NetworkProfile): string | null {
  try {
    termsOf(profile, { clientCertificate });
    return null;
  } catch (error) {
    return errorCode(error)
      .replace(/^ERR_(SSL|OSSL)_/, '')
      .toLowerCase()
      .replaceAll('_', ' ');
  }
}

/** Mozilla's list as bundled with Node, and the profile's own. Never the machine's: the verdict must not depend on where we run. */
export function rootsOf({ roots: own }: NetworkProfile): readonly string[] {
  const key = own.join();
  const roots = anchors.get(key) ?? [...rootCertificates, ...own];
  anchors.set(key, roots);
  return roots;
}

function contextOf(roots: readonly string[], { version, ciphers, clientCertificate }: Offer): SecureContext {
  const suites = ciphers ?? (version && ANY_SUITE);
  const terms: SecureContextOptions = {
    ...(version === undefined
      ? { ca: [...roots], minVersion: 'TLSv1.2' }
      : { ca: [], minVersion: version, maxVersion: version, secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT }),
    ...(suites !== undefined && { ciphers: suites }),
    ...(clientCertificate && { cert: clientCertificate.chain.join('') }),
  };
  return createSecureContext(clientCertificate?.withKey(terms) ?? terms);
}
