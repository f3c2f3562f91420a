/**
 * The client's side of `Negotiate` with NTLM in it, without any network: RFC 4559, RFC 4178, [MS-SPNG] 3.2
 *
 * A client outside of the domain has no Kerberos ticket, so NTLM is all it offers: bare, as Windows sends it where it prefers NTLM,
 * or wrapped in SPNEGO. The answer goes by what the server sends, not by what was sent to it. For the scheme `NTLM` it is the same,
 * always bare.
 */
import { WireError } from '#lib/wire/error.ts';
import type { Challenge } from '#lib/wire/ntlm/challenge.ts';
import { isNtlmMessage } from '#lib/wire/ntlm/message.ts';
import { mechanismName, mechanismOids } from '#lib/wire/spnego/mechanisms.ts';
import {
  decodeNegotiationToken,
  encodeMechTypes,
  encodeNegTokenInit,
  encodeNegTokenResp,
  isSpnego,
  type NegotiationToken,
  type NegTokenResp,
} from '#lib/wire/spnego/token.ts';
import { NtlmClient, type NtlmObstacle, type NtlmOptions, type NtlmReply } from './ntlm/client.ts';
import type { SessionSecurity } from './ntlm/session-security.ts';

export interface NegotiateOptions extends NtlmOptions {
  readonly wrapping: 'bare' | 'spnego';
}

export type NegotiateObstacle =
  | NtlmObstacle
  /** The server takes something else; `offered` says what, by name, as far as it tells. */
  | { readonly kind: 'ntlm-refused'; readonly offered: readonly string[] }
  /** It refused whoever signed in. */
  | { readonly kind: 'rejected' }
  /**
   * The two are not in step:
   * - `no-token`: it agrees to NTLM and says nothing more
   * - `challenged-again`: it challenges once more, as if it had not seen the answer
   * - `out-of-turn`: a token that has no place there
   */
  | { readonly kind: 'out-of-step'; readonly how: 'no-token' | 'challenged-again' | 'out-of-turn' }
  /** The list of mechanisms was changed on the way, or the server has other keys. */
  | { readonly kind: 'mech-list-mic-wrong' };

export type NegotiateStep =
  /** `challenge`: what this is the answer to. */
  | { readonly kind: 'send'; readonly token: Uint8Array; readonly challenge: Challenge | null }
  | { readonly kind: 'done' }
  | { readonly kind: 'obstacle'; readonly obstacle: NegotiateObstacle };

/** All that we offer. */
const MECH_TYPES = [mechanismOids.ntlmssp];

const NOTHING: NegTokenResp = { negState: null, supportedMech: null, responseToken: null, mechListMic: null };

const fails = (obstacle: NegotiateObstacle): NegotiateStep => ({ kind: 'obstacle', obstacle });

export class NegotiateClient {
  readonly #ntlm: NtlmClient;
  /** What mechListMICs are made over; null where no list was sent. */
  readonly #mechTypes: Uint8Array | null;
  #answered = false;
  #micSent = false;

  constructor(options: NegotiateOptions) {
    this.#ntlm = new NtlmClient(options);
    this.#mechTypes = options.wrapping === 'spnego' ? encodeMechTypes(MECH_TYPES) : null;
  }

