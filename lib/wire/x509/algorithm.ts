/** An algorithm as documents name it. RFC 5280 4.1.1.2 */
import { type DerValue, inside, OBJECT_IDENTIFIER } from '../der/reader.ts';
import { oidOf } from '../der/values.ts';

export interface AlgorithmIdentifier {
  /** The whole DER value, so that two of them can be compared octet by octet. */
  readonly raw: Uint8Array;
  /** Dotted: `1.2.840.113549.1.1.11`. */
  readonly oid: string;
  /** DER of the parameters; null where there are none (which is not the same as a NULL). */
  readonly parameters: Uint8Array | null;
  /** Where the parameters (or else the end of the value) are in the outermost buffer. */
  readonly offset: number;
  /** `certificate.signatureAlgorithm` */
  readonly path: string;
}

/** Reads a SEQUENCE of an OID and, maybe, parameters of any kind. */
export function readAlgorithm(value: DerValue): AlgorithmIdentifier {
  const reader = inside(value, { spec: 'RFC 5280 4.1.1.2' });
  const oid = oidOf(reader.take('algorithm', OBJECT_IDENTIFIER));
  const { offset } = reader.place;
  const parameters = reader.done ? null : reader.take('parameters').raw;
  reader.end();
  return { raw: value.raw, oid, parameters, offset, path: value.path };
}
