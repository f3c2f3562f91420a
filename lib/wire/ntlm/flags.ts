/** What both sides of NTLM agree on, bit by bit. [MS-NLMP] 2.2.2.5 */

/** By readable names; the document puts NTLMSSP_NEGOTIATE_ or NTLMSSP_ before them. */
export const NTLM_FLAG = {
  unicode: 0x00000001,
  oem: 0x00000002,
  'request-target': 0x00000004,
  sign: 0x00000010,
  seal: 0x00000020,
  datagram: 0x00000040,
  'lm-key': 0x00000080,
  ntlm: 0x00000200,
  anonymous: 0x00000800,
  'oem-domain-supplied': 0x00001000,
  'oem-workstation-supplied': 0x00002000,
  'always-sign': 0x00008000,
  'target-type-domain': 0x00010000,
  'target-type-server': 0x00020000,
  'extended-session-security': 0x00080000,
  identify: 0x00100000,
  'non-nt-session-key': 0x00400000,
  'target-info': 0x00800000,
  version: 0x02000000,
  '128-bit': 0x20000000,
  'key-exchange': 0x40000000,
  '56-bit': 0x80000000,
} as const;
export type NtlmFlag = keyof typeof NTLM_FLAG;

/** What a client of today offers where nothing but the sign-in is wanted, and where messages are signed. */
export const SIGN_IN_FLAGS = 0xe2088297;
/** The same, and messages are encrypted. */
export const PRIVACY_FLAGS = 0xe20882b7;

export const hasFlag = (flags: number, name: NtlmFlag): boolean => (flags & NTLM_FLAG[name]) !== 0;

/** All that are set and have a name, from the lowest bit. */
export function flagNames(flags: number): NtlmFlag[] {
  return (Object.keys(NTLM_FLAG) as NtlmFlag[]).filter((name) => hasFlag(flags, name));
}
