/** The certificates that a judge looks at: as a server has shown them, or as a person has given them. */

import { createHash } from 'node:crypto';
import type { TlsSession } from '#lib/net/tls.ts';
import { publicRoots } from '#lib/net/trust.ts';
import type { Subject } from '#lib/result/probe.ts';
import { WireError } from '#lib/wire/error.ts';
import { decodeCertificateBundle } from '#lib/wire/x509/bundle.ts';
import { type Certificate, decodeCertificate } from '#lib/wire/x509/certificate.ts';

/** Input of every probe that judges a certificate. */
export interface CertificateInput extends Subject {
  readonly shown: ShownCertificates;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The names that are asked for; the subject's host unless said otherwise, and none where nobody knows one yet. */
  readonly hosts?: readonly string[];
  /** What it is to be used for; a server unless said otherwise. */
  readonly usage?: 'server' | 'client';
  /** Whether a missing issuer may be fetched from the address that a certificate names. */
  readonly fetchIssuers?: boolean;
  /** Whether what no client in use enforces counts as an error: for certificates that are not installed yet. */
  readonly strict?: boolean;
  /** SHA-256 of certificates that were seen from elsewhere, in hexadecimal digits: one of them is expected here. */
  readonly pins?: readonly string[];
  /** Where the server can be asked again; absent for certificates out of files. */
  readonly session?: TlsSession;
}

export interface ShownCertificates {
  /** As sent, leaf first; PEM; never empty. */
  readonly chain: readonly string[];
  /** PEM of every trusted root. */
  readonly roots: readonly string[];
}

/** What could be read of them. */
export interface ReadCertificates {
  readonly leaf: Certificate | WireError;
  /** What was sent beside the leaf, in the order of the wire. */
  readonly others: readonly Certificate[];
  /** Certificates beside the leaf that cannot be read. */
  readonly unreadable: readonly WireError[];
  readonly anchors: readonly Certificate[];
  /** SHA-256 of those anchors that stand in the public list, in hexadecimal digits. */
  readonly publicRoots: ReadonlySet<string>;
}

interface Anchors {
  readonly certificates: readonly Certificate[];
  readonly public: ReadonlySet<string>;
}

const known = new WeakMap<ShownCertificates, ReadCertificates>();
/** Every run trusts the same roots; decoding them takes longer than all the rest of the judgement. */
const knownAnchors = new WeakMap<readonly string[], Anchors>();

/** Decodes what was shown, once for all judges. */
export function readShown(shown: ShownCertificates): ReadCertificates {
  const read = known.get(shown) ?? decodeAll(shown);
  known.set(shown, read);
  return read;
}

function decodeAll({ chain, roots }: ShownCertificates): ReadCertificates {
  const [leaf, ...rest] = chain.map(decodePem);
  if (leaf === undefined) throw new Error('a chain has at least a leaf');
  const anchors = knownAnchors.get(roots) ?? decodeAnchors(roots);
  knownAnchors.set(roots, anchors);
  const others = readable(rest);
  return { leaf, others, unreadable: rest.filter(isFault), anchors: anchors.certificates, publicRoots: anchors.public };
}

function decodeAnchors(roots: readonly string[]): Anchors {
  const known = new Set(publicRoots);
  const listed = readable(roots.filter((pem) => known.has(pem)).map(decodePem));
  const own = readable(roots.filter((pem) => !known.has(pem)).map(decodePem));
  const print = ({ raw }: Certificate): string => createHash('sha256').update(raw).digest('hex');
  return { certificates: [...own, ...listed], public: new Set(listed.map(print)) };
}

function decodePem(pem: string): Certificate | WireError {
  try {
    const [der = new Uint8Array()] = decodeCertificateBundle(new TextEncoder().encode(pem));
    return decodeCertificate(der);
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
}

const isFault = (one: Certificate | WireError): one is WireError => one instanceof WireError;
const readable = (all: readonly (Certificate | WireError)[]): Certificate[] =>
  all.filter((one): one is Certificate => !isFault(one));
