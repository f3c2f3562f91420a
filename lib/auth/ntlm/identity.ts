/** Who signs in: how a user name is split, and how it is compared. [MS-NLMP] 3.3.2, [MS-UCODEREF] 3.1.5.3 */

export interface NtlmIdentity {
  readonly user: string;
  /** Empty leaves it to the server. */
  readonly domain: string;
}

/**
 * - `address`: `alice@contoso.example`, a UPN or an address: which of them, only the server knows
 * - `domain-user`: `CONTOSO\alice`
 * - `bare`: `alice`
 */
export type UserNameForm = 'address' | 'domain-user' | 'bare';

export function userNameForm(name: string): UserNameForm {
  if (name.includes('\\')) return 'domain-user';
  return name.includes('@') ? 'address' : 'bare';
}

/** As Windows does it: what stands before the backslash is the domain; an address stays whole, without domain. */
export function ntlmIdentity(name: string): NtlmIdentity {
  const at = name.indexOf('\\');
  return at < 0 ? { user: name, domain: '' } : { user: name.slice(at + 1), domain: name.slice(0, at) };
}

/**
 * Each unit by itself, as Windows does it, and not as Unicode wants whole words: `ß` stays, and so does everything whose capital
 * would be more than one letter, beyond the first plane, or a letter of ASCII (`ı`, `ſ`).
 */
export function upperCase(name: string): string {
  return Array.from({ length: name.length }, (_, at) => upperUnit(name.charAt(at))).join('');
}

function upperUnit(unit: string): string {
  const upper = unit.toUpperCase();
  const becomesAscii = unit >= '\u0080' && upper < '\u0080';
  if (upper.length === 1) return becomesAscii ? unit : upper;
  return String.fromCharCode(unit.charCodeAt(0) + (iotaShift(unit.charCodeAt(0)) ?? 0));
}

/** Greek letters with an iota below have a capital of their own, which Unicode uses in titles alone. */
function iotaShift(code: number): number | null {
  if (code >= 0x1f80 && code <= 0x1faf) return (code & 8) === 0 ? 8 : null;
  return code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3 ? 9 : null;
}
