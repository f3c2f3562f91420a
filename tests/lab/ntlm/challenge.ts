import { randomBytes } from 'node:crypto';
import { ACTIVE_DIRECTORY } from '../mail/directory.ts';
import type { Random } from '../random.ts';
import type { Opening } from './acceptor.ts';
import { challengeBytes, END, fileTime, flags, type Pair, pairBytes, pairIds, readNegotiate } from './message.ts';

/** How the answer to a type 1 is bent. */
export interface ChallengeBend {
  /** The clock of the server is wrong by so many minutes; ahead, if the number is positive. */
  clockAhead?: number;
  /** Knows only the first version of NTLM: neither session security nor names. */
  tooOld?: boolean;
  /** Does not tell its time, as before Windows Server 2008. */
  withoutTime?: boolean;
}

/** Echoed if the client asks for it. */
const ECHOED = [
  flags.sign,
  flags.seal,
  flags.alwaysSign,
  flags.extendedSecurity,
  flags.version,
  flags.key128,
  flags.keyExchange,
  flags.key56,
].reduce<number>((all, one) => all | one, 0);

/**
 * The type 2 of a Windows Server 2019 that is a member of a domain. The pairs have another order each time: no client may rely on
 * one. [MS-NLMP] 3.2.5.1.1
 */
export function openingFor(negotiate: Buffer, random: Random, bend: ChallengeBend): Opening {
  const asked = readNegotiate(negotiate);
  const number = randomBytes(8);
  const pairs = bend.tooOld ? [] : random.shuffled(serverPairs(bend));
  const charset = asked & flags.unicode ? flags.unicode : flags.oem;
  const always = charset | flags.requestTarget | flags.ntlm | flags.targetIsDomain;
  const agreed = always | (bend.tooOld ? asked & flags.alwaysSign : flags.targetInfo | (asked & ECHOED));
  const challenge = challengeBytes({
    targetName: ACTIVE_DIRECTORY.netBiosDomain,
    flags: agreed,
    challenge: number,
    targetInfo: bend.tooOld ? new Uint8Array() : Buffer.concat([pairBytes(pairs), END]),
    version: bend.tooOld ? [5, 0, 2195] : [10, 0, 17763],
  });
  return { negotiate, challenge, number, pairs };
}

function serverPairs({ clockAhead = 0, withoutTime = false }: ChallengeBend): Pair[] {
  const text = (value: string) => Buffer.from(value, 'utf16le');
  const { netBiosDomain, dnsDomain, server } = ACTIVE_DIRECTORY;
  return [
    { id: pairIds.domain, value: text(netBiosDomain) },
    { id: pairIds.computer, value: text(server) },
    { id: pairIds.dnsDomain, value: text(dnsDomain) },
    { id: pairIds.dnsComputer, value: text(`${server}.${dnsDomain}`) },
    { id: pairIds.dnsForest, value: text(dnsDomain) },
    ...(withoutTime ? [] : [{ id: pairIds.timestamp, value: fileTime(Date.now() + clockAhead * 60_000) }]),
  ];
}
