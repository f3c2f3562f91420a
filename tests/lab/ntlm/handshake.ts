/** NTLM and Negotiate over HTTP, where a sign-in belongs to the connection and not to a request. [MS-NTHT], RFC 4559 */
import { readAuthorization } from '../http/authorization.ts';
import type { Connection, HttpRequest } from '../http/message.ts';
import type { Place } from '../place.ts';
import { NotDer } from '../publisher/der-reader.ts';
import type { Random } from '../random.ts';
import { type Demands, judge, type Opening, type Protection, type Refusal, type Verdict } from './acceptor.ts';
import { channelBinding } from './binding.ts';
import { type ChallengeBend, openingFor } from './challenge.ts';
import { firstSignature } from './keys.ts';
import { messageType, NotNtlm } from './message.ts';
import { KERBEROS, lists, NTLM, readClientToken, type ServerToken, serverToken } from './spnego.ts';

/** How Windows sign-in is bent. */
export interface NtlmBend extends ChallengeBend {
  protection?: Protection;
  /** Takes Kerberos tickets alone; what it says to NTLM: no, that it wants a ticket, or nothing but the method's name. */
  kerberosOnly?: 'rejects' | 'insists' | 'names-itself';
  /** Takes NTLM under Negotiate only where it is wrapped up. */
  wrappedOnly?: boolean;
  /** Writes the type 2 for the header. By default in base64. */
  written?: (challenge: Uint8Array) => string;
}

/** Whom the directory lets in, whatever the connection. */
export type Account = Pick<Demands, 'knows' | 'password'>;

export type Step =
  /** The request says nothing of it, and nobody has signed in before. */
  | { readonly kind: 'nothing' }
  /** Somebody has signed in on this connection before. */
  | { readonly kind: 'known' }
  | { readonly kind: 'accepted'; readonly header: string | null }
  | { readonly kind: 'continue'; readonly header: string }
  /** An answer that was refused, and why; null, if it was never looked at: it belongs to no challenge of this connection. */
  | { readonly kind: 'refused'; readonly why: Refusal | null; readonly header: string | null };

interface Wrapping {
  readonly mechanisms: Buffer;
}

type State =
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'challenged'; readonly opening: Opening; readonly wrapping: Wrapping | null }
  /** The client's favourite was another method; its NTLM comes next. */
  | { readonly kind: 'asked'; readonly wrapping: Wrapping };

const states = new WeakMap<Connection, State>();

/** The next step of a sign-in over the request's connection. */
export function windowsStep(
  request: HttpRequest,
  place: Place,
  random: Random,
  account: Account,
  bend: NtlmBend = {},
): Step {
  const { scheme, token = '' } = readAuthorization(request) ?? {};
  const state = states.get(request.connection);
  if (scheme !== 'ntlm' && scheme !== 'negotiate') {
    return { kind: state?.kind === 'signed-in' ? 'known' : 'nothing' };
  }
  states.delete(request.connection);
  const about: About = { name: scheme === 'ntlm' ? 'NTLM' : 'Negotiate', request, place, random, account, bend, state };
  try {
    return stepFor(about, Buffer.from(token, 'base64'));
  } catch (error) {
    if (error instanceof NotNtlm || error instanceof NotDer) return neverLooked;
    throw error;
  }
}

const neverLooked: Step = { kind: 'refused', why: null, header: null };

interface About {
  readonly name: 'NTLM' | 'Negotiate';
  readonly request: HttpRequest;
  readonly place: Place;
  readonly random: Random;
  readonly account: Account;
  readonly bend: NtlmBend;
  readonly state: State | undefined;
}

function stepFor(about: About, bytes: Buffer): Step {
  const { name, bend } = about;
  if (bend.kerberosOnly) return answerOfKerberos(bend.kerberosOnly);
  if (messageType(bytes) === null) return name === 'Negotiate' ? wrappedStep(about, bytes) : neverLooked;
  if (name === 'Negotiate' && bend.wrappedOnly) return neverLooked;
  return rawStep(about, bytes);
}

