/** Signing in to RPC itself, inside whatever sign-in the proxy wanted, and what is signed and sealed from there on. [MS-RPCE] 3.3.1.5.2 */
import { everyForm, knows, type UserForm } from '../mail/directory.ts';
import { type Demands, judge, type Opening, type Refusal } from '../ntlm/acceptor.ts';
import { type ChallengeBend, openingFor } from '../ntlm/challenge.ts';
import { firstSignature } from '../ntlm/keys.ts';
import { messageType, NotNtlm, flags as ntlmFlags } from '../ntlm/message.ts';
import { type Channel, channelFor, SIGNATURE_LENGTH } from '../ntlm/session.ts';
import { lists, NTLM, readClientToken, serverToken } from '../ntlm/spnego.ts';
import type { Place } from '../place.ts';
import { NotDer } from '../publisher/der-reader.ts';
import type { Random } from '../random.ts';
import { join } from '../store/bytes.ts';
import {
  CALL_HEADER,
  faults,
  HEADER,
  type Pdu,
  type PduHead,
  pduFlags,
  pduHeader,
  TRAILER,
  trailer,
  type Verifier,
} from './pdu.ts';

/** How signing in to RPC is bent. */
export interface RpcSignInBend extends ChallengeBend {
  /** What is taken; a bind with anything else is refused as a whole. */
  methods?: readonly RpcMethod[];
  /** The forms of the user name that are known, which need not be those that the proxy knows. */
  users?: readonly UserForm[];
}

export type RpcMethod = keyof typeof authTypes;

/** [MS-RPCE] 2.2.1.1.7 */
const authTypes = { negotiate: 9, ntlm: 10 } as const;

/** [MS-RPCE] 2.2.1.1.8. What stands between the two of them is treated as the higher one, as Windows does. */
export type Level = 'none' | 'connect' | 'integrity' | 'privacy';

function levelOf(number: number): Level | null {
  if (number === 2) return 'connect';
  if (number >= 3 && number <= 5) return 'integrity';
  return number === 6 ? 'privacy' : null;
}

/** Ends a call with a fault. */
export class Fault extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`fault ${status.toString(16)}`);
    this.status = status;
  }
}

/** The list of a Negotiate, as the client sent it. */
type Wrapping = { readonly mechanisms: Buffer } | null;

interface Keys {
  readonly incoming: Channel;
  readonly outgoing: Channel;
}

