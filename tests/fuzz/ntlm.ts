/**
 * Damaged NTLM and SPNEGO: recorded messages and tokens, changed blindly, in their lengths and in their DER. The client says what is
 * wrong with them; nothing is thrown, and what it answers is a message.
 */
import { NegotiateClient, offeredMechanisms } from '#lib/auth/negotiate.ts';
import { Secret } from '#lib/auth/secret.ts';
import { decodeAuthenticate, decodeNtlmV2Response } from '#lib/wire/ntlm/authenticate.ts';
import { decodeChallenge } from '#lib/wire/ntlm/challenge.ts';
import { challengeFacts } from '#lib/wire/ntlm/facts.ts';
import { decodeNegotiate } from '#lib/wire/ntlm/negotiate.ts';
import { mechanismOids } from '#lib/wire/spnego/mechanisms.ts';
import { decodeNegotiationToken, encodeNegTokenInit, encodeNegTokenResp } from '#lib/wire/spnego/token.ts';
import { type Random, seededRandom } from '#tests/lab/random.ts';
import { HTTP, hex, NTLM_V2 } from '#tests/wire/ntlm/published.ts';
import { demand, orComplaint } from './complaint.ts';
import { mutateBytes, mutateValues, one } from './mutate.ts';

const challenges = [hex(HTTP.challenge), hex(NTLM_V2.challenge)];
const messages = [...challenges, hex(HTTP.negotiate), hex(HTTP.authenticate), hex(NTLM_V2.authenticate)];
const tokens = challenges.flatMap((responseToken) => [
  encodeNegTokenResp({
    ...{ negState: 'accept-incomplete', supportedMech: mechanismOids.ntlmssp, mechListMic: new Uint8Array(16) },
    responseToken,
  }),
  encodeNegTokenInit({ mechTypes: Object.values(mechanismOids), mechToken: responseToken, mechListMic: null }),
]);
const password = Secret.of('Password');
const target = 'HTTP/mail.example.test';

/** Damages messages until it is told to stop. */
export function fuzzNtlm(seed: number, until: () => boolean): { readonly rounds: number } {
  const random = seededRandom(`ntlm ${seed}`);
  let rounds = 0;
  do {
    const bytes = damaged(random);
    try {
      readEverything(bytes);
      signIn(bytes, damaged(random));
    } catch (error) {
      throw new Error(`round ${rounds}: ${Buffer.from(bytes).toString('hex')}`, { cause: error });
    }
    rounds += 1;
  } while (!until());
  return { rounds };
}

function damaged(random: Random): Uint8Array {
  const isToken = random.below(2) === 0;
  let bytes = one(random, isToken ? tokens : messages);
  for (let change = random.below(3); change >= 0; change--)
    bytes = isToken ? mutateValues(bytes, random) : mutateMessage(bytes, random);
  return bytes;
}

/** Blindly, or in one of the numbers that say where something is and how long. */
function mutateMessage(bytes: Uint8Array, random: Random): Uint8Array {
  if (random.below(2) === 0 || bytes.length < 64) return mutateBytes(bytes, random);
  const changed = bytes.slice();
  const at = 12 + random.below(48);
  const value = one(random, [0, 1, 3, 48, 0xff, 0xffff, bytes.length, bytes.length - 1, bytes.length + 1]);
  changed.set([value & 0xff, value >> 8], at);
  return changed;
}

function readEverything(bytes: Uint8Array): void {
  const challenge = orComplaint(bytes, decodeChallenge);
  if (challenge !== null) {
    const { netbiosComputer, targetName } = challengeFacts(challenge, 0);
    demand((netbiosComputer ?? '').length <= 256 && targetName.length <= 256, 'short names');
  }
  orComplaint(bytes, decodeNegotiate);
  const authenticate = orComplaint(bytes, decodeAuthenticate);
  if (authenticate !== null) orComplaint(authenticate.ntResponse, decodeNtlmV2Response);
  const token = orComplaint(bytes, decodeNegotiationToken);
  if (token?.kind === 'init') demand(token.mechTypes.length <= 50, 'few mechanisms');
  offeredMechanisms(bytes);
}

/** Two tokens from the server, one after the other. */
function signIn(first: Uint8Array, second: Uint8Array): void {
  const client = new NegotiateClient({
    ...{ user: 'alice', domain: '', password, target, wrapping: 'spnego', channelBinding: { kind: 'wrong' } },
  });
  client.begin();
  const step = client.next(first);
  if (step.kind !== 'send') return;
  demand(step.token.length > 88 && step.token.length < 128 * 1024, 'an answer of some length');
  client.next(second);
}
