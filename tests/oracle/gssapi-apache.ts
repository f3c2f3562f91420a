/** Apache with mod_auth_gssapi and gss-ntlmssp, over TLS: it takes NTLM, bare and in SPNEGO, and knows nothing of Extended Protection. */
import { freePort } from '#tests/free-port.ts';
import { CertificateMaker, type Issued } from './certificate-maker.ts';
import { serve } from './foreign.ts';
import { TemporaryFolder } from './temporary.ts';

/** What it needs. */
export const GSSAPI_APACHE = ['apache2', 'mod_auth_gssapi', 'gss-ntlmssp', 'openssl'] as const;

export const HOST = 'mail.oracle.test';
export const PASSWORD = 'Grüße, 100 % "sicher"';

export interface GssapiServer {
  readonly port: number;
  readonly certificate: Issued;
}

/** What stands before it: nothing, or a proxy that ends TLS and opens a connection of its own for all requests, or one for each. */
export type Front = 'none' | 'keeps' | 'spreads';

const MODULES = [
  ...['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'ssl', 'mime', 'env', 'setenvif', 'auth_gssapi'],
  ...['proxy', 'proxy_http'],
];
const loadModules = MODULES.map(
  (name) =>
    `<IfModule !${name}_module>\nLoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n</IfModule>`,
);

/** Starts it, to stop when the test ends. `alice` of the domain ORACLE may come in. */
export async function startGssapiApache(front: Front = 'none'): Promise<GssapiServer> {
  const certificate = await new CertificateMaker().issue({ name: HOST });
  const folder = new TemporaryFolder();
  const port = await freePort();
  const inner = front === 'none' ? null : await freePort();
  const users = folder.write('users', `ORACLE:alice:${PASSWORD}\n`);
  folder.write('www/page', 'inside');
  const configuration = `
${loadModules.join('\n')}
ServerName ${HOST}
PidFile "${folder.file('pid')}"
DefaultRuntimeDir "${folder.path}"
ErrorLog "|/bin/cat"
LogLevel notice
TypesConfig /dev/null
StartServers 1
ServerLimit 1
KeepAliveTimeout 20
Listen 127.0.0.1:${port}
<VirtualHost 127.0.0.1:${port}>
  SSLEngine on
  SSLCertificateFile "${certificate.certificate}"
  SSLCertificateKeyFile "${certificate.key}"
  ${inner === null ? site(folder) : proxy(inner, front)}
</VirtualHost>
${inner === null ? '' : `Listen 127.0.0.1:${inner}\n<VirtualHost 127.0.0.1:${inner}>\n${site(folder)}\n</VirtualHost>`}
`;
  const file = folder.write('apache.conf', configuration);
  const environment = [`NTLM_USER_FILE=${users}`, '/usr/sbin/apache2', '-f', file, '-DFOREGROUND'];
  await serve('/usr/bin/env', environment, /resuming normal operations/);
  return { port, certificate };
}

const site = (folder: TemporaryFolder): string => `
DocumentRoot "${folder.file('www')}"
<Location "/">
  AuthType GSSAPI
  GssapiConnectionBound On
  GssapiAllowedMech ntlmssp
  Require valid-user
</Location>`;

const proxy = (inner: number, front: Front): string =>
  `ProxyPass / http://127.0.0.1:${inner}/ ${front === 'keeps' ? 'max=1' : 'disablereuse=On'}`;
