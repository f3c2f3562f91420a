/** Certificates that a person hands over: DER, PEM or PKCS #7 in a file, or PEM as text. Found and taken apart here, judged later. */
import { WireError } from '#lib/wire/error.ts';
import { decodeCertificateBundle } from '#lib/wire/x509/bundle.ts';
import { type Certificate, decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { sameName } from '#lib/wire/x509/name.ts';
import { encodePem } from '#lib/wire/x509/pem.ts';
import { nameOf } from './certificate-facts.ts';

export type Given =
  /** PEM of each certificate in the order of the file, read or not; never empty. */
  | { readonly ok: true; readonly certificates: readonly string[] }
  /** What it is instead, in words that follow "this": `holds a private key, and no certificate`. */
  | { readonly ok: false; readonly instead: string };

/** Finds the certificates in a file. One that is damaged is among them: what is wrong with it is a judge's business. */
export function certificatesIn(bytes: Uint8Array): Given {
  const text = textOf(bytes);
  return text.includes(BEGIN) ? inText(text) : inDer(bytes);
}

const BEGIN = '-----BEGIN ';

/** RFC 7468 5.1 and 8; the other two are OpenSSL's older names for the same. */
const CERTIFICATES: readonly string[] = ['CERTIFICATE', 'X509 CERTIFICATE'];
const MESSAGES: readonly string[] = ['PKCS7', 'CMS'];

/** Windows writes text in UTF-16; nothing else in a file of certificates needs more than Latin-1. */
function textOf(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'latin1').decode(bytes);
}

/** More blocks than anybody is allowed certificates, and more messages than anybody has: opening one takes a while. */
const MOST_BLOCKS = 2_000;
const MOST_MESSAGES = 10;

function inText(text: string): Given {
  const blocks = blocksOf(text);
  const opened = new Set(blocks.filter(({ label }) => MESSAGES.includes(label)).slice(0, MOST_MESSAGES));
  const certificates = blocks.flatMap((block) => {
    const { label, body } = block;
    if (CERTIFICATES.includes(label)) return [armoured(body)];
    return opened.has(block)
      ? inMessage(new TextEncoder().encode(`${BEGIN}${label}-----${body}-----END ${label}-----\n`))
      : [];
  });
  const labels = [...new Set(blocks.map(({ label }) => label))];
  return certificates.length > 0 ? { ok: true, certificates } : { ok: false, instead: instead(labels[0] ?? '') };
}

interface Block {
  readonly label: string;
  readonly body: string;
}

/** Every block, also one that is never closed. Private keys are cut out here and left behind. */
function blocksOf(text: string): Block[] {
  return text
    .split(BEGIN, MOST_BLOCKS + 1)
    .slice(1)
    .map((block) => {
      const label = block.slice(0, Math.max(block.indexOf('-----'), 0)).slice(0, 40);
      const end = block.indexOf('-----END');
      return { label, body: block.slice(label.length + 5, end < 0 ? block.length : end) };
    });
}

const armoured = (body: string): string => `${BEGIN}CERTIFICATE-----\n${body.trim()}\n-----END CERTIFICATE-----\n`;

function inDer(bytes: Uint8Array): Given {
  if (bytes[0] !== SEQUENCE) return { ok: false, instead: 'holds nothing that looks like a certificate' };
  const content = bytes.subarray(contentStart(bytes));
  if (isPkcs12(bytes)) return { ok: false, instead: 'is a PKCS #12 file, which may have a private key in it' };
  if (content[0] === INTEGER) return { ok: false, instead: instead('PRIVATE KEY') };
  if (content[0] === OBJECT_IDENTIFIER) {
    const certificates = inMessage(bytes);
    return certificates.length > 0 ? { ok: true, certificates } : { ok: false, instead: instead('PKCS7') };
  }
  return { ok: true, certificates: [encodePem('CERTIFICATE', bytes)] };
}

