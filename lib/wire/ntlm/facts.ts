/** What a type 2 tells of its server to everybody who asks, password or not. [MS-NLMP] 2.2.1.2, 2.2.2.1 */
import { type AvName, avText, avValue } from './av-pairs.ts';
import type { Challenge } from './challenge.ts';
import { decodeFileTime } from './file-time.ts';
import { flagNames, hasFlag, type NtlmFlag } from './flags.ts';

export interface ChallengeFacts {
  /** What the server calls itself in front, and what it says that is. Empty where it names none. */
  readonly targetName: string;
  readonly targetType: 'domain' | 'server' | null;
  /** Null where the server does not say; empty where it says that it has none, like a stand-alone host without DNS domain. */
  readonly netbiosComputer: string | null;
  readonly netbiosDomain: string | null;
  readonly dnsComputer: string | null;
  readonly dnsDomain: string | null;
  readonly dnsTree: string | null;
  /** Whether it is its own domain: a host outside of any domain, or another program's idea of one. */
  readonly isOwnDomain: boolean;
  /** `10.0.20348`: the build of Windows. Null for none, and for servers that claim version 0 or build 0, which are no Windows. */
  readonly build: string | null;
  /** The server's clock in milliseconds since 1970. */
  readonly time: number | null;
  /** By how many milliseconds that clock is ahead of ours; negative where it is behind. */
  readonly ahead: number | null;
  readonly flags: readonly NtlmFlag[];
}

/** More than DNS allows; the rest is no name. */
const LONGEST_NAME = 256;

/** @param now our clock at the arrival of the message, in milliseconds since 1970 */
export function challengeFacts(challenge: Challenge, now: number): ChallengeFacts {
  const { flags, targetName, version } = challenge;
  const pairs = challenge.targetInfo ?? [];
  const name = (kind: AvName): string | null => {
    const text = avText(pairs, kind);
    return text === null ? null : readable(text);
  };
  const timestamp = avValue(pairs, 'timestamp');
  const time = timestamp === null ? null : decodeFileTime(timestamp);
  const netbiosComputer = name('netbiosComputer');
  const netbiosDomain = name('netbiosDomain');
  const isWindows = version !== null && version.major > 0 && version.build > 0;
  return {
    targetName: readable(targetName),
    targetType: targetTypeOf(flags),
    netbiosComputer,
    netbiosDomain,
    dnsComputer: name('dnsComputer'),
    dnsDomain: name('dnsDomain'),
    dnsTree: name('dnsTree'),
    isOwnDomain: netbiosDomain !== null && isSame(netbiosDomain, netbiosComputer),
    build: isWindows ? `${version.major}.${version.minor}.${version.build}` : null,
    time,
    ahead: time === null ? null : time - now,
    flags: flagNames(flags),
  };
}

function targetTypeOf(flags: number): ChallengeFacts['targetType'] {
  if (hasFlag(flags, 'target-type-domain')) return 'domain';
  return hasFlag(flags, 'target-type-server') ? 'server' : null;
}

const isSame = (one: string, other: string | null): boolean => one.toLowerCase() === other?.toLowerCase();

/** Without control characters, marks that change the direction, and halves of surrogate pairs; and not without end. */
function readable(text: string): string {
  return text
    .slice(0, LONGEST_NAME)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
}
