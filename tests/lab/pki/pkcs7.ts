import { element, explicit, integer, oid, sequence } from './der.ts';

/** RFC 2315 14 */
const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';

/** A "certs-only" bundle: SignedData that nobody has signed, as authorities offer their certificates (.p7c). RFC 5652 5.1 */
export function writeBundle(certificates: readonly { readonly der: Uint8Array }[]): Uint8Array {
  const noAlgorithms = element(0x31);
  const noSigners = element(0x31);
  const all = explicit(0, ...certificates.map(({ der }) => der));
  return sequence(
    oid(SIGNED_DATA),
    explicit(0, sequence(integer(1), noAlgorithms, sequence(oid(DATA)), all, noSigners)),
  );
}
