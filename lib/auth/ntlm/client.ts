/**
 * The client's side of one NTLM sign-in, without any network: type 1 out, type 2 in, type 3 out. [MS-NLMP] 3.1.5
 *
 * What it knows of the password and of the session is in private fields: printing, JSON, inspection and cloning show nothing.
 */
import { randomBytes } from 'node:crypto';
import { WireError } from '#lib/wire/error.ts';
import { avValue } from '#lib/wire/ntlm/av-pairs.ts';
import { type Challenge, decodeChallenge } from '#lib/wire/ntlm/challenge.ts';
import { hasFlag, type NtlmFlag, PRIVACY_FLAGS, SIGN_IN_FLAGS } from '#lib/wire/ntlm/flags.ts';
import { encodeNegotiate } from '#lib/wire/ntlm/negotiate.ts';
import type { Secret } from '../secret.ts';
import { assemble, questionOf } from './answer.ts';
import type { ChannelBinding } from './channel-binding.ts';
import type { NtlmIdentity } from './identity.ts';
import { ntowfV2, respond } from './response.ts';
import { SessionSecurity } from './session-security.ts';
import { spellingsOf } from './traces.ts';

/** What is wanted of the session behind the sign-in: nothing (HTTP), signed messages, encrypted ones. */
export type Protection = 'none' | 'integrity' | 'privacy';

export interface NtlmOptions extends NtlmIdentity {
  readonly password: Secret;
  /** The name of our computer; empty tells none. Rules of a domain may ask for a certain one. */
  readonly workstation?: string;
  /** The service in question: `HTTP/mail.contoso.example`; null names none. */
  readonly target: string | null;
  readonly channelBinding: ChannelBinding;
  readonly protection?: Protection;
  /** Hears how proofs and keys may be spelled, before anything made of them is sent. */
  readonly onSecrets?: (spellings: readonly string[]) => void;
  /** Chance and clock, for tests. */
  readonly random?: (length: number) => Uint8Array;
  readonly now?: () => number;
}

/** Why there is no answer to a type 2; nothing that depends on the password was sent. */
export type NtlmObstacle =
  | { readonly kind: 'malformed'; readonly error: WireError }
  /** The server knows nothing of what NTLMv2 needs, so that NTLMv1 were left. */
  | { readonly kind: 'wants-ntlmv1'; readonly lacks: readonly NtlmFlag[] }
  /** Less protection of messages than is wanted. */
  | { readonly kind: 'protection-missing'; readonly lacks: readonly NtlmFlag[] }
  /** Where messages are protected, the server has to name itself. [MS-NLMP] 3.1.5.1.2 */
  | { readonly kind: 'names-missing' };

export type NtlmReply =
  | { readonly ok: true; readonly message: Uint8Array; readonly challenge: Challenge; readonly hasMic: boolean }
  | { readonly ok: false; readonly error: NtlmObstacle };

export class NtlmClient {
  readonly #options: NtlmOptions;
  readonly #type1: Uint8Array;
  #security: SessionSecurity | null = null;
  #traces: readonly Uint8Array[] = [];

  constructor(options: NtlmOptions) {
    this.#options = options;
    this.#type1 = encodeNegotiate(options.protection === 'privacy' ? PRIVACY_FLAGS : SIGN_IN_FLAGS);
  }

  /** Type 1. Tells nothing of who signs in. */
  negotiate(): Uint8Array {
    return this.#type1.slice();
  }

  /** Type 3 for a type 2 from the server. One client answers once: a second challenge wants a second client. */
  authenticate(type2: Uint8Array): NtlmReply {
    if (this.#security !== null) throw new Error('this client has answered a challenge already');
    const challenge = readChallenge(type2);
    if (challenge instanceof WireError) return { ok: false, error: { kind: 'malformed', error: challenge } };
    const error = obstacleIn(challenge, this.#options.protection ?? 'none');
    if (error !== null) return { ok: false, error };
    const { password, random = randomBytes } = this.#options;
    const asked = questionOf(challenge, this.#options);
    const key = ntowfV2(password, this.#options);
    const response = respond(key, challenge.serverChallenge, asked, !asked.hasTime);
    key.fill(0);
    const { message, flags, exportedKey } = assemble(this.#options, [this.#type1, type2], challenge, response, random);
    this.#security = new SessionSecurity(exportedKey, flags);
    const proofs = [response.ntResponse.subarray(0, 16), response.lmResponse.subarray(0, 16)];
    this.#traces = [...(asked.hasTime ? proofs.slice(0, 1) : proofs), response.sessionBaseKey, exportedKey];
    this.#options.onSecrets?.(this.spellings());
    return { ok: true, message, challenge, hasMic: asked.hasTime };
  }

  /** For what is protected behind the sign-in. */
  security(): SessionSecurity {
    if (this.#security === null) throw new Error('there are no keys before the challenge is answered');
    return this.#security;
  }

  /** Whatever must not stand anywhere: proofs and session keys, as they may be spelled. For those who hide them. */
  spellings(): string[] {
    return this.#traces.flatMap(spellingsOf);
  }

  /** Zeroes the keys that it still holds. What they were spelled like cannot be had any more. */
  forget(): void {
    for (const trace of this.#traces) trace.fill(0);
    this.#traces = [];
  }
}

export const ntlmClient = (options: NtlmOptions): NtlmClient => new NtlmClient(options);

function readChallenge(type2: Uint8Array): Challenge | WireError {
  try {
    return decodeChallenge(type2);
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
}

const NEEDED: Readonly<Record<Protection, readonly NtlmFlag[]>> = {
  none: [],
  integrity: ['sign'],
  privacy: ['sign', 'seal', '128-bit'],
};

/** What keeps us from answering; null where nothing does. */
function obstacleIn({ flags, targetInfo }: Challenge, protection: Protection): NtlmObstacle | null {
  const lackingOf = (names: readonly NtlmFlag[]): NtlmFlag[] => names.filter((name) => !hasFlag(flags, name));
  // NTLMv2 itself could do without; but a server that lacks them is older than it, and would not understand.
  const old = lackingOf(['unicode', 'extended-session-security']);
  if (old.length > 0) return { kind: 'wants-ntlmv1', lacks: old };
  const lacks = lackingOf(NEEDED[protection]);
  if (lacks.length > 0) return { kind: 'protection-missing', lacks };
  const isNamed = (['netbiosComputer', 'netbiosDomain'] as const).every(
    (name) => avValue(targetInfo ?? [], name) !== null,
  );
  return protection === 'none' || isNamed ? null : { kind: 'names-missing' };
}