const [INTEGER, OBJECT_IDENTIFIER, SEQUENCE] = [0x02, 0x06, 0x30] as const;

/** Whether it begins as a PKCS #12 file does: a SEQUENCE with the number 3, then another. RFC 7292 4 */
export function isPkcs12(bytes: Uint8Array): boolean {
  const at = contentStart(bytes);
  return bytes[0] === SEQUENCE && [INTEGER, 1, 3, SEQUENCE].every((octet, place) => bytes[at + place] === octet);
}

/** Behind tag and length, also where the length is left open. X.690 8.1.3 */
function contentStart(bytes: Uint8Array): number {
  const length = bytes[1] ?? 0;
  return length < 0x80 ? 2 : 2 + (length & 0x7f);
}

/** What a PKCS #7 message holds. Its own order means nothing: it is a SET. RFC 5652 5.1 */
function inMessage(bytes: Uint8Array): string[] {
  try {
    const all = decodeCertificateBundle(bytes).map((der) => encodePem('CERTIFICATE', der));
    return all.length > MOST_SORTED ? all : inIssuingOrder(all, leafAmong(all.map(readGiven)));
  } catch (error) {
    if (error instanceof WireError) return [];
    throw error;
  }
}

/** More than this are no chain, and a hostile message could hold thousands. */
const MOST_SORTED = 100;

/** The place of the one that has issued none of the others; the first where there is none. */
function leafAmong(all: readonly (Certificate | null)[]): number {
  const isIssuer = (one: Certificate): boolean =>
    all.some((other) => other !== null && other !== one && sameName(other.issuer, one.subject));
  return Math.max(
    all.findIndex((one) => one !== null && !isIssuer(one)),
    0,
  );
}

/** The certificates as a server sends them: each behind the one that it has issued, and what belongs nowhere at the end. */
export function inIssuingOrder(all: readonly string[], leaf = 0): string[] {
  const { path, strangers } = sortOut(all, leaf);
  return [...path, ...strangers];
}

/** The leaf, and each issuer behind what it has issued; what belongs nowhere is left out. */
export function issuingPath(all: readonly string[], leaf = 0): string[] {
  return sortOut(all, leaf).path;
}

function sortOut(all: readonly string[], leaf: number): { path: string[]; strangers: string[] } {
  const left = all.map((pem) => ({ pem, certificate: readGiven(pem) }));
  const chain = left.splice(leaf, 1);
  for (let last = chain[0]; last !== undefined; ) {
    const issuer = last.certificate?.issuer;
    const place = left.findIndex(({ certificate }) => issuer && certificate && sameName(certificate.subject, issuer));
    [last] = place < 0 ? [] : left.splice(place, 1);
    if (last !== undefined) chain.push(last);
  }
  return { path: chain.map(({ pem }) => pem), strangers: left.map(({ pem }) => pem) };
}

/** One of them, decoded; null where it cannot be read. */
export function readGiven(pem: string): Certificate | null {
  try {
    const [der = new Uint8Array()] = decodeCertificateBundle(new TextEncoder().encode(pem));
    return decodeCertificate(der);
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}

/** What to call a given certificate; null where it cannot be read. */
export function givenName(pem: string): string | null {
  const certificate = readGiven(pem);
  return certificate && nameOf(certificate);
}

function instead(label: string): string {
  if (label.endsWith('PRIVATE KEY')) return 'holds a private key, and no certificate';
  if (label.endsWith('CERTIFICATE REQUEST'))
    return 'is a signing request; the certificate is what the authority sends back for it';
  if (label === 'X509 CRL') return 'is a revocation list, and no certificate';
  return MESSAGES.includes(label) ? 'is a message without a readable certificate' : 'holds no certificate';
}

/** Whether a private key stands beside the certificates, as in files that web servers read. */
export function holdsKey(bytes: Uint8Array): boolean {
  return textOf(bytes).includes('PRIVATE KEY-----');
}
