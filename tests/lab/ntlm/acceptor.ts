/** Judges the answer to an NTLM challenge as a domain controller and a web server do together. [MS-NLMP] 3.2.5.1.2, 3.3.2 */

import { exportedKey, hmacMd5, passwordKey } from './keys.ts';
import { type Authenticate, flags, MIC, NotNtlm, type Pair, pairIds, readAuthenticate, readPairs } from './message.ts';

/** What the web server makes of channel bindings (Extended Protection), in the words of IIS: None, Allow, Require. */
export type Protection = 'off' | 'accepted' | 'required';

/** Whom it lets in. */
export interface Demands {
  knows(user: string, domain: string): boolean;
  password: string;
  protection: Protection;
  /** What the binding has to be; null where there is nothing to bind to. */
  binding: Uint8Array | null;
  /** The host that the client has to mean. It is looked at only under protection, as the binding is. */
  host: string;
}

/** The messages before, exactly as they were sent. */
export interface Opening {
  negotiate: Uint8Array;
  challenge: Uint8Array;
  /** The eight bytes that are to be answered. */
  number: Uint8Array;
  pairs: readonly Pair[];
}

export type Refusal =
  | 'anonymous'
  | 'too-old'
  | 'unknown-user'
  | 'wrong-password'
  | 'wrong-lm-response'
  | 'wrong-integrity-code'
  | 'wrong-names'
  | 'no-binding'
  | 'wrong-binding'
  | 'wrong-target';

export type Verdict =
  | { readonly refused: Refusal }
  | { readonly refused: null; readonly key: Uint8Array; readonly flags: number; readonly hasIntegrityCode: boolean };

/** @throws NotNtlm where the message cannot be read */
export function judge(bytes: Buffer, opening: Opening, demands: Demands): Verdict {
  const message = readAuthenticate(bytes);
  const { user, domain, nt } = message;
  if (user === '' || message.flags & flags.anonymous) return { refused: 'anonymous' };
  if (nt.length <= 24) return { refused: 'too-old' };
  if (!demands.knows(user, domain)) return { refused: 'unknown-user' };
  const response = readResponse(nt);
  const key = passwordKey(demands.password, user, domain);
  if (!hmacMd5(key, opening.number, response.signed).equals(response.proof)) return { refused: 'wrong-password' };
  const exported = exportedKey(hmacMd5(key, response.proof), message.sessionKey, message.flags);
  const hasIntegrityCode = (response.pair(pairIds.flags)?.readUInt32LE() ?? 0) & 2;
  const refused =
    lmFault(message, response, opening, key) ??
    (hasIntegrityCode ? codeFault(bytes, opening, exported) : null) ??
    namesFault(response, opening) ??
    protectionFault(response, demands);
  if (refused) return { refused };
  return { refused: null, key: exported, flags: message.flags, hasIntegrityCode: hasIntegrityCode !== 0 };
}

interface Response {
  readonly proof: Buffer;
  /** What the proof was made over, beside the challenge. */
  readonly signed: Buffer;
  readonly clientNumber: Buffer;
  pair(id: number): Buffer | undefined;
}

/** [MS-NLMP] 2.2.2.7, 2.2.2.8 */
function readResponse(nt: Buffer): Response {
  const signed = nt.subarray(16);
  if (signed.length < 32 || signed.readUInt16LE(0) !== 0x0101) throw new NotNtlm('This is no response of version 2.');
  const pairs = readPairs(signed.subarray(28));
  const pair = (id: number) => {
    const found = pairs.find((one) => one.id === id);
    return found && Buffer.from(found.value);
  };
  return { proof: nt.subarray(0, 16), signed, clientNumber: signed.subarray(16, 24), pair };
}

/** Nothing but zeros where the server told its time; some clients send a right response all the same. [MS-NLMP] 3.1.5.1.2 */
function lmFault({ lm }: Authenticate, { clientNumber }: Response, { number }: Opening, key: Buffer): Refusal | null {
  if (lm.every((byte) => byte === 0)) return null;
  const right = Buffer.concat([hmacMd5(key, number, clientNumber), clientNumber]);
  return lm.equals(right) ? null : 'wrong-lm-response';
}

/** The MIC, over all three messages. [MS-NLMP] 3.2.5.1.2 */
function codeFault(bytes: Buffer, { negotiate, challenge }: Opening, key: Uint8Array): Refusal | null {
  const blank = Buffer.from(bytes).fill(0, MIC.start, MIC.end);
  const right = hmacMd5(key, negotiate, challenge, blank);
  return bytes.subarray(MIC.start, MIC.end).equals(right) ? null : 'wrong-integrity-code';
}

/** The client has to repeat what it was told, so that an answer is of no use to another server. */
function namesFault(response: Response, { pairs }: Opening): Refusal | null {
  const repeated = pairs.every(({ id, value }) => id === pairIds.flags || response.pair(id)?.equals(value));
  return repeated ? null : 'wrong-names';
}

function protectionFault(response: Response, { protection, binding, host }: Demands): Refusal | null {
  if (protection === 'off') return null;
  const shown = response.pair(pairIds.channelBindings);
  const isBound = shown?.some((byte) => byte !== 0);
  if (!isBound && protection === 'required') return 'no-binding';
  if (isBound && (binding === null || !shown?.equals(binding))) return 'wrong-binding';
  const target = response.pair(pairIds.targetName)?.toString('utf16le').toLowerCase() ?? '';
  return target === '' || target === `http/${host}`.toLowerCase() ? null : 'wrong-target';
}