function answerOfKerberos(how: 'rejects' | 'insists' | 'names-itself'): Step {
  const said = {
    rejects: () => negotiate({ state: 'reject' }),
    insists: () => negotiate({ state: 'incomplete', mechanism: KERBEROS }),
    'names-itself': () => null,
  };
  return { kind: 'refused', why: null, header: said[how]() };
}

function rawStep(about: About, bytes: Buffer): Step {
  const { name, request, random, bend, state } = about;
  if (messageType(bytes) === 1) {
    const opening = openingFor(bytes, random, bend);
    states.set(request.connection, { kind: 'challenged', opening, wrapping: null });
    return { kind: 'continue', header: `${name} ${(bend.written ?? base64)(opening.challenge)}` };
  }
  if (state?.kind !== 'challenged' || state.wrapping) return neverLooked;
  const verdict = verdictOn(about, bytes, state.opening);
  if (verdict.refused !== null) return refusal(verdict.refused);
  states.set(request.connection, { kind: 'signed-in' });
  return { kind: 'accepted', header: null };
}

function wrappedStep(about: About, bytes: Buffer): Step {
  const { request, random, bend, state } = about;
  const { mechanisms, token, listSignature } = readClientToken(bytes);
  const wrapping = mechanisms ? { mechanisms } : state?.kind === 'asked' ? state.wrapping : null;
  if (wrapping) {
    if (!lists(wrapping.mechanisms, NTLM))
      return { kind: 'refused', why: null, header: negotiate({ state: 'reject' }) };
    if (!token || messageType(token) !== 1) {
      states.set(request.connection, { kind: 'asked', wrapping });
      return { kind: 'continue', header: negotiate({ state: 'incomplete', mechanism: NTLM }) };
    }
    const opening = openingFor(token, random, bend);
    states.set(request.connection, { kind: 'challenged', opening, wrapping });
    const answer = serverToken({ state: 'incomplete', mechanism: NTLM, token: opening.challenge });
    return { kind: 'continue', header: `Negotiate ${(bend.written ?? base64)(answer)}` };
  }
  if (state?.kind !== 'challenged' || !state.wrapping || !token) return neverLooked;
  const verdict = verdictOn(about, token, state.opening);
  if (verdict.refused !== null) return refusal(verdict.refused, negotiate({ state: 'reject' }));
  const signatures = listSignatures(verdict, state.wrapping);
  // Whoever signs the messages has to sign the list of methods too, or it could be shortened on the way. [MS-SPNG] 3.3.5.1
  const needed = verdict.hasIntegrityCode;
  if (listSignature ? !listSignature.equals(signatures.client) : needed) {
    return refusal('wrong-integrity-code', negotiate({ state: 'reject' }));
  }
  states.set(request.connection, { kind: 'signed-in' });
  const own = listSignature ? { listSignature: signatures.server } : {};
  return { kind: 'accepted', header: negotiate({ state: 'completed', ...own }) };
}

function listSignatures({ key, flags }: Verdict & { refused: null }, { mechanisms }: Wrapping) {
  return {
    client: firstSignature(key, 'client-to-server', flags, mechanisms),
    server: firstSignature(key, 'server-to-client', flags, mechanisms),
  };
}

function verdictOn({ request, place, account, bend }: About, bytes: Buffer, opening: Opening): Verdict {
  const { certificate } = request.connection;
  return judge(bytes, opening, {
    ...account,
    protection: bend.protection ?? 'off',
    binding: certificate && channelBinding(certificate),
    host: place.host,
  });
}

const refusal = (why: Refusal, header: string | null = null): Step => ({ kind: 'refused', why, header });

const negotiate = (token: ServerToken): string => `Negotiate ${base64(serverToken(token))}`;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