type State =
  | { readonly kind: 'nobody' }
  /** His favourite is another method; his NTLM comes next. */
  | { readonly kind: 'asked'; readonly wrapping: Wrapping }
  | { readonly kind: 'challenged'; readonly opening: Opening; readonly wrapping: Wrapping; readonly asked: Verifier }
  /** Nobody tells the client; his first call learns of it. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'signed-in'; readonly level: Level; readonly keys: Keys; readonly asked: Verifier };

export class RpcSecurity {
  readonly #place: Place;
  readonly #random: Random;
  readonly #bend: RpcSignInBend;
  #state: State = { kind: 'nobody' };

  constructor(place: Place, random: Random, bend: RpcSignInBend) {
    this.#place = place;
    this.#random = random;
    this.#bend = bend;
  }

  get level(): Level {
    return this.#state.kind === 'signed-in' ? this.#state.level : 'none';
  }

  /** Whether this method is spoken here at all. */
  takes({ authType, level }: Verifier): boolean {
    const { methods = ['negotiate', 'ntlm'] } = this.#bend;
    return methods.some((method) => authTypes[method] === authType) && levelOf(level) !== null;
  }

  /** Takes a token out of a bind, an alter_context or an auth3. @returns what to answer; empty, if there is nothing to say */
  step(verifier: Verifier): Buffer {
    try {
      return verifier.authType === authTypes.ntlm ? this.#bare(verifier) : this.#wrapped(verifier);
    } catch (error) {
      if (!(error instanceof NotNtlm || error instanceof NotDer)) throw error;
      this.#state = { kind: 'refused' };
      return Buffer.alloc(0);
    }
  }

  #bare(verifier: Verifier): Buffer {
    const { token } = verifier;
    if (messageType(token) === 1) return this.#challenge(token, null, verifier);
    if (this.#state.kind !== 'challenged') throw new NotNtlm('Nobody was asked.');
    this.#judge(token, this.#state, null);
    return Buffer.alloc(0);
  }

  #wrapped(verifier: Verifier): Buffer {
    // Windows leaves out the wrapping where NTLM is what it likes best.
    if (messageType(verifier.token) !== null) return this.#bare(verifier);
    const { mechanisms, token, listSignature } = readClientToken(verifier.token);
    if (mechanisms && !lists(mechanisms, NTLM)) throw new NotNtlm('There is nothing but NTLM here.');
    const wrapping = mechanisms ? { mechanisms } : this.#state.kind === 'asked' ? this.#state.wrapping : null;
    if (wrapping) {
      const challenge = token && messageType(token) === 1 ? this.#challenge(token, wrapping, verifier) : null;
      if (!challenge) this.#state = { kind: 'asked', wrapping };
      return Buffer.from(serverToken({ state: 'incomplete', mechanism: NTLM, ...(challenge && { token: challenge }) }));
    }
    if (this.#state.kind !== 'challenged' || !token) throw new NotNtlm('Nobody was asked.');
    const signature = this.#judge(token, this.#state, listSignature);
    if (this.level === 'none') return Buffer.from(serverToken({ state: 'reject' }));
    return Buffer.from(serverToken({ state: 'completed', ...(signature && { listSignature: signature }) }));
  }

  #challenge(negotiate: Buffer, wrapping: Wrapping, asked: Verifier): Buffer {
    const opening = openingFor(negotiate, this.#random, this.#bend);
    this.#state = { kind: 'challenged', opening, wrapping, asked };
    return Buffer.from(opening.challenge);
  }

  /** @returns the server's signature of the list, where the client has signed it */
  #judge(
    token: Buffer,
    { opening, wrapping, asked }: State & { kind: 'challenged' },
    listSignature: Buffer | null,
  ): Buffer | null {
    const { tally, mailbox, host } = this.#place;
    const { users = everyForm } = this.#bend;
    const level = levelOf(asked.level) ?? 'none';
    const demands: Demands = {
      knows: (user, domain) => knows(users, mailbox, { user, domain }),
      password: mailbox.password,
      // Channel bindings belong to the connection of the proxy.
      ...{ protection: 'off', binding: null, host },
    };
    this.#state = { kind: 'refused' };
    const verdict = judge(token, opening, demands);
    if (verdict.refused !== null) return this.#refused(verdict.refused);
    const { key, flags } = verdict;
    if (!protects(level, flags)) return null;
    const list = wrapping?.mechanisms ?? Buffer.alloc(0);
    // Whoever signs the messages has to sign the list of methods too. [MS-SPNG] 3.3.5.1
    const needed = wrapping !== null && verdict.hasIntegrityCode;
    const right = firstSignature(key, 'client-to-server', flags, list);
    if (listSignature ? !listSignature.equals(right) : needed) return this.#refused('wrong-integrity-code');
    tally.accepted();
    const first = listSignature ? 1 : 0;
    const keys = {
      incoming: channelFor(key, 'client-to-server', flags, first),
      outgoing: channelFor(key, 'server-to-client', flags, first),
    };
    this.#state = { kind: 'signed-in', level, keys, asked };
    return listSignature ? firstSignature(key, 'server-to-client', flags, list) : null;
  }

  #refused(why: Refusal): null {
    this.#place.tally.refused(why);
    return null;
  }

  /** The plain arguments of a fragment of a request, as far as the padding. @throws Fault where it may not be read */
  open(pdu: Pdu): Buffer {
    const { verifier, body, flags } = pdu;
    const start = flags & pduFlags.objectUuid ? CALL_HEADER - HEADER + 16 : CALL_HEADER - HEADER;
    const state = this.#state;
    if (state.kind !== 'nobody' && state.kind !== 'signed-in') throw new Fault(faults.accessDenied);
    if (state.kind === 'nobody' || state.level === 'connect') return body.subarray(start, lengthOfStub(pdu));
    const { asked, keys, level } = state;
    const fits =
      verifier?.authType === asked.authType && verifier.level === asked.level && verifier.context === asked.context;
    if (!fits || verifier?.token.length !== SIGNATURE_LENGTH) throw new Fault(faults.accessDenied);
    const sent = body.subarray(start);
    const plain = level === 'privacy' ? keys.incoming.crypt(sent) : sent;
    const { signed } = pdu;
    const text = join(signed.subarray(0, HEADER + start), plain, signed.subarray(signed.length - TRAILER));
    if (!keys.incoming.sign(text).equals(verifier.token)) throw new Fault(faults.securityError);
    return plain.subarray(0, plain.length - verifier.padding);
  }

  /** How much longer a PDU becomes at most. */
  get overhead(): number {
    return this.#protecting ? 15 + TRAILER + SIGNATURE_LENGTH : 0;
  }

  get #protecting(): boolean {
    return this.level === 'integrity' || this.level === 'privacy';
  }

  /** A whole fragment of a response. @param start what stands in front of the stub */
  seal(head: PduHead, start: Buffer, stub: Buffer): Buffer {
    const state = this.#state;
    if (state.kind !== 'signed-in' || !this.#protecting) {
      return join(pduHeader(head, HEADER + start.length + stub.length), start, stub);
    }
    const { asked, keys, level } = state;
    const padding = (16 - (stub.length % 16)) % 16;
    const padded = join(stub, Buffer.alloc(padding));
    const length = HEADER + start.length + padded.length + TRAILER + SIGNATURE_LENGTH;
    const header = join(pduHeader(head, length, SIGNATURE_LENGTH), start);
    const end = trailer({ ...asked, padding });
    const plain = join(header, padded, end);
    const sent = level === 'privacy' ? keys.outgoing.crypt(padded) : padded;
    return join(header, sent, end, keys.outgoing.sign(plain));
  }
}

// Without a level that needs it, a client may still put a trailer behind its arguments.
function lengthOfStub({ body, verifier }: Pdu): number {
  return body.length - (verifier?.padding ?? 0);
}

/** Whether what both sides agreed on is enough for the level. */
function protects(level: Level, agreed: number): boolean {
  const has = (...wanted: readonly number[]) => wanted.every((one) => (agreed & one) !== 0);
  if (level === 'connect') return true;
  if (level === 'integrity') return has(ntlmFlags.sign, ntlmFlags.extendedSecurity);
  return has(ntlmFlags.sign, ntlmFlags.seal, ntlmFlags.extendedSecurity, ntlmFlags.key128);
}

/** What a bind is answered with where its method is not spoken. */
export const tokenVerifier = ({ authType, level, context }: Verifier, token: Buffer) => ({
  ...{ authType, level, context, token },
});
