/** A connection that may carry credentials. The type is the rule: nothing signs in over a session that nobody has judged. */
import type { TlsSession } from '#lib/net/tls.ts';

declare const vetted: unique symbol;

export interface VettedSession extends TlsSession {
  readonly [vetted]: true;
}

/** Marks a session after its certificate passed, or after the person ticked "go on in spite of certificate problems". */
export function vet(session: TlsSession, _because: 'certificate-passed' | 'person-accepted'): VettedSession {
  return session as VettedSession;
}
