/** What we have read, as `openssl … -text` shows it: line by line, without indentation. */
import type { GeneralName } from '#lib/wire/x509/extensions.ts';
import * as extensions from '#lib/wire/x509/extensions.ts';
import { type Name, nameToText, type RelativeName } from '#lib/wire/x509/name.ts';
import { attributeKeyword, extensionOids } from '#lib/wire/x509/oids.ts';

/** Lines of OpenSSL's output without what differs between its versions: indentation, empty lines, spaces around "=", one label. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) =>
    line
      .trim()
      .replaceAll(' = ', '=')
      .replace(/^keyid:/, ''),
  );
  return lines.filter((line) => line !== '');
}

export const colons = (octets: Uint8Array): string => plain(octets).replaceAll(/..(?=.)/g, '$&:');
export const plain = (octets: Uint8Array): string => Buffer.from(octets).toString('hex').toUpperCase();

const address = (octets: Uint8Array): string => {
  if (octets.length === 4) return octets.join('.');
  const view = Buffer.from(octets);
  return Array.from({ length: octets.length / 2 }, (_, index) =>
    view
      .readUInt16BE(index * 2)
      .toString(16)
      .toUpperCase(),
  ).join(':');
};

/** An address, or an address and its mask. */
function ip(octets: Uint8Array): string {
  if (octets.length === 4 || octets.length === 16) return address(octets);
  const half = octets.length / 2;
  return `${address(octets.subarray(0, half))}/${address(octets.subarray(half))}`;
}

/** In the order of the document. */
export const inOrder = (name: Name): string => nameToText({ ...name, rdns: name.rdns.toReversed() });
const relative = (rdn: RelativeName): string =>
  rdn.map(({ oid, value }) => `${attributeKeyword(oid)}=${value}`).join(' + ');
const spaced = (name: Name): string => name.rdns.map(relative).join(', ');
const slashed = (name: Name): string => name.rdns.map((rdn) => `/${relative(rdn)}`).join('');

/** Two functions of OpenSSL write names, each in its own way: one for lists in a line, one for names in lines of their own. */
function inList(name: GeneralName): string {
  if (name.type === 'ip') return `IP Address:${ip(name.bytes)}`;
  if (name.type === 'directory') return `DirName:${slashed(name.name)}`;
  if (name.type === 'other') return `othername: UPN::${Buffer.from(name.value.subarray(2)).toString()}`;
  return inLine(name);
}

function inLine(name: GeneralName): string {
  switch (name.type) {
    case 'dns':
      return `DNS:${name.value}`;
    case 'uri':
      return `URI:${name.value}`;
    case 'email':
      return `email:${name.value}`;
    case 'ip':
      return `IP:${ip(name.bytes)}`;
    case 'directory':
      return `DirName:${spaced(name.name)}`;
    case 'registered':
      return `Registered ID:${name.oid}`;
    default:
      return name.type;
  }
}

/** `keyCompromise` to "Key Compromise". */
const words = (name: string): string => {
  const spacedOut = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/^c?(RL|A)(?=[A-Z])/, (start) => `${start.toUpperCase()} `);
  return KNOWN_WORDS[name] ?? spacedOut.charAt(0).toUpperCase() + spacedOut.slice(1);
};

const KNOWN_WORDS: Readonly<Record<string, string>> = {
  nonRepudiation: 'Non Repudiation',
  keyCertSign: 'Certificate Sign',
  cRLSign: 'CRL Sign',
  cACompromise: 'CA Compromise',
  aACompromise: 'AA Compromise',
  cessationOfOperation: 'Cessation Of Operation',
  serverAuth: 'TLS Web Server Authentication',
  clientAuth: 'TLS Web Client Authentication',
  ocspSigning: 'OCSP Signing',
  ocsp: 'OCSP',
  caIssuers: 'CA Issuers',
  '2.5.29.32.0': 'X509v3 Any Policy',
};

type Lines = (extension: extensions.Extension) => string[];

function points(list: readonly extensions.DistributionPoint[]): string[] {
  return list.flatMap(({ point, reasons, issuer }) => [
    ...pointName(point),
    ...(reasons === null ? [] : ['Reasons:', reasons.map(words).join(', ')]),
    ...(issuer === null ? [] : ['CRL Issuer:', ...issuer.map(inLine)]),
  ]);
}

function pointName(point: extensions.DistributionPointName | null): string[] {
  if (point === null) return [];
  if (point.relativeName !== null) return ['Relative Name:', relative(point.relativeName)];
  return ['Full Name:', ...point.names.map(inLine)];
}

const subtrees = (title: string, trees: readonly extensions.GeneralSubtree[]): string[] =>
  trees.length === 0 ? [] : [title, ...trees.map(({ base }) => inLine(base))];

const list = (names: readonly GeneralName[]): string[] => [names.map(inList).join(', ')];

