/** Type 3: who signs in, with the answer to the challenge. [MS-NLMP] 2.2.1.3 */
import { concat } from '../der/writer.ts';
import { WireError } from '../error.ts';
import { type AvPair, decodeAvPairs, encodeAvPairs } from './av-pairs.ts';
import { hasFlag, NTLM_FLAG } from './flags.ts';
import { encodeMessage, encodeVersion, MessageReader, type NtlmVersion } from './message.ts';
import { encodeUtf16 } from './text.ts';

export interface Authenticate {
  readonly flags: number;
  readonly lmResponse: Uint8Array;
  readonly ntResponse: Uint8Array;
  readonly domain: string;
  readonly user: string;
  readonly workstation: string;
  /** The session key, encrypted; empty unless keys are exchanged. */
  readonly encryptedSessionKey: Uint8Array;
  readonly version: NtlmVersion | null;
  /** 16 bytes over all three messages; null where the message has no place for it. */
  readonly mic: Uint8Array | null;
}

const SPEC = '[MS-NLMP] 2.2.1.3';
const MIC = { at: 72, length: 16 };

/** Names in Unicode. @throws RangeError for a field of more than 64 KiB */
export function encodeAuthenticate(message: Authenticate): Uint8Array {
  const { flags, version, mic, lmResponse, ntResponse, domain, user, workstation, encryptedSessionKey } = message;
  return encodeMessage('authenticate', mic === null ? MIC.at : MIC.at + MIC.length, [
    { at: 28, field: encodeUtf16(domain) },
    { at: 36, field: encodeUtf16(user) },
    { at: 44, field: encodeUtf16(workstation) },
    { at: 12, field: lmResponse },
    { at: 20, field: ntResponse },
    { at: 52, field: encryptedSessionKey },
    { at: 60, u32: (flags | NTLM_FLAG.unicode) >>> 0 },
    ...(version === null ? [] : [{ at: 64, bytes: encodeVersion(version) }]),
    ...(mic === null ? [] : [{ at: MIC.at, bytes: mic }]),
  ]);
}

/** The same message, which has a place for it, with this MIC. */
export function withMic(message: Uint8Array, mic: Uint8Array): Uint8Array {
  const whole = message.slice();
  whole.set(mic, MIC.at);
  return whole;
}

/**
 * Reads the messages of other clients, too. Nothing but the first content's place tells whether there is a MIC.
 * @throws WireError
 */
export function decodeAuthenticate(bytes: Uint8Array): Authenticate {
  const message = new MessageReader(bytes, 'authenticate', { least: 64, spec: SPEC });
  const flags = message.u32(60);
  const isUnicode = hasFlag(flags, 'unicode');
  const fields = {
    lmResponse: message.field(12, 'lmResponse').value,
    ntResponse: message.field(20, 'ntResponse').value,
    domain: message.text(28, 'domain', isUnicode),
    user: message.text(36, 'user', isUnicode),
    workstation: message.text(44, 'workstation', isUnicode),
    encryptedSessionKey: message.field(52, 'encryptedSessionKey').value,
  };
  return {
    flags,
    ...fields,
    version: message.reaches(MIC.at) ? message.version(64) : null,
    mic: message.reaches(MIC.at + MIC.length) ? message.bytes(MIC.at, MIC.length) : null,
  };
}

/** What an NTLMv2 response holds behind its proof. [MS-NLMP] 2.2.2.7 */
export interface ClientChallenge {
  /** 8 bytes: a FILETIME. */
  readonly time: Uint8Array;
  /** 8 bytes. */
  readonly challenge: Uint8Array;
  readonly pairs: readonly AvPair[];
}

const CHALLENGE_SPEC = '[MS-NLMP] 2.2.2.7';
const PROOF = 16;
const PAIRS = 28;

/** What the document's formulas call temp. [MS-NLMP] 3.3.2 */
export function encodeClientChallenge({ time, challenge, pairs }: ClientChallenge): Uint8Array {
  const version = Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 0);
  return concat([version, time, challenge, new Uint8Array(4), encodeAvPairs(pairs), new Uint8Array(4)]);
}

/**
 * An NTLMv2 response: the proof, and what it proves.
 * @throws WireError, also for the 24 bytes of NTLMv1; offsets are counted from the first byte of the response
 */
export function decodeNtlmV2Response(response: Uint8Array): { readonly proof: Uint8Array } & ClientChallenge {
  const path = 'ntlm.authenticate.ntResponse';
  const temp = response.subarray(PROOF);
  if (temp.length < PAIRS + 4)
    throw new WireError('truncated', { path, offset: response.length, spec: CHALLENGE_SPEC }, 'too short for NTLMv2');
  if (temp[0] !== 1 || temp[1] !== 1)
    throw new WireError('bad-value', { path, offset: PROOF, spec: CHALLENGE_SPEC }, 'a version that is not known');
  return {
    proof: response.subarray(0, PROOF),
    time: temp.subarray(8, 16),
    challenge: temp.subarray(16, 24),
    pairs: decodeAvPairs(temp.subarray(PAIRS), { path: `${path}.pairs`, offset: PROOF + PAIRS }),
  };
}
