import { generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';

/** A key pair as PEM. Node makes RSA keys far faster than forge does. */
export interface KeyPair {
  publicPem: string;
  privatePem: string;
}

/** Someone who signs certificates. */
export interface Issuer {
  commonName: string;
  key: KeyPair;
  /** The issuer's own certificate, as PEM. */
  certificate: string;
}

/** What goes into a certificate. Without an issuer it is signed by its own key. */
export interface CertificateContent {
  commonName: string;
  key: KeyPair;
  issuer?: Pick<Issuer, 'commonName' | 'key'>;
  /** Days from now, negative for the past. */
  validFrom: number;
  validTo: number;
  /** DNS names for the subject alternative name; none leaves the extension out. */
  names?: readonly string[];
  authority?: boolean;
  /** Damages the signature after signing. */
  badSignature?: boolean;
}

/** Makes a new RSA key pair. */
export function newKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { publicPem: publicKey, privatePem: privateKey };
}

/** Makes and signs a certificate, and returns it as PEM. */
export function issueCertificate(content: CertificateContent): string {
  const signer = content.issuer ?? content;
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(content.key.publicPem);
  certificate.serialNumber = positiveSerial();
  certificate.validity = { notBefore: daysFromNow(content.validFrom), notAfter: daysFromNow(content.validTo) };
  certificate.setSubject(distinguishedName(content.commonName));
  certificate.setIssuer(distinguishedName(signer.commonName));
  certificate.setExtensions(extensions(content, signer.key));
  certificate.sign(forge.pki.privateKeyFromPem(signer.key.privatePem), forge.md.sha256.create());
  if (content.badSignature) certificate.signature = withLastByteChanged(certificate.signature);
  return forge.pki.certificateToPem(certificate);
}

// The first bit must be clear, or the number would be read as negative.
function positiveSerial(): string {
  const serial = randomBytes(16);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  return serial.toString('hex');
}

function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

function distinguishedName(commonName: string) {
  return [
    { name: 'organizationName', value: 'Throughline Lab' },
    { name: 'commonName', value: commonName },
  ];
}

function extensions({ names = [], authority = false }: CertificateContent, signerKey: KeyPair) {
  const signerId = forge.pki.publicKeyFromPem(signerKey.publicPem);
  const forAuthority = [
    { name: 'basicConstraints', critical: true, cA: true },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
  ];
  const forServer = [
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
  ];
  const dnsName = 2;
  return [
    ...(authority ? forAuthority : forServer),
    ...(names.length > 0
      ? [{ name: 'subjectAltName', altNames: names.map((value) => ({ type: dnsName, value })) }]
      : []),
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: forge.pki.getPublicKeyFingerprint(signerId).getBytes() },
  ];
}

function withLastByteChanged(signature: string): string {
  const last = signature.charCodeAt(signature.length - 1);
  return signature.slice(0, -1) + String.fromCharCode(last ^ 0x01);
}
