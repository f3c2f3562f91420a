/** Type 2 messages that no client can read, as they stand in the header. Each is made out of a good one. */
import { challengeBytes, END, flags, pairBytes, pairIds } from './message.ts';

/** Ends in the middle of the field for the target's attributes. */
export const truncated = (challenge: Uint8Array): string => base64(challenge.subarray(0, 45));

/** The pairs have no end: the last one says that it is longer than the message. */
export function endlessPairs(challenge: Uint8Array): string {
  const changed = Buffer.from(challenge);
  changed.writeUInt16LE(pairIds.computer, changed.length - 4);
  changed.writeUInt16LE(0xffff, changed.length - 2);
  return base64(changed);
}

/** As many attributes as the field for their length can tell: 64 KiB. */
export function hugeTargetInfo(challenge: Uint8Array): string {
  const filler = { id: 0x4c4c, value: Buffer.alloc(1_000) };
  const targetInfo = Buffer.concat([pairBytes(Array.from({ length: 65 }, () => filler)), END]);
  return base64(
    challengeBytes({
      targetName: 'LAB',
      flags: flags.unicode | flags.ntlm | flags.targetInfo | flags.extendedSecurity | flags.version,
      challenge: challenge.subarray(24, 32),
      targetInfo,
      version: [10, 0, 17763],
    }),
  );
}

/** Begins like base64, and is none. */
export const garbage = (): string => 'TlRMTVNTUAACAAAA==AAA=%%%';

/** A mebibyte of zeros. */
export const hugeToken = (): string => base64(Buffer.alloc(1024 * 1024));

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
