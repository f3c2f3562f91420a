/** Object identifiers by readable names. RFC 5280 A, RFC 3279, RFC 5480, and the places named beside them */

/** Attributes of names. RFC 5280 4.1.2.4, RFC 4519 2, RFC 4524 2 */
export const attributeOids = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  locality: '2.5.4.7',
  state: '2.5.4.8',
  street: '2.5.4.9',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  title: '2.5.4.12',
  businessCategory: '2.5.4.15',
  postalCode: '2.5.4.17',
  givenName: '2.5.4.42',
  initials: '2.5.4.43',
  generationQualifier: '2.5.4.44',
  dnQualifier: '2.5.4.46',
  pseudonym: '2.5.4.65',
  organizationIdentifier: '2.5.4.97',
  userId: '0.9.2342.19200300.100.1.1',
  domainComponent: '0.9.2342.19200300.100.1.25',
  emailAddress: '1.2.840.113549.1.9.1',
  /** CA/Browser Forum EV guidelines 7.1.4.2 */
  jurisdictionLocality: '1.3.6.1.4.1.311.60.2.1.1',
  jurisdictionState: '1.3.6.1.4.1.311.60.2.1.2',
  jurisdictionCountry: '1.3.6.1.4.1.311.60.2.1.3',
} as const;

/** How attributes are written in the text of a name. RFC 4514 3; those that it does not know as OpenSSL writes them */
const keywords: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(attributeOids).map(([name, oid]) => [oid, name])),
  [attributeOids.commonName]: 'CN',
  [attributeOids.locality]: 'L',
  [attributeOids.state]: 'ST',
  [attributeOids.organization]: 'O',
  [attributeOids.organizationalUnit]: 'OU',
  [attributeOids.country]: 'C',
  [attributeOids.street]: 'street',
  [attributeOids.domainComponent]: 'DC',
  [attributeOids.userId]: 'UID',
};

/** Extensions of certificates, CRLs, their entries, and OCSP answers. */
export const extensionOids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  privateKeyUsagePeriod: '2.5.29.16',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  subjectInfoAccess: '1.3.6.1.5.5.7.1.11',
  /** RFC 7633 4.1 */
  tlsFeature: '1.3.6.1.5.5.7.1.24',
  /** RFC 6962 3.1, 3.3 */
  certificateTransparencyPoison: '1.3.6.1.4.1.11129.2.4.3',
  certificateTransparencyTimestamps: '1.3.6.1.4.1.11129.2.4.2',
  /** RFC 6960 4.4.1, 4.2.2.2.1 */
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  netscapeCertificateType: '2.16.840.1.113730.1.1',
  netscapeComment: '2.16.840.1.113730.1.13',
  /** [MS-WCCE] 2.2.2.7.7 */
  microsoftCertificateTemplate: '1.3.6.1.4.1.311.21.7',
  microsoftCertificateTemplateName: '1.3.6.1.4.1.311.20.2',
  microsoftAuthorityVersion: '1.3.6.1.4.1.311.21.1',
  microsoftPreviousAuthorityHash: '1.3.6.1.4.1.311.21.2',
  microsoftApplicationPolicies: '1.3.6.1.4.1.311.21.10',
  /** KB5014754: the account that a certificate belongs to */
  microsoftSecurityIdentifier: '1.3.6.1.4.1.311.25.2',
} as const;

/** What a certificate may be used for. RFC 5280 4.2.1.12 */
export const keyPurposeOids = {
  any: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  ipsecEndSystem: '1.3.6.1.5.5.7.3.5',
  ipsecTunnel: '1.3.6.1.5.5.7.3.6',
  ipsecUser: '1.3.6.1.5.5.7.3.7',
  /** RFC 4945 5.1.3.12 */
  ipsecIke: '1.3.6.1.5.5.7.3.17',
  /** RFC 4556 3.1.1 */
  kerberosClient: '1.3.6.1.5.2.3.4',
  kerberosDomainController: '1.3.6.1.5.2.3.5',
  microsoftSmartCardLogon: '1.3.6.1.4.1.311.20.2.2',
  microsoftServerGatedCryptography: '1.3.6.1.4.1.311.10.3.3',
  netscapeServerGatedCryptography: '2.16.840.1.113730.4.1',
  microsoftEncryptedFileSystem: '1.3.6.1.4.1.311.10.3.4',
  microsoftDocumentSigning: '1.3.6.1.4.1.311.10.3.12',
} as const;

