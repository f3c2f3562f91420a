/** PKCS #7 messages that only carry certificates: SignedData that signs nothing. RFC 5652 5.1, RFC 5280 4.2.2.1 */
import { BerReader } from '../der/ber.ts';
import { contextConstructed, INTEGER, OBJECT_IDENTIFIER, SEQUENCE, SET } from '../der/reader.ts';
import { sameOctets } from '../der/values.ts';
import { WireError, type WirePlace } from '../error.ts';
import { MAX_CERTIFICATES_IN_BUNDLE } from './limits.ts';

/** Content octets of 1.2.840.113549.1.7.2. */
const SIGNED_DATA = new Uint8Array([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]);

/**
 * DER of the certificates in a message, in its order; attribute certificates and the like are left out. The wrapper may be BER with
 * indefinite lengths, as several authorities serve it; a certificate may not, and is refused where it is decoded.
 * @throws WireError
 */
export function decodePkcs7(bytes: Uint8Array, path = 'pkcs7'): Uint8Array[] {
  const place = { path, offset: 0, spec: 'RFC 5652 5.1' };
  const outer = new BerReader(bytes, place);
  const message = outer.open('contentInfo', SEQUENCE);
  outer.end();
  const type = message.take('contentType', OBJECT_IDENTIFIER);
  if (!sameOctets(bytes.subarray(type.content, type.contentEnd), SIGNED_DATA)) {
    throw new WireError('bad-value', { ...place, offset: type.at }, 'a message of another kind than SignedData');
  }
  const signedData = message.open('content', contextConstructed(0)).open('signedData', SEQUENCE);
  signedData.take('version', INTEGER);
  signedData.take('digestAlgorithms', SET);
  signedData.take('encapContentInfo', SEQUENCE);
  if (signedData.tag !== contextConstructed(0)) return [];
  return certificatesIn(bytes, signedData.open('certificates', contextConstructed(0)), place);
}

/** A choice of several kinds of certificates; ours is the one without a tag of its own. RFC 5652 10.2.2 */
function certificatesIn(bytes: Uint8Array, choices: BerReader, place: WirePlace): Uint8Array[] {
  const certificates: Uint8Array[] = [];
  while (choices.tag !== null) {
    const { tag, at, end } = choices.take(`certificates[${certificates.length}]`);
    if (tag === SEQUENCE) certificates.push(bytes.subarray(at, end));
    if (certificates.length > MAX_CERTIFICATES_IN_BUNDLE) {
      throw new WireError(
        'too-large',
        { ...place, offset: at },
        `more than ${MAX_CERTIFICATES_IN_BUNDLE} certificates`,
      );
    }
  }
  return certificates;
}
