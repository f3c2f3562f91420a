/**
 * Cipher suites by their number at IANA (registry "TLS Cipher Suites"): the weak ones by what is wrong with them, and names for
 * those that servers of today choose. Suites that want a key which both sides share beforehand (PSK, SRP, Kerberos) are left out:
 * nobody can be tested with them from outside.
 */

/** What is wrong with a suite, the worst first; a suite with several faults stands under the first of them. */
export const WEAK_KINDS = ['NULL', 'anonymous', 'export', 'RC4', 'DES', '3DES'] as const;
export type WeakKind = (typeof WEAK_KINDS)[number];

type Names = Readonly<Record<number, string>>;

/** Nothing is encrypted. */
const NULL: Names = {
  1: 'TLS_RSA_WITH_NULL_MD5',
  2: 'TLS_RSA_WITH_NULL_SHA',
  59: 'TLS_RSA_WITH_NULL_SHA256',
  49153: 'TLS_ECDH_ECDSA_WITH_NULL_SHA',
  49158: 'TLS_ECDHE_ECDSA_WITH_NULL_SHA',
  49163: 'TLS_ECDH_RSA_WITH_NULL_SHA',
  49168: 'TLS_ECDHE_RSA_WITH_NULL_SHA',
  49173: 'TLS_ECDH_anon_WITH_NULL_SHA',
};

/** No certificate: anybody in the middle can be the server. */
const ANONYMOUS: Names = {
  23: 'TLS_DH_anon_EXPORT_WITH_RC4_40_MD5',
  24: 'TLS_DH_anon_WITH_RC4_128_MD5',
  25: 'TLS_DH_anon_EXPORT_WITH_DES40_CBC_SHA',
  26: 'TLS_DH_anon_WITH_DES_CBC_SHA',
  27: 'TLS_DH_anon_WITH_3DES_EDE_CBC_SHA',
  52: 'TLS_DH_anon_WITH_AES_128_CBC_SHA',
  58: 'TLS_DH_anon_WITH_AES_256_CBC_SHA',
  70: 'TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA',
  108: 'TLS_DH_anon_WITH_AES_128_CBC_SHA256',
  109: 'TLS_DH_anon_WITH_AES_256_CBC_SHA256',
  137: 'TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA',
  155: 'TLS_DH_anon_WITH_SEED_CBC_SHA',
  166: 'TLS_DH_anon_WITH_AES_128_GCM_SHA256',
  167: 'TLS_DH_anon_WITH_AES_256_GCM_SHA384',
  191: 'TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA256',
  197: 'TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA256',
  49174: 'TLS_ECDH_anon_WITH_RC4_128_SHA',
  49175: 'TLS_ECDH_anon_WITH_3DES_EDE_CBC_SHA',
  49176: 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA',
  49177: 'TLS_ECDH_anon_WITH_AES_256_CBC_SHA',
};

/** Keys of 40 or 56 bits, as the export rules of the nineties wanted. Those of 56 bits never got beyond a draft, but into Windows. */
const EXPORT: Names = {
  3: 'TLS_RSA_EXPORT_WITH_RC4_40_MD5',
  6: 'TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5',
  8: 'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA',
  11: 'TLS_DH_DSS_EXPORT_WITH_DES40_CBC_SHA',
  14: 'TLS_DH_RSA_EXPORT_WITH_DES40_CBC_SHA',
  17: 'TLS_DHE_DSS_EXPORT_WITH_DES40_CBC_SHA',
  20: 'TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA',
  98: 'TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA',
  100: 'TLS_RSA_EXPORT1024_WITH_RC4_56_SHA',
};

/** RFC 7465 */
const RC4: Names = {
  4: 'TLS_RSA_WITH_RC4_128_MD5',
  5: 'TLS_RSA_WITH_RC4_128_SHA',
  49154: 'TLS_ECDH_ECDSA_WITH_RC4_128_SHA',
  49159: 'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA',
  49164: 'TLS_ECDH_RSA_WITH_RC4_128_SHA',
  49169: 'TLS_ECDHE_RSA_WITH_RC4_128_SHA',
};

