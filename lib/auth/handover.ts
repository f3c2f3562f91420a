/** The one way in which a secret crosses a process border: over the private pipe between the web process and its worker. */
import { type Confidences, LockedFile, Secret } from './secret.ts';

/** Secrets as they travel. Never stored, never logged; taken up at once on the other side. */
export interface HandedOver {
  readonly password: string | null;
  readonly token: string | null;
  /** `bytes` in Base64. */
  readonly file: { readonly bytes: string; readonly passPhrase: string } | null;
}

/** Makes the form that is sent to a worker. */
export function handOver({ password, token, file }: Confidences): HandedOver {
  return {
    password: password?.reveal() ?? null,
    token: token?.reveal() ?? null,
    file: file && { bytes: Buffer.from(file.reveal()).toString('base64'), passPhrase: file.passPhrase.reveal() },
  };
}

/** Takes them up again in the worker. */
export function takeOver({ password, token, file }: HandedOver): Confidences {
  return {
    password: password === null ? null : Secret.of(password),
    token: token === null ? null : Secret.of(token),
    file: file && LockedFile.of(Buffer.from(file.bytes, 'base64'), Secret.of(file.passPhrase)),
  };
}
