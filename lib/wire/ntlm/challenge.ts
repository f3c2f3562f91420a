/** Type 2: the server's challenge, and what it tells of itself to everybody who asks. [MS-NLMP] 2.2.1.2 */
import { type AvPair, decodeAvPairs } from './av-pairs.ts';
import { hasFlag } from './flags.ts';
import { MessageReader, type NtlmVersion } from './message.ts';

export interface Challenge {
  readonly flags: number;
  /** Empty where the server names none. */
  readonly targetName: string;
  /** 8 bytes. */
  readonly serverChallenge: Uint8Array;
  /** Null where the server sends none: one that knows nothing of NTLMv2. */
  readonly targetInfo: readonly AvPair[] | null;
  /** Null where it is left out: by old servers, and by some that are not Windows. */
  readonly version: NtlmVersion | null;
}

const SPEC = '[MS-NLMP] 2.2.1.2';

/**
 * Reads what any server may send, the first ones without TargetInfo and without Version too: then the content of the first field
 * stands where they would be. Views of the input, nothing is copied.
 * @throws WireError
 */
export function decodeChallenge(bytes: Uint8Array): Challenge {
  const message = new MessageReader(bytes, 'challenge', { least: 32, spec: SPEC });
  const flags = message.u32(20);
  const targetName = message.text(12, 'targetName', hasFlag(flags, 'unicode'));
  const promisesInfo = hasFlag(flags, 'target-info');
  if (promisesInfo && bytes.length < 48)
    throw message.fault('truncated', 'targetInfo', bytes.length, 'it ends before it says where this is');
  const info = promisesInfo && message.reaches(48) ? message.field(40, 'targetInfo') : null;
  return {
    flags,
    targetName,
    serverChallenge: message.bytes(24, 8),
    targetInfo:
      info === null || info.value.length === 0
        ? null
        : decodeAvPairs(info.value, { path: 'ntlm.challenge.targetInfo', offset: info.offset }),
    version: hasFlag(flags, 'version') && message.reaches(56) ? message.version(48) : null,
  };
}
