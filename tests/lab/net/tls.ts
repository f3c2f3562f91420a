import { constants } from 'node:crypto';
import { createSecureContext, createServer, type SecureContextOptions } from 'node:tls';
import { changing, healthy, type MakeIdentity } from '../pki/identities.ts';
import type { Listener, Place, Talk } from '../place.ts';
import { listen } from './listen.ts';

/** How a TLS port is bent. */
export interface TlsBend {
  certificate?: MakeIdentity;
  /** Makes the certificate anew for each connection. */
  newCertificateEachTime?: boolean;
  protocol?: Pick<SecureContextOptions, 'minVersion' | 'maxVersion' | 'ciphers' | 'secureOptions'>;
}

/** TLS 1.1 at best. OpenSSL wants its security level lowered before it speaks so old a version. */
export const oldVersionsOnly: TlsBend = {
  protocol: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
};

/** Another certificate on each connection. Nothing is resumed, as a resumed session would not show it. */
export const newCertificateEachTime: TlsBend = {
  certificate: changing(),
  newCertificateEachTime: true,
  protocol: { secureOptions: constants.SSL_OP_NO_TICKET },
};

/** A port that speaks TLS and leaves what is inside to `talk`. */
export function overTls(talk: Talk, bend: TlsBend = {}): Listener {
  return (place) => {
    const optionsFor = rememberedOptions(place, bend);
    const server = createServer({
      // Chunks are small on purpose; waiting to join them would look like a slow server.
      noDelay: true,
      ...bend.protocol,
      SNICallback: (asked, done) => done(null, createSecureContext(optionsFor(asked))),
    });
    // For clients that send no name. Not before the first of them comes: signing takes its time. Where certificates come in
    // turn, such a client gets none: it would use up one of them.
    if (!bend.newCertificateEachTime)
      server.prependOnceListener('connection', () => server.setSecureContext(optionsFor(place.host)));
    server.on('secureConnection', (socket) => {
      socket.on('error', () => {});
      talk(socket, place);
    });
    return listen(server, place.address, place.port);
  };
}

// One certificate for each name that is asked for, if it is the domain or right below it; else that of the host.
function rememberedOptions({ domain, host, authority }: Place, bend: TlsBend): (asked: string) => SecureContextOptions {
  const remembered = new Map<string, SecureContextOptions>();
  const { certificate = healthy, newCertificateEachTime = false, protocol } = bend;
  return (asked) => {
    const name = isNameOf(domain, asked.toLowerCase()) ? asked.toLowerCase() : host;
    const known = remembered.get(name);
    if (known && !newCertificateEachTime) return known;
    const { chain, privateKey } = certificate(authority, name);
    const options = { ...protocol, cert: chain, key: privateKey };
    remembered.set(name, options);
    return options;
  };
}

function isNameOf(domain: string, name: string): boolean {
  return (
    name === domain || (name.endsWith(`.${domain}`) && /^[a-z0-9-]{1,63}$/.test(name.slice(0, -domain.length - 1)))
  );
}
