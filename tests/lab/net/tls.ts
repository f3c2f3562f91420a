import { constants, X509Certificate } from 'node:crypto';
import { createSecureContext, createServer, type SecureContextOptions, type Server } from 'node:tls';
import { changing, healthy, type MakeIdentity } from '../pki/identities.ts';
import type { Listener, Place, Talk } from '../place.ts';
import { listen } from './listen.ts';

/** How a TLS port is bent. */
export interface TlsBend {
  certificate?: MakeIdentity;
  /** Makes the certificate anew for each connection. */
  newCertificateEachTime?: boolean;
  protocol?: Pick<SecureContextOptions, 'minVersion' | 'maxVersion' | 'ciphers' | 'secureOptions'>;
  /** What clients get that send no name. */
  withoutName?: MakeIdentity;
  /** Asks clients for a certificate of their authority; without one nobody gets in where it is demanded. */
  clientCertificate?: 'wished' | 'demanded';
}

/** TLS 1.1 at best. OpenSSL wants its security level lowered before it speaks so old a version. */
export const oldVersionsOnly: TlsBend = {
  protocol: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
};

/** Versions 1.0 to 1.3. The suites of the newest have to be named with the others, or Node leaves it out. */
export const oldVersionsToo: TlsBend = {
  protocol: { minVersion: 'TLSv1', ciphers: 'TLS_AES_256_GCM_SHA384:DEFAULT:@SECLEVEL=0' },
};

export const only12: TlsBend = { protocol: { maxVersion: 'TLSv1.2' } };
export const only13: TlsBend = { protocol: { minVersion: 'TLSv1.3' } };

/** Takes clients that offer nothing better than a suite that does not encrypt, or that does not prove who the server is. */
export const nothingEncrypted: TlsBend = { protocol: { ciphers: 'ECDHE+AESGCM:NULL-SHA256:@SECLEVEL=0' } };
export const anonymousToo: TlsBend = { protocol: { ciphers: 'ECDHE+AESGCM:AECDH-AES256-SHA:@SECLEVEL=0' } };

/** Weak keys and signatures too: OpenSSL shows them to nobody unless its security level is lowered. */
export const weakAllowed: TlsBend = { protocol: { ciphers: 'DEFAULT@SECLEVEL=0' } };

/** Another certificate on each connection. Nothing is resumed, as a resumed session would not show it. */
export const newCertificateEachTime: TlsBend = {
  certificate: changing(),
  newCertificateEachTime: true,
  protocol: { secureOptions: constants.SSL_OP_NO_TICKET },
};

/** A port that speaks TLS and leaves what is inside to `talk`. */
export function overTls(talk: Talk, bend: TlsBend = {}): Listener {
  return (place) => listen(serverFor(talk, bend, place), place.address, place.port);
}

/** The server alone: it serves whatever connection it is given. */
export function serverFor(talk: Talk, bend: TlsBend, place: Place): Server {
  const { optionsFor, stapleFor } = rememberedIdentities(place, bend);
  const server = createServer({
    // Chunks are small on purpose; waiting to join them would look like a slow server.
    noDelay: true,
    ...bend.protocol,
    requestCert: bend.clientCertificate !== undefined,
    rejectUnauthorized: bend.clientCertificate === 'demanded',
    SNICallback: (asked, done) => done(null, createSecureContext(optionsFor(asked))),
  });
  // For clients that send no name. Not before the first of them comes: signing takes its time. Where certificates come in
  // turn, such a client gets none: it would use up one of them.
  if (!bend.newCertificateEachTime)
    server.prependOnceListener('connection', () => server.setSecureContext(withoutName(optionsFor, bend, place)));
  server.on('OCSPRequest', (certificate, _issuer, done) => done(null, stapleFor(certificate)));
  server.on('secureConnection', (socket) => {
    socket.on('error', () => {});
    talk(socket, place);
  });
  return server;
}

function withoutName(
  optionsFor: (name: string) => SecureContextOptions,
  { withoutName: identity }: TlsBend,
  { host, authority, domain }: Place,
): SecureContextOptions {
  if (!identity) return optionsFor(host);
  const { chain, privateKey } = identity(authority, host, domain);
  return { ...optionsFor(host), cert: chain, key: privateKey };
}

// One certificate for each name that is asked for, if it is the domain or right below it; else that of the host.
function rememberedIdentities({ domain, host, authority }: Place, bend: TlsBend) {
  const remembered = new Map<string, SecureContextOptions>();
  const staples = new Map<string, Uint8Array>();
  const { certificate = healthy, newCertificateEachTime = false, protocol, clientCertificate } = bend;
  const optionsFor = (asked: string): SecureContextOptions => {
    const name = isNameOf(domain, asked.toLowerCase()) ? asked.toLowerCase() : host;
    const known = remembered.get(name);
    if (known && !newCertificateEachTime) return known;
    const { chain, privateKey, staple } = certificate(authority, name, domain);
    const { pem: ca } = clientCertificate ? authority.clients : authority.trusted.root;
    const options = { ...protocol, cert: chain, key: privateKey, ca };
    remembered.set(name, options);
    if (staple) staples.set(fingerprint(chain), staple);
    return options;
  };
  const stapleFor = (leaf: Buffer): Buffer | null => {
    const staple = staples.get(fingerprint(leaf));
    return staple ? Buffer.from(staple) : null;
  };
  return { optionsFor, stapleFor };
}

/** Of the first certificate in PEM, or of one in DER. */
function fingerprint(certificate: string | Buffer): string {
  return new X509Certificate(certificate).fingerprint256;
}

function isNameOf(domain: string, name: string): boolean {
  return (
    name === domain || (name.endsWith(`.${domain}`) && /^[a-z0-9-]{1,63}$/.test(name.slice(0, -domain.length - 1)))
  );
}
