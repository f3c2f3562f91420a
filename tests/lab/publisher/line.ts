import { type Handler, pathOf } from '../http/message.ts';
import type { Certificate } from '../pki/certificate.ts';
import { type MakeIdentity, serverCertificate, shown } from '../pki/identities.ts';
import { pooledKey } from '../pki/keys.ts';
import { encodeName, type Name } from '../pki/names.ts';
import { naming } from '../pki/sources.ts';
import { makeCertificate } from '../pki/usual.ts';
import type { Pages } from './site.ts';

/** A server whose missing intermediate leads to a further one, and what has to be published for that. */
export interface Line {
  readonly certificate: MakeIdentity;
  readonly pages: Pages;
}

/**
 * The server sends its certificate alone. Whoever fetches the issuer of that gets number 0, which says that its own issuer is
 * published at the number that `next` gives, and so on. No number is ever a root, and every signature is right.
 * @param path where the numbers are published
 */
export function lineOfIssuers(path: string, next: (number: number) => number): Line {
  const certificate: MakeIdentity = (authority, host, domain) => {
    const first = { subject: encodeName(nameOf(0)), key: key() };
    return shown(serverCertificate(authority, host, { issuer: first, with: naming({ issuer: `${path}/0` }, domain) }));
  };
  const page: Handler = (request, { domain }) => {
    const number = Number(pathOf(request).slice(path.length + 1));
    if (!Number.isSafeInteger(number) || number < 0) return { status: 404 };
    const body = member(number, next(number), path, domain).der;
    return { status: 200, headers: [['Content-Type', 'application/pkix-cert']], body };
  };
  return { certificate, pages: { [path]: page } };
}

/** One that points at itself still names somebody else as its issuer; else it would be a root. */
function member(number: number, next: number, path: string, domain: string): Certificate {
  const above = next === number ? number + 1 : next;
  return makeCertificate({
    authority: true,
    subject: nameOf(number),
    key: key(),
    issuer: { subject: encodeName(nameOf(above)), key: key() },
    with: naming({ issuer: `${path}/${next}` }, domain),
  });
}

const nameOf = (number: number): Name => ({ O: 'Throughline Lab', CN: `Throughline Lab CA ${number}` });

/** All of them share it: the names alone tell them apart. */
const key = () => pooledKey('p-256', 'line of issuers');
