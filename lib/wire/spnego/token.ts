/** The tokens of SPNEGO: what each side can do, and the tokens of what they agree on. RFC 4178 4.2, [MS-SPNG] 2.2.1 */
import {
  contextConstructed,
  contextPrimitive,
  type DerReader,
  type DerValue,
  ENUMERATED,
  inside,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  SEQUENCE,
  unwrap,
  wholeValue,
} from '../der/reader.ts';
import { latin1, numberOf, oidOf } from '../der/values.ts';
import { derOctets, derOid, derSequence, derValue } from '../der/writer.ts';
import { WireError, type WirePlace } from '../error.ts';
import { SPNEGO_OID } from './mechanisms.ts';

/** In the order of their numbers. RFC 4178 4.2.2 */
const NEG_STATES = ['accept-completed', 'accept-incomplete', 'reject', 'request-mic'] as const;
export type NegState = (typeof NEG_STATES)[number];

/** The first token: of a client, or of a Windows server that begins by itself (NegTokenInit2). */
export interface NegTokenInit {
  /** Dotted, the preferred one first. */
  readonly mechTypes: readonly string[];
  /** The first token of the preferred one. */
  readonly mechToken: Uint8Array | null;
  readonly mechListMic: Uint8Array | null;
  /** `not_defined_in_RFC4178@please_ignore`: from servers alone. [MS-SPNG] 2.2.1 */
  readonly hintName: string | null;
}

/** Every later token. */
export interface NegTokenResp {
  readonly negState: NegState | null;
  readonly supportedMech: string | null;
  readonly responseToken: Uint8Array | null;
  readonly mechListMic: Uint8Array | null;
}

export type NegotiationToken =
  | ({ readonly kind: 'init' } & NegTokenInit)
  | ({ readonly kind: 'response' } & NegTokenResp);

const SPEC = 'RFC 4178 4.2';
/** [APPLICATION 0]: the frame around the first token. RFC 2743 3.1 */
const INITIAL = 0x60;
const INIT_CHOICE = contextConstructed(0);
const RESPONSE_CHOICE = contextConstructed(1);
/** A GeneralString. */
const GENERAL_STRING = 0x1b;

/** Real tokens stay below 64 KiB even with the tickets of people in a thousand groups. */
export const MAX_TOKEN = 128 * 1024;
/** Windows knows five. */
const MAX_MECHANISMS = 50;

/** The list as the first token has it: what mechListMIC is made over. RFC 4178 5 */
export const encodeMechTypes = (mechTypes: readonly string[]): Uint8Array => derSequence(...mechTypes.map(derOid));

export function encodeNegTokenInit({ mechTypes, mechToken, mechListMic }: Omit<NegTokenInit, 'hintName'>): Uint8Array {
  const init = derSequence(
    derValue(contextConstructed(0), encodeMechTypes(mechTypes)),
    ...octetsAt(2, mechToken),
    ...octetsAt(3, mechListMic),
  );
  return derValue(INITIAL, derOid(SPNEGO_OID), derValue(INIT_CHOICE, init));
}

export function encodeNegTokenResp({ negState, supportedMech, responseToken, mechListMic }: NegTokenResp): Uint8Array {
  const state =
    negState === null
      ? []
      : [derValue(contextConstructed(0), derValue(ENUMERATED, Uint8Array.of(NEG_STATES.indexOf(negState))))];
  const mech = supportedMech === null ? [] : [derValue(contextConstructed(1), derOid(supportedMech))];
  const response = derSequence(...state, ...mech, ...octetsAt(2, responseToken), ...octetsAt(3, mechListMic));
  return derValue(RESPONSE_CHOICE, response);
}

const octetsAt = (number: number, octets: Uint8Array | null): Uint8Array[] =>
  octets === null ? [] : [derValue(contextConstructed(number), derOctets(octets))];

/** Whether these bytes begin like a token of SPNEGO. */
export const isSpnego = (bytes: Uint8Array): boolean => bytes[0] === INITIAL || bytes[0] === RESPONSE_CHOICE;

