/** Which of the offered methods a client signs in with, who then decides, and what stands in the way where there is none. */
import type { PasswordMethod, WindowsMethod } from '#lib/auth/signed-request.ts';
import type { WindowsScheme } from '#lib/auth/windows-sign-in.ts';
import { isMicrosoftHost } from '#lib/probes/judging/destination.ts';
import type { NameHints } from '#lib/probes/judging/user-name-form.ts';
import type { WindowsAnswer } from '#lib/probes/windows-challenge.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Challenge } from '#lib/wire/http/challenge.ts';
import type { Context, Credential } from './context.ts';

export interface Offers {
  readonly basic: boolean;
  readonly windows: readonly WindowsScheme[];
  readonly tokens: boolean;
  /** Nothing but tokens. */
  readonly onlyTokens: boolean;
}

/** Microsoft 365 still writes Basic beside Bearer, and takes no password by it: to try it would be a failed sign-in for nothing. */
export function offersIn(host: string, challenges: readonly Challenge[]): Offers {
  const schemes = challenges.map(({ scheme }) => scheme.toLowerCase());
  const tokens = schemes.includes('bearer');
  const basic = schemes.includes('basic') && !(tokens && isMicrosoftHost(host));
  const windows = (['NTLM', 'Negotiate'] as const).filter((scheme) => schemes.includes(scheme.toLowerCase()));
  const onlyTokens = tokens && !basic && windows.length === 0;
  return { basic, windows, tokens, onlyTokens };
}

/** Basic where it is offered: no channel binding touches it, so that what is refused is the password. */
export function methodFor(
  { basic }: Offers,
  windows: WindowsAnswer,
  credential: Credential,
  context: Context,
): PasswordMethod | null {
  if (basic) return { scheme: 'Basic', ...credential };
  return windows === null ? null : windowsMethod(windows, credential, context);
}

export function windowsMethod(
  { manner }: NonNullable<WindowsAnswer>,
  credential: Credential,
  { secrets }: Context,
): WindowsMethod {
  return { ...manner, ...credential, binding: 'right', hide: secrets.keepSpellings };
}

/** Who decides about the password: the domain that NTLM names, else this realm of this host. */
export function authorityOf(host: string, challenges: readonly Challenge[], windows: WindowsAnswer): string {
  const domain = windows?.facts.dnsDomain || windows?.facts.netbiosDomain;
  const realm = challenges.find(({ scheme }) => scheme.toLowerCase() === 'basic')?.params.realm ?? '';
  return domain ? `domain ${domain.toLowerCase()}` : `realm ${realm} of ${host}`;
}

/** What the server has told of the names behind it. */
export function hintsOf(windows: WindowsAnswer, mailbox: string): NameHints {
  const facts = windows?.facts;
  return { domain: facts === undefined || facts.isOwnDomain ? null : facts.netbiosDomain || null, mailbox };
}

/** Why signing in cannot even be tried here. */
export function obstacleOf(
  host: string,
  challenges: readonly Challenge[],
  { onlyTokens, basic, windows }: Offers,
  { credential, authority }: { readonly credential: Credential | null; readonly authority: string | null },
): FindingDraft {
  if (onlyTokens) return draft('auth.password-not-usable', { host, authority: authority ?? 'not named' });
  const what = `Signing in to ${host}`;
  if (credential === null) return draft('tool.not-tested', { what, reason: 'no password was given' });
  if (basic || windows.length > 0)
    return draft('tool.not-tested', { what, reason: 'a Windows sign-in does not come about' });
  const schemes = challenges.map(({ scheme }) => scheme.slice(0, 50)).slice(0, 10);
  return draft('tool.not-tested', { what, reason: `it offers ${schemes.join(', ')}, which is not known here` });
}