/** A key of 56 bits. RFC 5469 */
const DES: Names = {
  9: 'TLS_RSA_WITH_DES_CBC_SHA',
  12: 'TLS_DH_DSS_WITH_DES_CBC_SHA',
  15: 'TLS_DH_RSA_WITH_DES_CBC_SHA',
  18: 'TLS_DHE_DSS_WITH_DES_CBC_SHA',
  21: 'TLS_DHE_RSA_WITH_DES_CBC_SHA',
};

/** Blocks of 64 bits, which repeat after some gigabytes. RFC 8429, CVE-2016-2183 */
const TRIPLE_DES: Names = {
  10: 'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
  13: 'TLS_DH_DSS_WITH_3DES_EDE_CBC_SHA',
  16: 'TLS_DH_RSA_WITH_3DES_EDE_CBC_SHA',
  19: 'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA',
  22: 'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA',
  49155: 'TLS_ECDH_ECDSA_WITH_3DES_EDE_CBC_SHA',
  49160: 'TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA',
  49165: 'TLS_ECDH_RSA_WITH_3DES_EDE_CBC_SHA',
  49170: 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
};

const WEAK: Readonly<Record<WeakKind, Names>> = {
  NULL,
  anonymous: ANONYMOUS,
  export: EXPORT,
  RC4,
  DES,
  '3DES': TRIPLE_DES,
};

/** Not weak: what servers of today and of some years ago choose. */
const OTHERS: Names = {
  47: 'TLS_RSA_WITH_AES_128_CBC_SHA',
  51: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
  53: 'TLS_RSA_WITH_AES_256_CBC_SHA',
  57: 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
  60: 'TLS_RSA_WITH_AES_128_CBC_SHA256',
  61: 'TLS_RSA_WITH_AES_256_CBC_SHA256',
  65: 'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA',
  103: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256',
  107: 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256',
  132: 'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA',
  156: 'TLS_RSA_WITH_AES_128_GCM_SHA256',
  157: 'TLS_RSA_WITH_AES_256_GCM_SHA384',
  158: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  159: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  4865: 'TLS_AES_128_GCM_SHA256',
  4866: 'TLS_AES_256_GCM_SHA384',
  4867: 'TLS_CHACHA20_POLY1305_SHA256',
  4868: 'TLS_AES_128_CCM_SHA256',
  4869: 'TLS_AES_128_CCM_8_SHA256',
  49161: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  49162: 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  49171: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  49172: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  49187: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  49188: 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
  49191: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  49192: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  49195: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  49196: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  49199: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  49200: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  52392: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  52393: 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  52394: 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
};

const ALL: Names = { ...NULL, ...ANONYMOUS, ...EXPORT, ...RC4, ...DES, ...TRIPLE_DES, ...OTHERS };
const numbersOf = (names: Names): number[] => Object.keys(names).map(Number);

/** The suites that are weak in this way. */
export function weakSuites(kind: WeakKind): readonly number[] {
  return numbersOf(WEAK[kind]);
}

/** The suites of TLS 1.2 and older that a server of today may choose, the newest first. */
export const ordinarySuites: readonly number[] = numbersOf(OTHERS)
  .filter((suite) => suite >> 8 !== 0x13)
  .toReversed();

/** Those of TLS 1.3. RFC 8446 B.4 */
export const tls13Suites: readonly number[] = [0x1301, 0x1302, 0x1303];

/** What is wrong with a suite; null for one that is not weak. */
export function weaknessOf(suite: number): WeakKind | null {
  return WEAK_KINDS.find((kind) => Object.hasOwn(WEAK[kind], suite)) ?? null;
}

/** The name of a suite; one that is not in our list is shown as its number. */
export function suiteName(suite: number): string {
  return ALL[suite] ?? `suite 0x${suite.toString(16).padStart(4, '0')}`;
}
