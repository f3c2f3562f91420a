/**
 * NTLM within RPC: three legs around a bind, then signatures and encryption of every call. The password is used here and nowhere else in a
 * conversation by RPC. [MS-RPCE] 3.3.1.5.2, [MS-NLMP] 3.4
 */
import { randomBytes } from 'node:crypto';
import { AUTH_LEVEL, AUTH_TYPE, type Protection, type Verifier } from '#lib/wire/dce-rpc/verifier.ts';
import type { Challenge } from '#lib/wire/ntlm/challenge.ts';
import { NtlmClient, type NtlmObstacle, type NtlmOptions } from './ntlm/client.ts';
import { SIGNATURE_LENGTH } from './ntlm/session-security.ts';

/** `connect`: the sign-in alone, and nothing of what follows is protected. */
export type RpcLevel = 'connect' | 'integrity' | 'privacy';

export interface RpcSecurityOptions extends Omit<NtlmOptions, 'protection' | 'target' | 'channelBinding'> {
  readonly level: RpcLevel;
  /** The service in question: `exchangeMDB/mail.contoso.example`; null names none. */
  readonly target?: string | null;
}

export type RpcObstacle =
  | NtlmObstacle
  /** The bind was accepted without a word on the sign-in. */
  | { readonly kind: 'no-challenge' };

export type RpcReply =
  /** `protection`: null at the level `connect`. */
  | {
      readonly ok: true;
      readonly verifier: Verifier;
      readonly protection: Protection | null;
      readonly challenge: Challenge;
    }
  | { readonly ok: false; readonly obstacle: RpcObstacle };

/** One sign-in, for one bind. */
export class RpcSecurity {
  readonly level: RpcLevel;
  readonly #client: NtlmClient;
  readonly #trailer: Omit<Verifier, 'token'>;

  constructor({ level, target = null, ...options }: RpcSecurityOptions) {
    const protection = level === 'connect' ? 'none' : level;
    this.level = level;
    // What ends TLS before a proxy is none of the RPC server's business: no channel is bound here.
    this.#client = new NtlmClient({ ...options, target, protection, channelBinding: { kind: 'none' } });
    const contextId = Buffer.from((options.random ?? randomBytes)(4)).readUInt32LE();
    this.#trailer = { authType: AUTH_TYPE.ntlm, level: AUTH_LEVEL[level], contextId };
  }

  /** What the bind carries. Tells nothing of who signs in. */
  begin(): Verifier {
    return { ...this.#trailer, token: this.#client.negotiate() };
  }

  /** What answers the server's challenge, which came with its bind_ack. */
  answer(challenge: Verifier | null): RpcReply {
    if (challenge === null || challenge.token.length === 0) return { ok: false, obstacle: { kind: 'no-challenge' } };
    const reply = this.#client.authenticate(challenge.token);
    if (!reply.ok) return { ok: false, obstacle: reply.error };
    const verifier = { ...this.#trailer, token: reply.message };
    return { ok: true, verifier, protection: this.#protection(), challenge: reply.challenge };
  }

  /** Zeroes the keys that it still holds. */
  forget(): void {
    this.#client.forget();
  }

  #protection(): Protection | null {
    if (this.level === 'connect') return null;
    const security = this.#client.security();
    const shared = { ...this.#trailer, tokenBytes: SIGNATURE_LENGTH };
    if (this.level === 'integrity')
      return {
        ...shared,
        protect: (signed) => ({ sealed: signed, token: security.sign(signed) }),
        unprotect: (signed, _span, token) => (security.verify(signed, token) ? signed : null),
      };
    return {
      ...shared,
      protect: (plain, span) => {
        const { sealed, signature } = security.seal(plain, span);
        return { sealed, token: signature };
      },
      unprotect: (sealed, span, token) => security.unseal(sealed, token, span),
    };
  }
}
