/** Why a resolver could not answer, where it says so: extended DNS errors. RFC 8914 */
import type { PacketOpt } from 'dns-packet';

const EXTENDED_ERROR = 15;

/** RFC 8914 4 and the IANA registry: the codes that help whoever has to repair it. */
const MEANINGS: Readonly<Record<number, string>> = {
  6: 'DNSSEC bogus',
  7: 'DNSSEC signature expired',
  8: 'DNSSEC signature not yet valid',
  9: 'DNSSEC key missing',
  10: 'DNSSEC signatures missing',
  11: 'DNSSEC key not for zones',
  12: 'DNSSEC proof of absence missing',
  13: 'failure remembered',
  15: 'blocked by the resolver',
  16: 'blocked by order of an authority',
  17: 'filtered as the client wishes',
  18: 'prohibited to this client',
  20: 'not authoritative',
  22: 'no name server of the zone can be reached',
  23: 'network error towards the name servers of the zone',
  24: 'data of the zone cannot be used',
};

/**
 * The meaning of the first extended error that we know. The free text beside the code is not taken: it is the peer's.
 * @param options as they stand in the OPT record
 */
export function extendedError(options: readonly PacketOpt[]): string | null {
  const known = options.map((option) => MEANINGS[infoCode(option)]);
  return known.find((meaning) => meaning !== undefined) ?? null;
}

function infoCode({ code, data }: PacketOpt): number {
  const isOne = (code as number) === EXTENDED_ERROR && data !== undefined && data.length >= 2;
  return isOne ? data.readUInt16BE(0) : -1;
}
