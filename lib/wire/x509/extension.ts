/** An extension before anybody knows what is in it. RFC 5280 4.1 */
import {
  BOOLEAN,
  type DerValue,
  inside,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  SEQUENCE,
  wholeValue,
} from '../der/reader.ts';
import { booleanOf, oidOf } from '../der/values.ts';

export interface Extension {
  /** Dotted: `2.5.29.17`. */
  readonly oid: string;
  readonly critical: boolean;
  /** What the OCTET STRING holds: DER of the extension itself. */
  readonly value: Uint8Array;
  /** Where `value` begins in the outermost buffer. */
  readonly offset: number;
  /** `certificate.extensions[3]`; a decoder adds its own name. */
  readonly path: string;
}

/** The first extension of this type; null where there is none. */
export function findExtension(extensions: readonly Extension[], oid: string): Extension | null {
  return extensions.find((each) => each.oid === oid) ?? null;
}

/** OIDs that appear more than once, which RFC 5280 4.2 forbids; each is named once. */
export function repeatedExtensions(extensions: readonly Extension[]): string[] {
  const seen = new Set<string>();
  const repeated = extensions.filter(({ oid }) => seen.size === seen.add(oid).size);
  return [...new Set(repeated.map(({ oid }) => oid))];
}

/** Reads a SEQUENCE of extensions; it may be empty, and an extension may be there twice. */
export function readExtensions(value: DerValue): Extension[] {
  return Array.from(inside(value).rest(SEQUENCE), readExtension);
}

function readExtension(value: DerValue): Extension {
  const reader = inside(value);
  const oid = oidOf(reader.take('extnID', OBJECT_IDENTIFIER));
  // FALSE is the default and should not be written (X.690 11.5), but many do, and everybody reads it.
  const critical = reader.optional('critical', BOOLEAN);
  const content = reader.take('extnValue', OCTET_STRING);
  reader.end();
  return {
    oid,
    critical: critical !== null && booleanOf(critical),
    value: content.content,
    offset: content.contentOffset,
    path: value.path,
  };
}

/** The one value that an extension consists of. */
export function openExtension(
  { value, offset, path }: Extension,
  name: string,
  spec: string,
  tag = SEQUENCE,
): DerValue {
  return wholeValue(value, { path: `${path}.${name}`, offset, spec }, tag);
}
