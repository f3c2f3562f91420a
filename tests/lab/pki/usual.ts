import { type Certificate, type CertificateContent, issueCertificate } from './certificate.ts';
import {
  authorityKeyIdentifier,
  basicConstraints,
  type Extension,
  extendedKeyUsage,
  extensionIds,
  keyUsage,
  subjectAltName,
  subjectKeyIdentifier,
} from './extensions.ts';
import { pooledKey } from './keys.ts';
import type { GeneralName } from './names.ts';

/** What somebody wants of a certificate; the rest is as public authorities make it today. */
export interface Wish extends Partial<Omit<CertificateContent, 'extensions'>> {
  /** For an authority rather than for a server. */
  readonly authority?: boolean;
  /** For the subject alternative name; text is a DNS name. None leaves the extension out. */
  readonly names?: readonly (string | GeneralName)[];
  /** Days from now, negative for the past, in place of `from` and `to`. */
  readonly days?: readonly [from: number, to: number];
  /** Put in the place of a usual extension with the same number, or behind the others. */
  readonly with?: readonly Extension[];
  readonly without?: readonly (keyof typeof extensionIds)[];
  /** Put behind the others even if there is one of that number already. */
  readonly again?: readonly Extension[];
}

const DAY = 86_400_000;

/** Makes a certificate that is well, but for what is wished otherwise: ninety days of life, two thirds of it left. */
export function makeCertificate(wish: Wish = {}): Certificate {
  const [from, to] = wish.days ?? (wish.authority ? [-300, 1825] : [-30, 60]);
  const { subject = { CN: firstName(wish) }, key = pooledKey('p-256') } = wish;
  const content = { from: daysFromNow(from), to: daysFromNow(to), ...wish, subject, key };
  return issueCertificate({ ...content, extensions: extensionsFor({ ...wish, key }) });
}

/** So many days from now, negative for the past, at this time of day. */
export function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * DAY);
}

function firstName({ names = [] }: Wish): string {
  const [first] = names;
  return typeof first === 'string' ? first : 'mail.example.test';
}

function extensionsFor(wish: Wish & Pick<CertificateContent, 'key'>): Extension[] {
  const added = wish.with ?? [];
  const replaced = new Set([...added.map(({ id }) => id), ...(wish.without ?? []).map((name) => extensionIds[name])]);
  const kept = usualExtensions(wish).filter(({ id }) => !replaced.has(id));
  return [...kept, ...added, ...(wish.again ?? [])];
}

function usualExtensions({ authority = false, names = [], key, issuer }: Wish & Pick<CertificateContent, 'key'>) {
  const altNames = names.map((name) => (typeof name === 'string' ? { dns: name } : name));
  const forAuthority = [basicConstraints(true), keyUsage('keyCertSign', 'cRLSign')];
  const forServer = [
    basicConstraints(false),
    keyUsage('digitalSignature', ...(key.kind.startsWith('rsa-') ? (['keyEncipherment'] as const) : [])),
    extendedKeyUsage('serverAuth'),
  ];
  return [
    ...(authority ? forAuthority : forServer),
    ...(altNames.length > 0 ? [subjectAltName(altNames)] : []),
    subjectKeyIdentifier(key),
    authorityKeyIdentifier(issuer?.key ?? key),
  ];
}
