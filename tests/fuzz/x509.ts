/**
 * Certificates, CRLs, OCSP answers, PKCS #7 and PEM, changed at random and read to the last field: nothing but a WireError may come of
 * it, and what is read has to lie within the input. The same seed gives the same inputs.
 */
import { WireError } from '#lib/wire/error.ts';
import { decodeCertificateBundle } from '#lib/wire/x509/bundle.ts';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import {
  decodeCrl,
  decodeCrlNumber,
  decodeDeltaCrlIndicator,
  findRevoked,
  revokedCertificates,
} from '#lib/wire/x509/crl.ts';
import * as extensions from '#lib/wire/x509/extensions.ts';
import { type Name, nameToText, sameName, shortName } from '#lib/wire/x509/name.ts';
import { decodeOcspResponse } from '#lib/wire/x509/ocsp.ts';
import { extensionOids } from '#lib/wire/x509/oids.ts';
import { encodePem } from '#lib/wire/x509/pem.ts';
import { describeSignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';
import { mutateBytes, mutateValues, one } from '#tests/fuzz/mutate.ts';
import { type Random, seededRandom } from '#tests/lab/random.ts';
import {
  ascii,
  type Bytes,
  crlEntry,
  crl as crlOf,
  extension,
  int,
  name,
  seq,
  tlv,
  utf8,
} from '#tests/wire/x509/asn1.ts';
import * as samples from '#tests/wire/x509/samples.ts';

interface Kind {
  readonly name: string;
  readonly seeds: readonly Bytes[];
  readonly read: (bytes: Bytes) => void;
  /** PEM has no values to be exchanged. */
  readonly isText?: true;
}

const issuedBy = extension(extensionOids.certificateIssuer, seq(tlv(0xa4, name(['2.5.4.3', utf8('A')]))), 0xff);
const indirect = crlOf({ entries: [crlEntry(int(1), issuedBy), crlEntry(int(2))] });
const { root, authority, leaf, responder, pss, crl, ocspByName, ocspByKey, bundle } = samples;

const KINDS: readonly Kind[] = [
  { name: 'certificate', seeds: [root, authority, leaf, responder, pss], read: readCertificate },
  { name: 'CRL', seeds: [crl, indirect], read: readCrl },
  { name: 'OCSP', seeds: [ocspByName, ocspByKey], read: readOcsp },
  { name: 'PKCS #7', seeds: [bundle], read: readBundle },
  {
    name: 'PEM',
    seeds: [ascii(encodePem('CERTIFICATE', leaf) + encodePem('PKCS7', bundle))],
    read: readBundle,
    isText: true,
  },
];

/**
 * Reads changed inputs until it is told to stop; each round takes one of each kind.
 * @throws an Error that says how to get the same input again
 */
export function fuzzX509(seed: number, until: () => boolean): { rounds: number } {
  const random = seededRandom(`x509 ${seed}`);
  let rounds = 0;
  for (; !until(); rounds++) {
    for (const kind of KINDS) check(kind, changed(kind, random), `seed ${seed}, round ${rounds}`);
  }
  return { rounds };
}

function changed({ seeds, isText }: Kind, random: Random): Bytes {
  const start = one(random, seeds);
  const change = isText || random.below(3) === 0 ? mutateBytes : mutateValues;
  let bytes = start;
  for (let times = random.below(4); times >= 0; times--) bytes = change(bytes, random);
  return bytes;
}

function check({ name, read }: Kind, bytes: Bytes, where: string): void {
  const complain = (what: string): Error =>
    new Error(`${where}, ${name}: ${what}: ${Buffer.from(bytes).toString('base64')}`);
  try {
    read(bytes);
  } catch (error) {
    if (!(error instanceof WireError))
      throw complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const { path, offset, reason } = error;
    if (!Number.isSafeInteger(offset) || offset < 0 || offset > bytes.length)
      throw complain(`offset ${offset} of ${path}`);
    if (path === '' || path.length > 300 || reason === '' || reason.length > 200)
      throw complain(`path ${path}: ${reason}`);
  }
}

/** Runs each; what one of them says against its part must not keep the others from being tried. The first complaint is thrown. */
function all(...reads: readonly (() => void)[]): void {
  const complaints: WireError[] = [];
  for (const read of reads) {
    try {
      read();
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      complaints.push(error);
    }
  }
  if (complaints[0] !== undefined) throw complaints[0];
}

function readCertificate(bytes: Bytes): void {
  const certificate = decodeCertificate(bytes);
  if (certificate.raw.length !== bytes.length) throw new Error('something was left out');
  const { subject, issuer, publicKey, signatureAlgorithm } = certificate;
  readNames(subject, issuer);
  if (publicKey.key.kind === 'unreadable' && !publicKey.key.fault.path.startsWith('certificate.'))
    throw new Error('no path');
  all(
    () => describeSignatureAlgorithm(signatureAlgorithm),
    () => readExtensions(certificate.extensions),
  );
}

function readNames(one: Name, other: Name): void {
  if (shortName(one).length > 200 || !nameToText(one).isWellFormed()) throw new Error('a name that cannot be shown');
  if (!sameName(one, one) || sameName(one, other) !== sameName(other, one))
    throw new Error('a name that is not itself');
}

const DECODERS: Readonly<Record<string, (extension: extensions.Extension) => unknown>> = {
  [extensionOids.subjectAltName]: extensions.decodeSubjectAltName,
  [extensionOids.issuerAltName]: extensions.decodeIssuerAltName,
  [extensionOids.basicConstraints]: extensions.decodeBasicConstraints,
  [extensionOids.keyUsage]: extensions.decodeKeyUsage,
  [extensionOids.extendedKeyUsage]: extensions.decodeExtendedKeyUsage,
  [extensionOids.nameConstraints]: extensions.decodeNameConstraints,
  [extensionOids.authorityInfoAccess]: extensions.decodeAuthorityInfoAccess,
  [extensionOids.crlDistributionPoints]: extensions.decodeCrlDistributionPoints,
  [extensionOids.freshestCrl]: extensions.decodeFreshestCrl,
  [extensionOids.issuingDistributionPoint]: extensions.decodeIssuingDistributionPoint,
  [extensionOids.subjectKeyIdentifier]: extensions.decodeSubjectKeyIdentifier,
  [extensionOids.authorityKeyIdentifier]: extensions.decodeAuthorityKeyIdentifier,
  [extensionOids.certificatePolicies]: extensions.decodeCertificatePolicies,
  [extensionOids.policyMappings]: extensions.decodePolicyMappings,
  [extensionOids.policyConstraints]: extensions.decodePolicyConstraints,
  [extensionOids.inhibitAnyPolicy]: extensions.decodeInhibitAnyPolicy,
  [extensionOids.tlsFeature]: extensions.decodeTlsFeature,
  [extensionOids.certificateTransparencyTimestamps]: extensions.decodeTimestamps,
  [extensionOids.crlNumber]: decodeCrlNumber,
  [extensionOids.deltaCrlIndicator]: decodeDeltaCrlIndicator,
};

/** Each by its own decoder, and one by all of them. */
function readExtensions(list: readonly extensions.Extension[]): void {
  const [first] = list;
  const others = first === undefined ? [] : Object.values(DECODERS).map((decode) => () => void decode(first));
  all(...list.map((each) => () => void DECODERS[each.oid]?.(each)), ...others);
}

function readCrl(bytes: Bytes): void {
  const list = decodeCrl(bytes);
  readNames(list.issuer, list.issuer);
  all(
    () => readExtensions(list.extensions),
    () => void findRevoked(list, new Uint8Array([7])),
    () => {
      for (const { issuer, extensions } of revokedCertificates(list))
        all(
          () => readNames(issuer, list.issuer),
          () => readExtensions(extensions),
        );
    },
  );
}

function readOcsp(bytes: Bytes): void {
  const { basic } = decodeOcspResponse(bytes);
  if (basic === null) return;
  if (basic.responder.by === 'name') readNames(basic.responder.name, basic.responder.name);
  all(
    () => readExtensions(basic.extensions),
    ...basic.responses.map(
      ({ extensions }) =>
        () =>
          readExtensions(extensions),
    ),
  );
}

function readBundle(bytes: Bytes): void {
  for (const certificate of decodeCertificateBundle(bytes)) {
    try {
      readCertificate(certificate);
    } catch (error) {
      // Its place is counted from the certificate's own first octet, which the check around this does not know.
      if (!(error instanceof WireError)) throw error;
    }
  }
}
