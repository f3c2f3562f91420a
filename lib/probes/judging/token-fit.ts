/** Whether a token can be meant for a mail server, as far as it says so itself. */
import type { TokenFacts } from '#lib/auth/bearer/token.ts';

/** Services of Microsoft's cloud that are often asked for a token by mistake; none of them is a mailbox. */
const OTHER_SERVICES: Readonly<Record<string, string>> = {
  'https://graph.microsoft.com': 'Microsoft Graph',
  '00000003-0000-0000-c000-000000000000': 'Microsoft Graph',
  'https://graph.windows.net': 'Azure AD Graph',
  '00000002-0000-0000-c000-000000000000': 'Azure AD Graph',
  'https://management.azure.com': 'Azure management',
  'https://management.core.windows.net': 'Azure management',
};

/** Exchange Online under its address and its number. */
const EXCHANGE = [
  'https://outlook.office365.com',
  'https://outlook.office.com',
  '00000002-0000-0ff1-ce00-000000000000',
];

/** Scopes that say who somebody is, and open nothing. OpenID Connect Core 1.0 5.4 */
const IDENTITY_SCOPES = ['openid', 'profile', 'email', 'offline_access', 'user.read'];

/** Servers bear five minutes between two clocks. */
const TOLERANCE_MS = 5 * 60_000;

const withoutSlash = (audience: string): string => audience.toLowerCase().replace(/\/$/, '');

/** Why no mail server can take it; null where one might. */
export function certainObjection(facts: TokenFacts, at: number): string | null {
  const { opaque, audience, expiresAt, validFrom, isIdToken } = facts;
  if (opaque) return null;
  if (isIdToken) return 'it is an ID token, which says who signed in and opens nothing';
  if (expiresAt !== null && expiresAt + TOLERANCE_MS < at) return `it expired at ${new Date(expiresAt).toISOString()}`;
  if (validFrom !== null && validFrom - TOLERANCE_MS > at)
    return `it is not valid before ${new Date(validFrom).toISOString()}`;
  const services = audience.map((each) => OTHER_SERVICES[withoutSlash(each)]);
  const [service] = services;
  if (service !== undefined && !services.includes(undefined))
    return `it was made for ${service}, not for a mail server`;
  return lacksScope(facts) ? 'nothing in it lets a program open a mailbox (no scope, no role)' : null;
}

/** Certain for Exchange Online alone: others decide by what is not in a token. */
function lacksScope({ audience, scopes, roles }: TokenFacts): boolean {
  const isForExchange = audience.some((each) => EXCHANGE.includes(withoutSlash(each)));
  return isForExchange && roles.length === 0 && scopes.every((scope) => IDENTITY_SCOPES.includes(scope.toLowerCase()));
}

/** What may be the matter with a token that a server has refused; null where nothing strikes. */
export function likelyObjection(facts: TokenFacts, host: string): string | null {
  const { opaque, audience } = facts;
  if (opaque || audience.length === 0 || audience.some((each) => isMeant(each, host))) return null;
  return `it was made for ${audience.join(' ')}`;
}

function isMeant(audience: string, host: string): boolean {
  if (URL.parse(audience)?.hostname === host || audience.toLowerCase() === host) return true;
  return EXCHANGE.includes(withoutSlash(audience)) && /(?:^|\.)(?:office365|office|outlook)\.com$/.test(host);
}