/** Reads a token of either side. Views of the input, nothing is copied. @throws WireError */
export function decodeNegotiationToken(bytes: Uint8Array): NegotiationToken {
  const place: WirePlace = { path: 'spnego', offset: 0, spec: SPEC };
  if (bytes.length > MAX_TOKEN)
    throw new WireError('too-large', { ...place, offset: MAX_TOKEN }, `${bytes.length} bytes, more than ${MAX_TOKEN}`);
  return bytes[0] === RESPONSE_CHOICE ? readResponse(bytes, place) : readInit(bytes, place);
}

function readInit(bytes: Uint8Array, place: WirePlace): NegotiationToken {
  const frame = inside(wholeValue(bytes, place, INITIAL));
  const mechanism = frame.take('mech', OBJECT_IDENTIFIER);
  if (oidOf(mechanism) !== SPNEGO_OID) throw new WireError('bad-value', mechanism, 'it is not of SPNEGO');
  const reader = inside(unwrap(frame.take('negTokenInit', INIT_CHOICE), SEQUENCE));
  frame.end();
  const mechTypes = optional(reader, 'mechTypes', 0, SEQUENCE, mechTypesOf) ?? [];
  // reqFlags, which nobody uses: not protected, and Windows ignores them. RFC 4178 4.2.1
  reader.optional('reqFlags', contextConstructed(1)) ?? reader.optional('reqFlags', contextPrimitive(1));
  const mechToken = octets(reader, 'mechToken', 2);
  // What is [3] in the RFC is [4] where a server gives hints. [MS-SPNG] 2.2.1
  const third = optional(reader, 'mechListMIC', 3, undefined, (value) => value);
  const isHints = third?.tag === SEQUENCE;
  const hintName = isHints ? hintNameOf(third) : null;
  const mechListMic = third === null || isHints ? octets(reader, 'mechListMIC', 4) : octetsOf(third);
  reader.end();
  return { kind: 'init', mechTypes, mechToken, mechListMic, hintName };
}

function readResponse(bytes: Uint8Array, place: WirePlace): NegotiationToken {
  const reader = inside(
    unwrap(wholeValue(bytes, { ...place, path: 'spnego.negTokenResp' }, RESPONSE_CHOICE), SEQUENCE),
  );
  const negState = optional(reader, 'negState', 0, ENUMERATED, negStateOf);
  const supportedMech = optional(reader, 'supportedMech', 1, OBJECT_IDENTIFIER, oidOf);
  const responseToken = octets(reader, 'responseToken', 2);
  const mechListMic = octets(reader, 'mechListMIC', 3);
  reader.end();
  return { kind: 'response', negState, supportedMech, responseToken, mechListMic };
}

function optional<T>(
  reader: DerReader,
  name: string,
  number: number,
  tag: number | undefined,
  read: (value: DerValue) => T,
): T | null {
  const value = reader.optional(name, contextConstructed(number));
  return value === null ? null : read(unwrap(value, tag));
}

const octets = (reader: DerReader, name: string, number: number): Uint8Array | null =>
  optional(reader, name, number, OCTET_STRING, ({ content }) => content);

function octetsOf(value: DerValue): Uint8Array {
  if (value.tag !== OCTET_STRING) throw new WireError('bad-value', value, 'no OCTET STRING');
  return value.content;
}

function mechTypesOf(list: DerValue): string[] {
  const oids: string[] = [];
  for (const value of inside(list).rest(OBJECT_IDENTIFIER)) {
    if (oids.length === MAX_MECHANISMS) throw new WireError('too-large', value, `more than ${MAX_MECHANISMS} of them`);
    oids.push(oidOf(value));
  }
  return oids;
}

function negStateOf(value: DerValue): NegState {
  const state = NEG_STATES[numberOf(value)];
  if (state === undefined) throw new WireError('bad-value', value, 'a state that is not known');
  return state;
}

/** The second hint, an address, is never sent. */
function hintNameOf(hints: DerValue): string | null {
  const name = inside(hints).optional('hintName', contextConstructed(0));
  return name === null ? null : latin1(unwrap(name, GENERAL_STRING).content);
}
