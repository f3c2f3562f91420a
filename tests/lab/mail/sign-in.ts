import { readAuthorization } from '../http/authorization.ts';
import { readBasic } from '../http/basic.ts';
import { type Header, type HttpAnswer, type HttpRequest, pathOf } from '../http/message.ts';
import { type NtlmBend, windowsStep } from '../ntlm/handshake.ts';
import { type BearerBend, bearerChallenge, notAvailable, refusalHeaders, tokenFault } from '../oauth/bearer.ts';
import type { Place } from '../place.ts';
import type { Random } from '../random.ts';
import { everyForm, knows, splitName, type UserForm, type UserName } from './directory.ts';
import { frontEndHeaders } from './headers.ts';

/** The values of WWW-Authenticate that a host sends, one header each. Only what is offered is taken. */
export type Offers = (place: Place) => readonly string[];

/** What Exchange offers for Autodiscover as it is installed. */
export const basicAndWindows: Offers = ({ host }) => [`Basic realm="${host}"`, 'Negotiate', 'NTLM'];

export const passwordsOnly: Offers = ({ host }) => [`Basic realm="${host}"`];
export const windowsOnly: Offers = () => ['Negotiate', 'NTLM'];
export const ntlmOnly: Offers = () => ['NTLM'];
export const negotiateOnly: Offers = () => ['Negotiate'];

/** What is left where modern authentication is demanded. Everything else about it is added to the name. */
export const tokensOnly: Offers = () => ['Bearer'];

/** Exchange Online puts both into one header, and its Basic has an empty realm. */
export const asOnline: Offers = () => ['Bearer, Basic Realm=""'];

/** A method that no mail client needs, beside the usual ones. RFC 7616 */
export const digestToo: Offers = (place) => [
  ...basicAndWindows(place),
  `Digest realm="${place.host}", nonce="4c41422d6e6f6e6365", qop="auth", algorithm=SHA-256`,
];

/** The usual methods, and a thousand times the same one. */
export const thousandMore: Offers = (place) => [
  ...basicAndWindows(place),
  ...Array.from({ length: 1_000 }, (_, number) => `Filler${number} realm="lab"`),
];

export const nothing: Offers = () => [];

/** How signing in is bent. */
export interface SignInBend {
  offers?: Offers;
  /** The forms of the user name that are known. */
  users?: readonly UserForm[];
  /** What bytes above 127 mean in Basic. */
  basicCharset?: 'utf8' | 'latin1';
  ntlm?: NtlmBend;
  bearer?: BearerBend;
  /** Paths at which the right password is refused all the same. */
  deafAt?: (path: string) => boolean;
  /** What somebody gets whose name and password are right; null lets him in. */
  policy?: (request: HttpRequest, place: Place) => HttpAnswer | null;
}

/** Either what the answer has to say beside everything else, or what is answered in its place. */
export type Admission = { readonly headers: readonly Header[] } | { readonly answer: HttpAnswer };

/** Lets in who signs in by a method that is offered, and asks all others to. */
export function admit(request: HttpRequest, place: Place, random: Random, bend: SignInBend = {}): Admission {
  const scheme = readAuthorization(request)?.scheme;
  const methods = (bend.offers ?? basicAndWindows)(place);
  if (scheme === 'bearer' && (bend.bearer || offersOne(methods, scheme))) return byToken(request, place, bend);
  // With a method that is not offered, it is as if nothing had been said.
  if (scheme !== undefined && !offersOne(methods, scheme)) return ask(place, bend);
  return scheme === 'basic' ? byBasic(request, place, bend) : byWindows(request, place, random, bend);
}

