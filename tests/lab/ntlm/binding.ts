/** The channel binding "tls-server-end-point" as Windows puts it into NTLM. RFC 5929 4.1, RFC 4121 4.1.1.2 */
import { createHash } from 'node:crypto';
import { signatureHashOf } from '../pki/signatures.ts';
import { u32 } from './message.ts';

/** Null where it is not defined: for a signature without a hash of its own. */
export function channelBinding(certificate: Uint8Array): Buffer | null {
  const hash = signatureHashOf(certificate);
  if (hash === null) return null;
  const strong = hash === 'md5' || hash === 'sha1' ? 'sha256' : hash;
  const end = createHash(strong).update(certificate).digest();
  const data = Buffer.concat([Buffer.from('tls-server-end-point:'), end]);
  return createHash('md5')
    .update(Buffer.concat([Buffer.alloc(16), u32(data.length), data]))
    .digest();
}
