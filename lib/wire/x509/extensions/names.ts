/** Extensions that hold names of the subject and rules about them. RFC 5280 4.2.1.6, 4.2.1.7, 4.2.1.10 */
import { contextConstructed, contextPrimitive, type DerValue, inside, SEQUENCE } from '../../der/reader.ts';
import { numberOf } from '../../der/values.ts';
import { type Extension, openExtension } from '../extension.ts';
import { type GeneralName, readGeneralName, readGeneralNames } from '../general-name.ts';

export interface GeneralSubtree {
  readonly base: GeneralName;
  /** RFC 5280 wants 0 and no maximum; a judge has to refuse the others. */
  readonly minimum: number;
  readonly maximum: number | null;
}

export interface NameConstraints {
  readonly permitted: readonly GeneralSubtree[];
  readonly excluded: readonly GeneralSubtree[];
}

/** Names of the subject, in their order; an empty list is forbidden, but comes out. RFC 5280 4.2.1.6 */
export function decodeSubjectAltName(extension: Extension): GeneralName[] {
  return readGeneralNames(openExtension(extension, 'subjectAltName', 'RFC 5280 4.2.1.6'));
}

/** Names of the issuer. RFC 5280 4.2.1.7 */
export function decodeIssuerAltName(extension: Extension): GeneralName[] {
  return readGeneralNames(openExtension(extension, 'issuerAltName', 'RFC 5280 4.2.1.7'));
}

/** Trees in which names below this authority have to be, or must not be. RFC 5280 4.2.1.10 */
export function decodeNameConstraints(extension: Extension): NameConstraints {
  const reader = inside(openExtension(extension, 'nameConstraints', 'RFC 5280 4.2.1.10'));
  const permitted = readSubtrees(reader.optional('permittedSubtrees', contextConstructed(0)));
  const excluded = readSubtrees(reader.optional('excludedSubtrees', contextConstructed(1)));
  reader.end();
  return { permitted, excluded };
}

function readSubtrees(value: DerValue | null): GeneralSubtree[] {
  return value === null ? [] : Array.from(inside(value).rest(SEQUENCE), readSubtree);
}

function readSubtree(value: DerValue): GeneralSubtree {
  const reader = inside(value);
  const base = readGeneralName(reader.take('base'));
  const minimum = reader.optional('minimum', contextPrimitive(0));
  const maximum = reader.optional('maximum', contextPrimitive(1));
  reader.end();
  return {
    base,
    minimum: minimum === null ? 0 : numberOf(minimum),
    maximum: maximum === null ? null : numberOf(maximum),
  };
}