function byWindows(request: HttpRequest, place: Place, random: Random, bend: SignInBend): Admission {
  const account = {
    knows: (user: string, domain: string) => isKnown({ user, domain }, request, place, bend),
    password: place.mailbox.password,
  };
  const step = windowsStep(request, place, random, account, bend.ntlm);
  switch (step.kind) {
    case 'nothing':
      return ask(place, bend);
    case 'known':
      return { headers: [] };
    case 'accepted':
      return welcomed(request, place, bend, [['Persistent-Auth', 'true'], ...challengeHeaders(step.header)]);
    case 'continue':
      return { answer: nextLeg(step.header) };
    case 'refused':
      if (step.why !== null) place.tally.refused(step.why);
      return step.header === null ? ask(place, bend) : { answer: nextLeg(step.header) };
  }
}

function isKnown(name: UserName, request: HttpRequest, { mailbox }: Place, { users, deafAt }: SignInBend): boolean {
  return knows(users ?? everyForm, mailbox, name) && !deafAt?.(pathOf(request));
}

function offersOne(methods: readonly string[], scheme: string): boolean {
  return methods.some((method) => new RegExp(`(^|, *)${scheme}( |$)`, 'i').test(method));
}

function byBasic(request: HttpRequest, place: Place, bend: SignInBend): Admission {
  const credentials = readBasic(request, bend.basicCharset);
  if (!credentials) return ask(place, bend);
  const known = isKnown(splitName(credentials.username), request, place, bend);
  if (known && credentials.password === place.mailbox.password) return welcomed(request, place, bend, []);
  place.tally.refused(known ? 'wrong-password' : 'unknown-user');
  return ask(place, bend);
}

// Whatever else is decided about him: the directory has found the password right.
function welcomed(request: HttpRequest, place: Place, { policy }: SignInBend, headers: readonly Header[]): Admission {
  place.tally.accepted();
  const barred = policy?.(request, place);
  return barred ? { answer: barred } : { headers };
}

function byToken(request: HttpRequest, place: Place, bend: SignInBend): Admission {
  const { bearer = {} } = bend;
  const token = readAuthorization(request)?.token ?? '';
  if (token === '') return { answer: emptyToken(place, bend) };
  const fault = tokenFault(token, place, bearer);
  if (fault === null) return { headers: [] };
  place.tally.tokenRefused();
  return { answer: { status: fault.status, headers: [...frontEndHeaders(), ...refusalHeaders(fault, place, bearer)] } };
}

/** Whoever sends no token asks where to get one. */
function emptyToken(place: Place, { offers = basicAndWindows, bearer = {} }: SignInBend): HttpAnswer {
  const isMissing = bearer.authority === 'none';
  const own = bearerChallenge(place, bearer, isMissing ? ['error="invalid_token"'] : []);
  const others = offers(place).map((method) => method.replace(BEARER, ''));
  const why = isMissing ? [notAvailable(place)] : [];
  return { status: 401, headers: [...frontEndHeaders(), ...why, ...challengeHeaders(own, ...others)] };
}

const BEARER = /^Bearer(, *|$)/;

const ask = (place: Place, { offers = basicAndWindows, bearer }: SignInBend): Admission => ({
  answer: challenge(place, offers, bearer),
});

/** The answer that asks for a sign-in. */
export function challenge(place: Place, offers: Offers, bearer: BearerBend = {}): HttpAnswer {
  const methods = offers(place).map((each) => each.replace(BEARER, `${bearerChallenge(place, bearer)}$1`));
  return { status: 401, headers: [...frontEndHeaders(), ...challengeHeaders(...methods)] };
}

const challengeHeaders = (...methods: readonly (string | null)[]): Header[] =>
  methods.flatMap((method): Header[] => (method ? [['WWW-Authenticate', method]] : []));

/** In the middle of a sign-in it is IIS that answers, and Exchange has not seen the request yet. */
function nextLeg(header: string): HttpAnswer {
  return {
    status: 401,
    headers: [
      ['Server', 'Microsoft-IIS/10.0'],
      ['Content-Type', 'text/html; charset=us-ascii'],
      ['WWW-Authenticate', header],
    ],
    body: '<!DOCTYPE HTML>\n<html><head><title>Not Authorized</title></head><body><h2>Not Authorized</h2></body></html>\n',
  };
}
