/** AuthPackage: how Autodiscover tells Outlook to sign in, and which schemes of HTTP that can be. [MS-OXDSCLI] 2.2.4.1.1.2.6 */
const SCHEMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['basic', ['basic']],
  // Windows takes either where the server offers both: NTLM travels inside Negotiate as well.
  ['ntlm', ['ntlm', 'negotiate']],
  ['negotiate', ['negotiate', 'ntlm']],
  ['nego2', ['negotiate', 'ntlm']],
  ['kerbntlm', ['negotiate', 'ntlm']],
  ['kerb', ['negotiate']],
]);

/**
 * Whether one of the offered schemes is what was promised. What does not go through WWW-Authenticate cannot be judged and is let pass; and
 * where tokens are taken, a client signs in with one whatever AuthPackage says: that word is older than they are.
 */
export function isPromised(authPackage: string, offered: readonly string[]): boolean {
  if (offered.some((scheme) => scheme.toLowerCase() === 'bearer')) return true;
  const schemes = SCHEMES.get(authPackage.trim().toLowerCase());
  return schemes === undefined || offered.some((scheme) => schemes.includes(scheme.toLowerCase()));
}
