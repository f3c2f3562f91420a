/** Extensions that tell keys apart. RFC 5280 4.2.1.1, 4.2.1.2 */
import { contextConstructed, contextPrimitive, inside, OCTET_STRING } from '../../der/reader.ts';
import { integerOf } from '../../der/values.ts';
import { type Extension, openExtension } from '../extension.ts';
import { type GeneralName, readGeneralNames } from '../general-name.ts';

export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Uint8Array | null;
  /** Issuer and serial number of the issuer's own certificate. */
  readonly issuer: readonly GeneralName[] | null;
  readonly serialNumber: Uint8Array | null;
}

/** RFC 5280 4.2.1.2 */
export function decodeSubjectKeyIdentifier(extension: Extension): Uint8Array {
  return openExtension(extension, 'subjectKeyIdentifier', 'RFC 5280 4.2.1.2', OCTET_STRING).content;
}

/** RFC 5280 4.2.1.1 */
export function decodeAuthorityKeyIdentifier(extension: Extension): AuthorityKeyIdentifier {
  const reader = inside(openExtension(extension, 'authorityKeyIdentifier', 'RFC 5280 4.2.1.1'));
  const keyIdentifier = reader.optional('keyIdentifier', contextPrimitive(0));
  const issuer = reader.optional('authorityCertIssuer', contextConstructed(1));
  const serialNumber = reader.optional('authorityCertSerialNumber', contextPrimitive(2));
  reader.end();
  return {
    keyIdentifier: keyIdentifier === null ? null : keyIdentifier.content,
    issuer: issuer === null ? null : readGeneralNames(issuer),
    serialNumber: serialNumber === null ? null : integerOf(serialNumber),
  };
}
