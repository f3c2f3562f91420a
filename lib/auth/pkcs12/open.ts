/** Opens a PKCS #12 file (.pfx, .p12): the certificates in it, and the private key that belongs to one of them. RFC 7292 */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { LockedFile } from '../secret.ts';
import { type Content, type Item, unpack } from './bags.ts';
import { count, identifier, octets, parts, readBer, Unreadable, type Value } from './ber.ts';
import { WrongKey } from './decrypt.ts';
import { Effort, formsOf, type PassPhrase } from './keys.ts';
import { isSealedWith } from './mac.ts';

/** What keeps the private key from being the one of the owner's certificate; `unread` where its kind is not known here. */
export type Misfit = 'other' | 'none' | 'unread';
export type KeyMatch = 'fits' | Misfit;

export type ClosedFile =
  | { readonly state: 'wrong-pass-phrase' }
  | { readonly state: 'unreadable'; readonly reason: string };

interface Open {
  readonly state: 'open';
  /** DER, the owner's first, the others in the order of the file; never empty. */
  readonly certificates: readonly Uint8Array[];
}

export type OpenedFile = (Open & { readonly key: KeyMatch }) | ClosedFile;

/** With the private key, where one fits. Stays in `lib/auth`. */
export type UnlockedFile =
  | (Open & { readonly key: 'fits'; readonly privateKey: KeyObject })
  | (Open & { readonly key: Misfit })
  | ClosedFile;

const DATA = '1.2.840.113549.1.7.1';

/** Opens it to look at the certificates; the private key is compared and forgotten. Rejects only where it was cancelled. */
export async function openPkcs12(file: LockedFile, signal: AbortSignal): Promise<OpenedFile> {
  const opened = await unlockPkcs12(file, signal);
  if (opened.state !== 'open') return opened;
  const { state, certificates, key } = opened;
  return { state, certificates, key };
}

/** Opens it to use the private key. Rejects only where it was cancelled. */
export async function unlockPkcs12(file: LockedFile, signal: AbortSignal): Promise<UnlockedFile> {
  try {
    return matched(await contentOf(file, new Effort(signal)));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof WrongKey) return { state: 'wrong-pass-phrase' };
    if (error instanceof Unreadable) return { state: 'unreadable', reason: error.message };
    // Bytes that no other check has caught; what forge says of them could quote them.
    return { state: 'unreadable', reason: 'it is damaged' };
  }
}

/** PFX: version 3, the content, its seal. RFC 7292 4 */
async function contentOf(file: LockedFile, effort: Effort): Promise<Content> {
  const [version, authSafe, macData] = parts(readBer(file.reveal()));
  if (count(version) !== 3) throw new Unreadable('it is not a PKCS #12 file of version 3');
  const [kind, wrapped] = parts(authSafe);
  if (identifier(kind) !== DATA) throw new Unreadable('it is sealed with a signature, which is not known here');
  const safe = octets(parts(wrapped)[0]);
  const forms = formsOf(file.passPhrase.reveal());
  if (macData === undefined) return unsealed(safe, forms, effort);
  const form = await sealingForm(forms, macData, safe, effort);
  if (form === null) throw new WrongKey();
  return unpack(safe, form, effort);
}

async function sealingForm(
  forms: readonly PassPhrase[],
  macData: Value,
  safe: Uint8Array,
  effort: Effort,
): Promise<PassPhrase | null> {
  for (const form of forms) if (await isSealedWith(form, macData, safe, effort)) return form;
  return null;
}

/** Without a seal there is nothing to tell by but whether it can be decrypted to something. */
async function unsealed(safe: Uint8Array, forms: readonly PassPhrase[], effort: Effort): Promise<Content> {
  for (const form of forms) {
    const content = await unpack(safe, form, effort).catch((error: unknown) => {
      if (error instanceof WrongKey) return null;
      throw error;
    });
    if (content !== null) return content;
  }
  throw new WrongKey();
}

function matched({ certificates, keys }: Content): UnlockedFile {
  const readable = keys.flatMap(({ der }) => privateKeyOf(der) ?? []);
  const fitting = certificates.find(({ der }) => readable.some((key) => belongs(der, key)));
  const privateKey = readable.find((key) => fitting !== undefined && belongs(fitting.der, key));
  const leaf = fitting ?? namedBy(keys, certificates) ?? certificates.find(({ der }) => !isAuthority(der));
  const first = leaf ?? certificates[0];
  if (first === undefined) return { state: 'unreadable', reason: 'it holds no certificate' };
  const others = certificates.filter((one) => one !== first);
  const open = { state: 'open', certificates: [first, ...others].map(({ der }) => der) } as const;
  if (privateKey !== undefined) return { ...open, key: 'fits', privateKey };
  return { ...open, key: keys.length === 0 ? 'none' : readable.length === 0 ? 'unread' : 'other' };
}

function privateKeyOf(der: Uint8Array): KeyObject | null {
  try {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  } catch {
    return null;
  }
}

/** The certificate that a key's attribute points to, whether or not the key fits. */
function namedBy([key]: readonly Item[], certificates: readonly Item[]): Item | undefined {
  return key && key.localKeyId !== ''
    ? certificates.find(({ localKeyId }) => localKeyId === key.localKeyId)
    : undefined;
}

function belongs(der: Uint8Array, key: KeyObject): boolean {
  return ask(der, (certificate) => certificate.checkPrivateKey(key));
}

function isAuthority(der: Uint8Array): boolean {
  return ask(der, ({ ca }) => ca);
}

/** A certificate that Node cannot read is judged by other steps; here it is simply not the one. */
function ask(der: Uint8Array, question: (certificate: X509Certificate) => boolean): boolean {
  try {
    return question(new X509Certificate(der));
  } catch {
    return false;
  }
}
