/**
 * The sign-in service that a challenge or a person names, and where it describes itself. OpenID Connect Discovery 1.0 4
 *
 * A challenge names the page on which a person signs in (`authorization_uri`), not the issuer; the document lies below the issuer.
 * - Microsoft's cloud: `https://login.windows.net/common/oauth2/authorize` → `https://login.microsoftonline.com/common/v2.0`. The first
 *   part of the path is the tenant, and the old names of the service lead to its current one.
 * - everybody else: the issuer is what is left without the page: `https://adfs.contoso.example/adfs/oauth2/authorize` (AD FS) →
 *   `https://adfs.contoso.example/adfs`. An address that ends in no page that is known here is the issuer itself.
 */

export interface Authority {
  /** As it was written. */
  readonly written: string;
  readonly host: string;
  readonly port: number;
  readonly issuer: string;
  /** Of the document, with its host. */
  readonly path: string;
  /** In Microsoft's cloud, whose issuers are named after the tenant that somebody belongs to. */
  readonly tenant: string | null;
}

export type ReadAuthority =
  | { readonly ok: true; readonly authority: Authority }
  | { readonly ok: false; readonly reason: string };

const LONGEST = 2_000;
const DOCUMENT = '/.well-known/openid-configuration';

/** Hosts of Microsoft's clouds, by the names that they have or had. */
const MICROSOFT: Readonly<Record<string, string>> = {
  'login.microsoftonline.com': 'login.microsoftonline.com',
  'login.windows.net': 'login.microsoftonline.com',
  'login.microsoft.com': 'login.microsoftonline.com',
  'sts.windows.net': 'login.microsoftonline.com',
  'login.microsoftonline.us': 'login.microsoftonline.us',
  'login.partner.microsoftonline.cn': 'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn': 'login.partner.microsoftonline.cn',
};

/** Pages of Keycloak, AD FS, Duende and others; the longest first, so that none is taken for a part of another. */
const PAGES = [
  DOCUMENT,
  '/protocol/openid-connect/auth',
  '/oauth2/v2.0/authorize',
  '/oauth2/authorize',
  '/connect/authorize',
  '/oauth/authorize',
  '/oauth2/auth',
  '/authorize',
  '/auth',
];

/** Reads an `authorization_uri`, or an issuer that a person wrote. */
export function readAuthority(written: string): ReadAuthority {
  if (written.length > LONGEST) return { ok: false, reason: `its address has more than ${LONGEST} characters` };
  const url = URL.parse(written.trim());
  const reason = url === null || url.hostname === '' ? 'its address is malformed' : objectionTo(url);
  if (url === null || reason !== null) return { ok: false, reason: reason ?? 'its address is malformed' };
  const cloud = MICROSOFT[url.hostname];
  return { ok: true, authority: cloud === undefined ? authorityAt(url, written) : tenantOf(url, cloud, written) };
}

function objectionTo({ protocol, username, password, port }: URL): string | null {
  if (protocol === 'http:') return 'its address is not encrypted (http)';
  if (protocol !== 'https:') return `nothing can be asked over "${protocol.slice(0, 40)}"`;
  if (username !== '' || password !== '') return 'its address carries a user name';
  return port === '0' ? 'its address is malformed' : null;
}

function authorityAt({ hostname, port, origin, pathname }: URL, written: string): Authority {
  const path = withoutPage(pathname.replace(/\/$/, ''));
  const host = hostname.replaceAll(/[[\]]/g, '');
  return { written, host, port: Number(port || 443), issuer: origin + path, path: path + DOCUMENT, tenant: null };
}

function withoutPage(path: string): string {
  const page = PAGES.find((each) => path.toLowerCase().endsWith(each));
  return page === undefined ? path : path.slice(0, -page.length);
}

function tenantOf({ pathname }: URL, host: string, written: string): Authority {
  const tenant = pathname.split('/')[1] || 'common';
  const path = `/${tenant}/v2.0`;
  return { written, host, port: 443, issuer: `https://${host}${path}`, path: path + DOCUMENT, tenant };
}

/** `{tenantid}`, as it reads in a URL. */
const PLACEHOLDER = '%7btenantid%7d';
const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Whether the document below this authority may name this issuer: the very same one. In Microsoft's cloud it is named after the tenant's
 * number, and where several tenants share an address, after a placeholder for it.
 */
export function isIssuerOf({ issuer, host, tenant }: Authority, named: string): boolean {
  const url = URL.parse(named);
  if (url === null) return false;
  if (tenant === null) return withoutSlash(url.href) === withoutSlash(new URL(issuer).href);
  const [, whose = '', version, ...rest] = url.pathname.toLowerCase().split('/');
  if (url.origin !== `https://${host}` || version !== 'v2.0' || rest.length > 0) return false;
  return GUID.test(tenant) ? whose === tenant.toLowerCase() : whose === PLACEHOLDER || GUID.test(whose);
}

const withoutSlash = (text: string): string => text.replace(/\/$/, '');
