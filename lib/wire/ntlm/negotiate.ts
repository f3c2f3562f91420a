/** Type 1: the client begins and says what it can do. [MS-NLMP] 2.2.1.1 */
import { NTLM_FLAG } from './flags.ts';
import { encodeMessage, encodeVersion, MessageReader, type NtlmVersion } from './message.ts';
import { decodeOem } from './text.ts';

export interface Negotiate {
  readonly flags: number;
  /** In the OEM character set; normally empty. */
  readonly domain: string;
  readonly workstation: string;
  readonly version: NtlmVersion | null;
}

/** Of Windows 11: servers log it, and none decides by it. */
export const CLIENT_VERSION: NtlmVersion = { major: 10, minor: 0, build: 22_621, revision: 15 };

const SPEC = '[MS-NLMP] 2.2.1.1';

/** Names nobody, and always has 40 bytes: with the 32 that are enough by the document, some servers refuse it. */
export function encodeNegotiate(flags: number, version: NtlmVersion = CLIENT_VERSION): Uint8Array {
  return encodeMessage('negotiate', 40, [
    { at: 12, u32: (flags | NTLM_FLAG.version) >>> 0 },
    { at: 32, bytes: encodeVersion(version) },
  ]);
}

/** Other clients send less: 16 bytes without names, 32 without a version. @throws WireError */
export function decodeNegotiate(bytes: Uint8Array): Negotiate {
  const message = new MessageReader(bytes, 'negotiate', { least: 16, spec: SPEC });
  const text = (at: number, name: string): string =>
    message.reaches(at + 8) ? decodeOem(message.field(at, name).value) : '';
  return {
    flags: message.u32(12),
    domain: text(16, 'domain'),
    workstation: text(24, 'workstation'),
    version: message.reaches(40) ? message.version(32) : null,
  };
}
