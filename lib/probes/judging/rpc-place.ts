/** What every step of RPC over HTTP works on: a proxy that lets the person in, and the server behind it. */
import { ntlmIdentity } from '#lib/auth/ntlm/identity.ts';
import { type RpcLevel, RpcSecurity } from '#lib/auth/rpc-security.ts';
import type { Secret } from '#lib/auth/secret.ts';
import type { SignInMethod, Way } from '#lib/auth/signed-request.ts';
import type { Subject } from '#lib/result/probe.ts';
import type { RpcInterface } from '#lib/wire/ndr/interface.ts';
import type { VettedSession } from '../vetted.ts';
import type { MailClient } from './mailbox-refusal.ts';

export interface RpcPlace extends Subject {
  readonly mailbox: string;
  readonly user: string;
  readonly session: VettedSession;
  readonly way: Way;
  /** How somebody signs in to the proxy; null where nobody has to. */
  readonly method: SignInMethod | null;
  readonly acceptedBy: string;
  /** The server behind the proxy: `<mailbox guid>@<domain>`, or a host. */
  readonly server: string;
  readonly client: MailClient;
  /** For the sign-in within RPC; null where there is no password: then who signed in to the proxy is who calls. */
  readonly password: Secret | null;
  /** Hears how proofs and keys may be spelled. */
  readonly hide: (spellings: readonly string[]) => void;
}

/** A service behind the proxy. */
export interface RpcService {
  readonly port: number;
  /** What people call it. */
  readonly name: string;
  readonly interface: RpcInterface;
}

/** How the mailbox ended: opened, or refused for want of encryption, or not opened for another reason; the latter two in a trial alone. */
export type RpcMailboxEnd = 'opened' | 'not-encrypted' | 'not-opened';

/** The sign-in of one bind; null where there is none. */
export function securityFor({ user, password, hide }: RpcPlace, level: RpcLevel): RpcSecurity | null {
  if (password === null) return null;
  return new RpcSecurity({ ...ntlmIdentity(user), password, level, onSecrets: hide });
}
