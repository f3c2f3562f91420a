import { type Handler, pathOf } from '../http/message.ts';
import { type Publisher, publishers } from '../pki/branch.ts';
import { type CrlContent, writeCrl } from '../pki/crl.ts';
import { writeBundle } from '../pki/pkcs7.ts';
import { serialOf } from '../pki/sources.ts';
import { daysFromNow } from '../pki/usual.ts';
import { responder } from './responder.ts';

/** What an authority publishes, by path. A path stands for everything below it, too. */
export type Pages = Readonly<Record<string, Handler>>;

/** The website of the lab's authorities: certificates, revocation lists, OCSP; all well but for the pages given here. */
export function authoritySite(bent: Pages = {}): Handler {
  const pages: Pages = { ...pagesOf('root'), ...pagesOf('issuing'), ...pagesOf('branch'), ...bent };
  return (request, place, random) => {
    const path = pathOf(request);
    const found = Object.keys(pages).find((each) => path === each || path.startsWith(`${each}/`));
    const page = found === undefined ? status(404) : (pages[found] ?? status(404));
    return page(request, place, random);
  };
}

function pagesOf(publisher: Publisher): Pages {
  return {
    [`/${publisher}.cer`]: certificate(publisher, 'der'),
    [`/${publisher}.pem`]: certificate(publisher, 'pem'),
    [`/${publisher}.p7c`]: certificate(publisher, 'pkcs7'),
    [`/${publisher}.crl`]: revocationList(publisher),
    [`/ocsp/${publisher}`]: responder(publisher),
  };
}

/** RFC 5280 4.2.2.1, RFC 2585 4.1, RFC 5751 3.2.1 */
const certificateTypes = {
  der: 'application/pkix-cert',
  pem: 'application/x-pem-file',
  pkcs7: 'application/pkcs7-mime',
} as const;

/** An authority's own certificate. */
export function certificate(publisher: Publisher, form: keyof typeof certificateTypes): Handler {
  return (_request, { authority, domain }) => {
    const own = publishers[publisher](authority, domain);
    const body = { der: own.der, pem: own.pem, pkcs7: writeBundle([own]) }[form];
    return { status: 200, headers: [['Content-Type', certificateTypes[form]]], body };
  };
}

/**
 * An authority's revocation list. RFC 2585 4.2
 * @param revokes the names that the serial numbers of revoked certificates follow from, in a world with this domain
 */
export function revocationList(
  publisher: Publisher,
  change: Partial<CrlContent> = {},
  revokes: (domain: string) => readonly string[] = () => [],
): Handler {
  return (_request, { authority, domain }) => {
    const revoked = revokes(domain).map((name) => ({ serial: serialOf(name), at: daysFromNow(-2), reason: 1 }));
    const body = writeCrl({ issuer: publishers[publisher](authority, domain), revoked, ...change });
    return { status: 200, headers: [['Content-Type', 'application/pkix-crl']], body };
  };
}

/** Nothing but a status. */
export function status(code: number): Handler {
  return () => ({ status: code, body: 'There is nothing here.' });
}

/** Sends the client elsewhere. */
export function redirect(to: string): Handler {
  return () => ({ status: 302, headers: [['Location', to]] });
}
