/** All that can be wrong with a certification path: a closed list, each kind of which is exactly one finding of ours. */

/**
 * Who forbids it:
 * - `rfc5280`: RFC 5280 and the documents that update it, or RFC 9525 for names of hosts
 * - `web-pki`: the public web alone: the CA/Browser Forum's Baseline Requirements and the root programmes
 */
export type Rule = 'rfc5280' | 'web-pki';

export type Usage = 'server' | 'client';

/** Root programmes that clients go by. */
export type Programme = 'Mozilla' | 'Google' | 'Apple' | 'Microsoft';

/** What the bytes of a certificate, or its place in the path, do not allow. All of them are `tls.certificate-invalid`. */
export type InvalidKind =
  /** The signature does not fit the issuer's key, or cannot be computed at all. */
  | 'bad-signature'
  /** The two algorithm identifiers of one certificate differ. */
  | 'signature-mismatch'
  | 'path-length'
  | 'not-an-authority'
  | 'may-not-sign-certificates'
  | 'unknown-critical-extension'
  | 'duplicate-extension'
  /** Critical where it must not be, or the other way round. */
  | 'extension-criticality'
  | 'missing-extension'
  /** An extension where it must not be. */
  | 'forbidden-extension'
  /** Two extensions, or two fields of one, contradict each other. */
  | 'contradiction'
  | 'malformed'
  | 'version'
  | 'serial-number'
  /** The dates are written in a form that is not allowed. */
  | 'validity'
  /** An issuer or a subject without a name. */
  | 'empty-name'
  /** A subject alternative name that is not written as one. */
  | 'alternative-name'
  /** A common name that is not among the subject alternative names. */
  | 'common-name'
  /** Authority and subject key identifier do not fit each other, or lack what they need. */
  | 'key-identifier'
  /** A key on a curve that is written out instead of named. */
  | 'explicit-curve'
  /** A usage of the key, or of the certificate, that must not stand there. */
  | 'usage-form'
  /** Certificate policies: no policy is left that all certificates of the path allow. */
  | 'policy';

/** What is wrong, without where and by which rule. `reason` is a few words, never more than 200 characters. */
export type Fault =
  /** `tls.certificate-expired`, `tls.intermediate-expired`. Milliseconds since 1970. */
  | { readonly kind: 'expired'; readonly notAfter: number }
  /** `tls.certificate-not-yet-valid` */
  | { readonly kind: 'not-yet-valid'; readonly notBefore: number }
  /** `tls.certificate-name-mismatch` */
  | { readonly kind: 'host-not-named'; readonly host: string }
  /** `tls.certificate-common-name-only` */
  | { readonly kind: 'common-name-only'; readonly host: string }
  /** The root is trusted no longer for what was issued after a day: `after`, milliseconds since 1970; null: for nothing at all. */
  | {
      readonly kind: 'distrusted';
      readonly programme: Programme;
      readonly authority: string;
      readonly after: number | null;
      readonly source: string;
    }
  /** `key`: `RSA`, `P-192`, `DSA`; `bits`: null where the size says nothing. `tls.certificate-weak` */
  | { readonly kind: 'weak-key'; readonly key: string; readonly bits: number | null; readonly reason: string }
  /** `hash`: `SHA-1`, `MD5`. `tls.certificate-weak` */
  | { readonly kind: 'weak-signature'; readonly hash: string; readonly reason: string }
  /** `tls.certificate-wrong-usage` */
  | { readonly kind: 'wrong-usage'; readonly usage: Usage; readonly reason: string }
  /** `issuer` does not allow `name`; `subtree` is the rule that says so, null where the rules cannot be applied. */
  | {
      readonly kind: 'name-constraint';
      readonly name: string;
      readonly subtree: string | null;
      readonly issuer: string;
      readonly reason: string;
    }
  | { readonly kind: InvalidKind; readonly reason: string };

export type ProblemKind = Fault['kind'];

/**
 * Who ends a connection for it, or would:
 * - `clients`: something that people use: Windows, Apple's systems, Android, a browser, a program that leaves OpenSSL as it is
 * - `strict`: validators that were made to be strict, and `openssl verify -x509_strict`; the document says MUST
 * - `nobody`: no validator known; it is a formality, and common in private certificates that work everywhere
 */
export type Enforcement = 'clients' | 'strict' | 'nobody';

/** By which rule, and who cares. */
export interface Ground {
  readonly rule: Rule;
  readonly enforcedBy: Enforcement;
  /** `RFC 5280 4.2.1.9`, `BR 7.1.2.7.6` (the CA/Browser Forum's Baseline Requirements), `RFC 9525 6.3`, … */
  readonly spec: string;
}

/** A problem of one certificate, before anybody knows where in the path that is. */
export type Found = Fault & Ground;

/** `at`: index in the path, 0 is the leaf. */
export type Problem = Found & { readonly at: number };