  /** The first token. Tells nothing of who signs in. */
  begin(): Uint8Array {
    const mechToken = this.#ntlm.negotiate();
    if (this.#mechTypes === null) return mechToken;
    return encodeNegTokenInit({ mechTypes: MECH_TYPES, mechToken, mechListMic: null });
  }

  /** What follows upon a token from the server, the last one with its `200` included. */
  next(token: Uint8Array): NegotiateStep {
    if (isNtlmMessage(token)) return this.#challenged(token, (message) => message);
    const read = readToken(token);
    if (read instanceof WireError) return fails({ kind: 'malformed', error: read });
    if (read.kind === 'init') return fails(objectionTo(read.mechTypes));
    return this.#answered ? this.#concluded(read) : this.#responded(read);
  }

  /** For what is protected behind the sign-in. */
  security(): SessionSecurity {
    return this.#ntlm.security();
  }

  /** Whatever must not stand anywhere; see `NtlmClient`. */
  spellings(): string[] {
    return this.#ntlm.spellings();
  }

  /** Zeroes the keys that it still holds. */
  forget(): void {
    this.#ntlm.forget();
  }

  #challenged(type2: Uint8Array, wrap: (message: Uint8Array, reply: NtlmReply & { ok: true }) => Uint8Array) {
    if (this.#answered) return fails({ kind: 'out-of-step', how: 'challenged-again' });
    const reply = this.#ntlm.authenticate(type2);
    if (!reply.ok) return fails(reply.error);
    this.#answered = true;
    return { kind: 'send', token: wrap(reply.message, reply), challenge: reply.challenge } as const;
  }

  /** The server's first word, with type 2 in it. */
  #responded({ negState, supportedMech, responseToken }: NegTokenResp): NegotiateStep {
    const other = supportedMech === null || supportedMech === mechanismOids.ntlmssp ? [] : [supportedMech];
    if (negState === 'reject' || other.length > 0)
      return fails({ kind: 'ntlm-refused', offered: other.map(mechanismName) });
    if (responseToken === null) return fails({ kind: 'out-of-step', how: 'no-token' });
    return this.#challenged(responseToken, (message, { hasMic }) => {
      // Whoever protects the messages of NTLM has to protect the list around them. [MS-SPNG] 3.3.5.1
      const mechListMic = hasMic || negState === 'request-mic' ? this.#mic() : null;
      return encodeNegTokenResp({ ...NOTHING, responseToken: message, mechListMic });
    });
  }

  /** The server's last word. */
  #concluded({ negState, responseToken, mechListMic }: NegTokenResp): NegotiateStep {
    if (negState === 'reject') return fails({ kind: 'rejected' });
    if (responseToken !== null && isNtlmMessage(responseToken))
      return fails({ kind: 'out-of-step', how: 'challenged-again' });
    const list = this.#mechTypes;
    if (mechListMic !== null && list !== null && !this.security().verifyMechTypes(list, mechListMic))
      return fails({ kind: 'mech-list-mic-wrong' });
    if (negState === 'accept-completed') return { kind: 'done' };
    const mic = this.#micSent ? null : this.#mic();
    if (mic === null) return fails({ kind: 'out-of-step', how: 'out-of-turn' });
    return { kind: 'send', token: encodeNegTokenResp({ ...NOTHING, mechListMic: mic }), challenge: null };
  }

  #mic(): Uint8Array | null {
    if (this.#mechTypes === null) return null;
    this.#micSent = true;
    return this.security().signMechTypes(this.#mechTypes);
  }
}

export const negotiateClient = (options: NegotiateOptions): NegotiateClient => new NegotiateClient(options);

/**
 * What a server says it takes when it begins by itself: names such as `kerberos`. Null where the token says nothing of it.
 * @param token that came with a challenge before anything was sent
 */
export function offeredMechanisms(token: Uint8Array): string[] | null {
  const read = isSpnego(token) ? readToken(token) : null;
  return read === null || read instanceof WireError || read.kind !== 'init' ? null : read.mechTypes.map(mechanismName);
}

function readToken(token: Uint8Array): NegotiationToken | WireError {
  try {
    return decodeNegotiationToken(token);
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
}

/** A server that begins anew with its own list, instead of answering. */
function objectionTo(mechTypes: readonly string[]): NegotiateObstacle {
  if (mechTypes.includes(mechanismOids.ntlmssp)) return { kind: 'out-of-step', how: 'out-of-turn' };
  return { kind: 'ntlm-refused', offered: mechTypes.map(mechanismName) };
}
