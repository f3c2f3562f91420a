/** An authority of `openssl ca`: certificates with every extension that it knows, CRLs, OCSP answers, PKCS #7. */
import { readFileSync } from 'node:fs';
import { output } from './foreign.ts';
import { TemporaryFolder } from './temporary.ts';

/** Sections of the configuration that a certificate may have its extensions from. */
export type Profile = 'root' | 'authority' | 'leaf' | 'plain' | 'responder';

export const keyKinds = {
  'RSA 2048': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'P-256': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'P-384': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'P-521': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  brainpoolP256r1: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'],
  'explicit parameters': [
    ...['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    ...['-pkeyopt', 'ec_param_enc:explicit'],
  ],
  Ed25519: ['-algorithm', 'ED25519'],
  Ed448: ['-algorithm', 'ED448'],
} as const;
export type KeyKind = keyof typeof keyKinds;

export const SUBJECTS = {
  root: '/C=DE/O=Example/CN=Oracle Root',
  odd: '/DC=test/DC=example/C=DE/O=Müller, Söhne "& Co"; <x>\\\\/OU=a+CN= mail.example.test /emailAddress=post@example.test',
  '#': '/CN=# first/serialNumber=0042/title=\\/',
} as const;

const configuration = (folder: string): string => `
[ca]
default_ca = one
[one]
database = ${folder}/index.txt
crlnumber = ${folder}/crlnumber
new_certs_dir = ${folder}
certificate = ${folder}/root.pem
private_key = ${folder}/root.key
default_md = sha256
default_days = 365
default_crl_days = 30
rand_serial = yes
policy = any
preserve = yes
unique_subject = no
crl_extensions = crl
[any]
[req]
distinguished_name = any
[crl]
authorityKeyIdentifier = keyid
issuerAltName = URI:http://ca.example.test/
issuingDistributionPoint = critical, @point
[point]
fullname = URI:http://crl.example.test/root.crl, DNS:crl.example.test
onlysomereasons = keyCompromise, CACompromise
indirectCRL = TRUE
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign, digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always, issuer:always
nameConstraints = critical, permitted;DNS:example.test, permitted;IP:192.0.2.0/255.255.255.0, permitted;dirName:tree, excluded;DNS:secret.example.test, excluded;email:.example.org, excluded;IP:2001:db8::/ffff:ffff::, excluded;URI:.example.net
policyMappings = 1.2.3.4:1.2.3.5, 1.2.3.6:1.2.3.7
policyConstraints = requireExplicitPolicy:2, inhibitPolicyMapping:0
inhibitAnyPolicy = 1
certificatePolicies = 1.2.3.4, 2.5.29.32.0
[tree]
C = DE
O = Example
[leaf]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment, keyAgreement, encipherOnly, decipherOnly
extendedKeyUsage = serverAuth, clientAuth, 1.3.6.1.4.1.99999.1
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = @names
issuerAltName = email:ca@example.test
authorityInfoAccess = OCSP;URI:http://ocsp.example.test/, caIssuers;URI:http://aia.example.test/root.cer, 1.2.3.4;DNS:example.test
crlDistributionPoints = first, second
freshestCRL = URI:http://crl.example.test/delta.crl
certificatePolicies = 2.23.140.1.2.2, @policy
tlsfeature = status_request, status_request_v2
1.3.6.1.4.1.99999.7 = critical, ASN1:UTF8:nobody knows this
[plain]
subjectAltName = DNS:plain.example.test
[responder]
extendedKeyUsage = OCSPSigning
[policy]
policyIdentifier = 1.3.6.1.4.1.99999.2
CPS.1 = http://cps.example.test/
userNotice.1 = @notice
[notice]
explicitText = "UTF8:Nur zur Probe"
[first]
fullname = URI:http://crl.example.test/root.crl, URI:ldap://ldap.example.test/cn=root
[second]
relativename = below
CRLissuer = dirName:tree
reasons = keyCompromise, CACompromise, affiliationChanged, superseded, cessationOfOperation, certificateHold, privilegeWithdrawn, AACompromise
[below]
CN = Indirect
[names]
DNS.1 = mail.example.test
DNS.2 = *.example.test
IP.1 = 192.0.2.7
IP.2 = 2001:db8::7
email.1 = alice@example.test
URI.1 = https://mail.example.test/owa
RID.1 = 1.2.3.4
dirName.1 = tree
otherName.1 = 1.3.6.1.4.1.311.20.2.3;UTF8:alice@example.test
`;

export class X509Maker {
  readonly #folder = new TemporaryFolder();
  readonly configuration = this.#folder.write('openssl.cnf', configuration(this.#folder.path));
  #made = 0;

  private constructor() {
    this.#folder.write('index.txt', '');
    this.#folder.write('crlnumber', '00ff\n');
  }

  /** Makes the root of all that follows. */
  static async open(kind: KeyKind = 'P-256'): Promise<X509Maker> {
    const maker = new X509Maker();
    await maker.#key('root', kind);
    await maker.#selfSigned('root', SUBJECTS.root, 'root', []);
    return maker;
  }

  file(name: string): string {
    return this.#folder.file(name);
  }

  /** Octets of a file. */
  bytes(name: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(readFileSync(this.file(name)));
  }

  /** DER of a certificate. */
  async der(name: string): Promise<Uint8Array<ArrayBuffer>> {
    await output('openssl', [
      'x509',
      '-in',
      this.file(`${name}.pem`),
      '-outform',
      'DER',
      '-out',
      this.file(`${name}.der`),
    ]);
    return this.bytes(`${name}.der`);
  }

  /** A certificate that signs itself; returns its name, which is that of its files. */
  async selfSigned(kind: KeyKind, subject: string, options: readonly string[] = []): Promise<string> {
    const name = `self-${++this.#made}`;
    await this.#key(name, kind);
    await this.#selfSigned(name, subject, 'plain', options);
    return name;
  }

  async #selfSigned(name: string, subject: string, profile: Profile, options: readonly string[]): Promise<void> {
    const files = ['-key', this.file(`${name}.key`), '-out', this.file(`${name}.pem`)];
    const shape = ['-utf8', '-multivalue-rdn', '-subj', subject, '-extensions', profile, '-days', '3000'];
    await output('openssl', ['req', '-x509', '-new', '-config', this.configuration, ...shape, ...files, ...options]);
  }

  /** A certificate by the root, known to its database. */
  async issue(profile: Profile, subject: string, options: readonly string[] = []): Promise<string> {
    const name = `issued-${++this.#made}`;
    await this.#key(name, 'P-256');
    const request = this.file(`${name}.csr`);
    const shape = ['-utf8', '-multivalue-rdn', '-subj', subject];
    const base = ['-config', this.configuration];
    await output('openssl', ['req', '-new', ...base, '-key', this.file(`${name}.key`), ...shape, '-out', request]);
    const files = ['-in', request, '-out', this.file(`${name}.pem`), '-notext', '-batch'];
    await output('openssl', ['ca', ...base, '-utf8', '-extensions', profile, ...files, ...options]);
    return name;
  }

  async revoke(name: string, ...how: readonly string[]): Promise<void> {
    await output('openssl', ['ca', '-config', this.configuration, '-revoke', this.file(`${name}.pem`), ...how]);
  }

  /** The current list of the root, DER, in the file `root.crl`. */
  async crl(...options: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
    await output('openssl', ['ca', '-config', this.configuration, '-gencrl', '-out', this.file('crl.pem'), ...options]);
    await output('openssl', ['crl', '-in', this.file('crl.pem'), '-outform', 'DER', '-out', this.file('root.crl')]);
    return this.bytes('root.crl');
  }

  /** A request about these certificates, DER. */
  async ocspRequest(names: readonly string[], ...options: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
    const about = names.flatMap((name) => ['-cert', this.file(`${name}.pem`)]);
    const out = ['-reqout', this.file('request.der')];
    await output('openssl', ['ocsp', '-issuer', this.file('root.pem'), ...options, ...about, ...out]);
    return this.bytes('request.der');
  }

  /** The answer to the request that is in this file, DER, in the file `response.der`. */
  async ocspResponse(
    request: Uint8Array,
    signer: string,
    ...options: readonly string[]
  ): Promise<Uint8Array<ArrayBuffer>> {
    const question = ['-reqin', this.#folder.write('asked.der', request)];
    const database = ['-index', this.file('index.txt'), '-CA', this.file('root.pem')];
    const signing = ['-rsigner', this.file(`${signer}.pem`), '-rkey', this.file(`${signer}.key`)];
    const out = ['-respout', this.file('response.der'), '-ndays', '7', '-noverify'];
    await output('openssl', ['ocsp', ...database, ...signing, ...question, ...out, ...options]);
    return this.bytes('response.der');
  }

  async #key(name: string, kind: KeyKind): Promise<void> {
    await output('openssl', ['genpkey', ...keyKinds[kind], '-out', this.file(`${name}.key`)]);
  }
}
