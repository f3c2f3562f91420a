import type { Issuer } from './certificate.ts';
import { bitString, enumerated, explicit, integer, sequence, time } from './der.ts';
import { authorityKeyIdentifier, type Extension, encodeExtension, extensionIds } from './extensions.ts';
import { damaged, type SignatureChoice, signatureAlgorithm, signed } from './signatures.ts';
import { daysFromNow } from './usual.ts';

/** A certificate that is on the list. */
export interface RevokedEntry {
  /** The content of the INTEGER. */
  readonly serial: Uint8Array;
  readonly at: Date;
  /** RFC 5280 5.3.1: 1 is keyCompromise, 4 superseded, 8 removeFromCRL. */
  readonly reason?: number;
  /** Behind the reason. */
  readonly extensions?: readonly Extension[];
}

export interface CrlContent extends SignatureChoice {
  readonly issuer: Issuer;
  readonly revoked?: readonly RevokedEntry[];
  /** By default a day ago. */
  readonly thisUpdate?: Date;
  /** By default in six days; null leaves it out. */
  readonly nextUpdate?: Date | null;
  readonly number?: number;
  /** Behind the usual ones. */
  readonly extensions?: readonly Extension[];
  readonly badSignature?: boolean;
}

/** Makes and signs a revocation list, version 2. RFC 5280 5.1 */
export function writeCrl(content: CrlContent): Uint8Array {
  const { key } = content.issuer;
  const body = signedPart(content);
  const signature = signed(body, key, content);
  return sequence(
    body,
    signatureAlgorithm(key, content),
    bitString(content.badSignature ? damaged(signature) : signature),
  );
}

function signedPart(content: CrlContent): Uint8Array {
  const { issuer, revoked = [], thisUpdate = daysFromNow(-1), nextUpdate = daysFromNow(6), number = 1 } = content;
  const usual = [authorityKeyIdentifier(issuer.key), { id: extensionIds.crlNumber, value: integer(number) }];
  return sequence(
    integer(1),
    signatureAlgorithm(issuer.key, content),
    issuer.subject,
    time(thisUpdate),
    ...(nextUpdate === null ? [] : [time(nextUpdate)]),
    ...(revoked.length === 0 ? [] : [sequence(...revoked.map(encodeEntry))]),
    explicit(0, sequence(...[...usual, ...(content.extensions ?? [])].map(encodeExtension))),
  );
}

/** One entry of the list. RFC 5280 5.1.2.6, 5.3.1 */
export function encodeEntry({ serial, at, reason, extensions = [] }: RevokedEntry): Uint8Array {
  const why = reason === undefined ? [] : [{ id: extensionIds.crlReason, value: enumerated(reason) }];
  const all = [...why, ...extensions];
  return sequence(integer(serial), time(at), ...(all.length === 0 ? [] : [sequence(...all.map(encodeExtension))]));
}
