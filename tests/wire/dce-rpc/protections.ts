/** Protections for tests: by the keys of a recording, and ones that show what they were asked for. */
import { SessionSecurity } from '#lib/auth/ntlm/session-security.ts';
import { AUTH_LEVEL, AUTH_TYPE, type Protection } from '#lib/wire/dce-rpc/verifier.ts';

/** NTLM behind its sign-in, as one side has it. */
export function ntlmProtection(
  key: Uint8Array,
  flags: number,
  side: 'client' | 'server',
  level: 'integrity' | 'privacy' = 'privacy',
): Protection {
  const security = new SessionSecurity(key, flags, side);
  const seals = level === 'privacy';
  return {
    authType: AUTH_TYPE.ntlm,
    level: AUTH_LEVEL[level],
    contextId: 0x11223344,
    tokenBytes: 16,
    protect(signed, span) {
      if (!seals) return { sealed: signed, token: security.sign(signed) };
      const { sealed, signature } = security.seal(signed, span);
      return { sealed, token: signature };
    },
    unprotect(sealed, span, token) {
      if (seals) return security.unseal(sealed, token, span);
      return security.verify(sealed, token) ? sealed : null;
    },
  };
}
