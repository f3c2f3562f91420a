/** The client's own certificate out of a PKCS #12 file. Its private key goes into the terms of a handshake, and nowhere else. */
import type { ClientCertificate } from '#lib/net/tls-context.ts';
import { type ClosedFile, type Misfit, unlockPkcs12 } from './pkcs12/open.ts';
import { type LockedFile, Secret } from './secret.ts';

export type OpenedClientCertificate =
  | {
      readonly state: 'open';
      /** DER, the client's own first, the others in the order of the file. */
      readonly certificates: readonly Uint8Array[];
      readonly withKey: ClientCertificate['withKey'];
    }
  | ClosedFile;

/** Why a certificate without the right key is none to show. */
const WITHOUT_KEY: Readonly<Record<Misfit, string>> = {
  none: 'it holds no private key',
  other: 'the private key in it belongs to another certificate',
  unread: 'its private key is of a kind that is not known here',
};

/** Opens the file. Rejects only where it was cancelled. */
export async function openClientCertificate(file: LockedFile, signal: AbortSignal): Promise<OpenedClientCertificate> {
  const opened = await unlockPkcs12(file, signal);
  if (opened.state !== 'open') return opened;
  if (opened.key !== 'fits') return { state: 'unreadable', reason: WITHOUT_KEY[opened.key] };
  const { certificates, privateKey } = opened;
  // Not the file but the key alone: OpenSSL would refuse the ciphers of older files.
  const secret = Secret.of(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return { state: 'open', certificates, withKey: (terms) => ({ ...terms, key: secret.reveal() }) };
}