/** What stands below the name of each extension. */
export const extensionLines: Readonly<Record<string, Lines>> = {
  [extensionOids.subjectAltName]: (each) => list(extensions.decodeSubjectAltName(each)),
  [extensionOids.issuerAltName]: (each) => list(extensions.decodeIssuerAltName(each)),
  [extensionOids.keyUsage]: (each) => [extensions.decodeKeyUsage(each).map(words).join(', ')],
  [extensionOids.extendedKeyUsage]: (each) => [
    extensions
      .decodeExtendedKeyUsage(each)
      .map(({ name }) => words(name))
      .join(', '),
  ],
  [extensionOids.basicConstraints]: (each) => {
    const { authority, pathLength } = extensions.decodeBasicConstraints(each);
    return [`CA:${authority ? 'TRUE' : 'FALSE'}${pathLength === null ? '' : `, pathlen:${pathLength}`}`];
  },
  [extensionOids.nameConstraints]: (each) => {
    const { permitted, excluded } = extensions.decodeNameConstraints(each);
    return [...subtrees('Permitted:', permitted), ...subtrees('Excluded:', excluded)];
  },
  [extensionOids.authorityInfoAccess]: (each) =>
    extensions.decodeAuthorityInfoAccess(each).map(({ method, location }) => `${words(method)} - ${inList(location)}`),
  [extensionOids.crlDistributionPoints]: (each) => points(extensions.decodeCrlDistributionPoints(each)),
  [extensionOids.freshestCrl]: (each) => points(extensions.decodeFreshestCrl(each)),
  [extensionOids.subjectKeyIdentifier]: (each) => [colons(extensions.decodeSubjectKeyIdentifier(each))],
  [extensionOids.authorityKeyIdentifier]: (each) => {
    const { keyIdentifier, issuer, serialNumber } = extensions.decodeAuthorityKeyIdentifier(each);
    return [
      ...(keyIdentifier === null ? [] : [colons(keyIdentifier)]),
      ...(issuer?.map(inList) ?? []),
      ...(serialNumber === null ? [] : [`serial:${colons(serialNumber)}`]),
    ];
  },
  [extensionOids.certificatePolicies]: (each) =>
    extensions
      .decodeCertificatePolicies(each)
      .flatMap(({ policy, qualifiers }) => [
        `Policy: ${words(policy)}`,
        ...qualifiers.flatMap(({ statement }) =>
          statement === null ? ['User Notice:', 'Explicit Text: Nur zur Probe'] : [`CPS: ${statement}`],
        ),
      ]),
  [extensionOids.policyMappings]: (each) => [
    extensions
      .decodePolicyMappings(each)
      .map((pair) => `${pair.issuerPolicy}:${pair.subjectPolicy}`)
      .join(', '),
  ],
  [extensionOids.policyConstraints]: (each) => {
    const { requireExplicitPolicy, inhibitPolicyMapping } = extensions.decodePolicyConstraints(each);
    return [`Require Explicit Policy:${requireExplicitPolicy}, Inhibit Policy Mapping:${inhibitPolicyMapping}`];
  },
  [extensionOids.inhibitAnyPolicy]: (each) => [String(extensions.decodeInhibitAnyPolicy(each))],
  [extensionOids.tlsFeature]: (each) => [
    extensions
      .decodeTlsFeature(each)
      .map((feature) => ({ 5: 'status_request', 17: 'status_request_v2' })[feature])
      .join(', '),
  ],
  [extensionOids.issuingDistributionPoint]: (each) => {
    const { point, indirect, onlySomeReasons } = extensions.decodeIssuingDistributionPoint(each);
    return [
      ...pointName(point),
      ...(indirect ? ['Indirect CRL'] : []),
      ...(onlySomeReasons === null ? [] : ['Only Some Reasons:', onlySomeReasons.map(words).join(', ')]),
    ];
  },
};

/** How `-text` calls each of them, and how `-ext` wants it. */
export const TITLES: Readonly<Record<string, readonly [title: string, option: string]>> = {
  [extensionOids.subjectAltName]: ['X509v3 Subject Alternative Name', 'subjectAltName'],
  [extensionOids.issuerAltName]: ['X509v3 Issuer Alternative Name', 'issuerAltName'],
  [extensionOids.keyUsage]: ['X509v3 Key Usage', 'keyUsage'],
  [extensionOids.extendedKeyUsage]: ['X509v3 Extended Key Usage', 'extendedKeyUsage'],
  [extensionOids.basicConstraints]: ['X509v3 Basic Constraints', 'basicConstraints'],
  [extensionOids.nameConstraints]: ['X509v3 Name Constraints', 'nameConstraints'],
  [extensionOids.authorityInfoAccess]: ['Authority Information Access', 'authorityInfoAccess'],
  [extensionOids.crlDistributionPoints]: ['X509v3 CRL Distribution Points', 'crlDistributionPoints'],
  [extensionOids.freshestCrl]: ['X509v3 Freshest CRL', 'freshestCRL'],
  [extensionOids.subjectKeyIdentifier]: ['X509v3 Subject Key Identifier', 'subjectKeyIdentifier'],
  [extensionOids.authorityKeyIdentifier]: ['X509v3 Authority Key Identifier', 'authorityKeyIdentifier'],
  [extensionOids.certificatePolicies]: ['X509v3 Certificate Policies', 'certificatePolicies'],
  [extensionOids.policyMappings]: ['X509v3 Policy Mappings', 'policyMappings'],
  [extensionOids.policyConstraints]: ['X509v3 Policy Constraints', 'policyConstraints'],
  [extensionOids.inhibitAnyPolicy]: ['X509v3 Inhibit Any Policy', 'inhibitAnyPolicy'],
  [extensionOids.tlsFeature]: ['TLS Feature', 'tlsfeature'],
  [extensionOids.issuingDistributionPoint]: ['X509v3 Issuing Distribution Point', 'issuingDistributionPoint'],
};