/** RFC 5280 4.2.2.1 */
export const accessMethodOids = { ocsp: '1.3.6.1.5.5.7.48.1', caIssuers: '1.3.6.1.5.5.7.48.2' } as const;

/** Policies that say something to everybody. RFC 5280 4.2.1.4, CA/Browser Forum baseline requirements 7.1.6.1 */
export const policyOids = {
  anyPolicy: '2.5.29.32.0',
  extendedValidation: '2.23.140.1.1',
  domainValidated: '2.23.140.1.2.1',
  organizationValidated: '2.23.140.1.2.2',
  individualValidated: '2.23.140.1.2.3',
} as const;

/** RFC 5280 4.2.1.4 */
export const policyQualifierOids = {
  certificationPracticeStatement: '1.3.6.1.5.5.7.2.1',
  userNotice: '1.3.6.1.5.5.7.2.2',
} as const;

/** Forms of otherName that Microsoft uses. */
export const otherNameOids = {
  userPrincipalName: '1.3.6.1.4.1.311.20.2.3',
  ntdsReplication: '1.3.6.1.4.1.311.25.1',
} as const;

/** Algorithms of keys. RFC 3279 2.3, RFC 4055 1.2, RFC 5480 2.1, RFC 8410 3 */
export const keyOids = {
  rsa: '1.2.840.113549.1.1.1',
  rsaPss: '1.2.840.113549.1.1.10',
  dsa: '1.2.840.10040.4.1',
  ec: '1.2.840.10045.2.1',
  x25519: '1.3.101.110',
  x448: '1.3.101.111',
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
} as const;

/** RFC 3279 2.1, RFC 4055 2.1, FIPS 202 */
export const hashOids = {
  md2: '1.2.840.113549.2.2',
  md4: '1.2.840.113549.2.4',
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  'sha512-224': '2.16.840.1.101.3.4.2.5',
  'sha512-256': '2.16.840.1.101.3.4.2.6',
  'sha3-224': '2.16.840.1.101.3.4.2.7',
  'sha3-256': '2.16.840.1.101.3.4.2.8',
  'sha3-384': '2.16.840.1.101.3.4.2.9',
  'sha3-512': '2.16.840.1.101.3.4.2.10',
} as const;
export type Hash = keyof typeof hashOids;

export interface Curve {
  readonly name: string;
  readonly bits: number;
}

/** Named curves. RFC 5480 2.1.1.1, SEC 2 A.2, RFC 5639 4.1 */
export const curves: Readonly<Record<string, Curve>> = {
  '1.2.840.10045.3.1.1': { name: 'P-192', bits: 192 },
  '1.3.132.0.33': { name: 'P-224', bits: 224 },
  '1.2.840.10045.3.1.7': { name: 'P-256', bits: 256 },
  '1.3.132.0.34': { name: 'P-384', bits: 384 },
  '1.3.132.0.35': { name: 'P-521', bits: 521 },
  '1.3.132.0.10': { name: 'secp256k1', bits: 256 },
  '1.3.36.3.3.2.8.1.1.7': { name: 'brainpoolP256r1', bits: 256 },
  '1.3.36.3.3.2.8.1.1.11': { name: 'brainpoolP384r1', bits: 384 },
  '1.3.36.3.3.2.8.1.1.13': { name: 'brainpoolP512r1', bits: 512 },
};

const hashNames = namesOf(hashOids);
const extensionNames = namesOf(extensionOids);
const keyPurposeNames = namesOf(keyPurposeOids);
const accessMethodNames = namesOf(accessMethodOids);

/** `CN`, `O`, …; null for an attribute that has no keyword. */
export const attributeKeyword = (oid: string): string | null => keywords[oid] ?? null;
/** `subjectAltName`; the OID for an extension that is not known. */
export const extensionName = (oid: string): string => extensionNames[oid] ?? oid;
/** `serverAuth`; the OID for a purpose that is not known. */
export const keyPurposeName = (oid: string): string => keyPurposeNames[oid] ?? oid;
/** `ocsp`, `caIssuers`; the OID for a method that is not known. */
export const accessMethodName = (oid: string): string => accessMethodNames[oid] ?? oid;

/** `sha256`; null for a hash that is not known. */
export const hashName = (oid: string): Hash | null => (hashNames[oid] ?? null) as Hash | null;

function namesOf(oids: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(oids).map(([name, oid]) => [oid, name]));
}
