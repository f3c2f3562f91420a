/** Extended Protection, once a password has proven right. */
import type { SignInMethod, Way } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpRequest } from '#lib/net/http-message.ts';
import { channelBinding, MOST_REFUSALS, type ProtectionMode } from '#lib/probes/channel-binding.ts';
import type { WindowsAnswer } from '#lib/probes/windows-challenge.ts';
import type { Subject } from '#lib/result/probe.ts';
import type { Scope } from '#lib/run/scope.ts';
import { bindsChannel } from './clients.ts';
import type { Context } from './context.ts';
import { windowsMethod } from './sign-in-choice.ts';

/** Where it is looked at. */
export interface Protected extends Subject {
  readonly way: Way;
  readonly request: HttpRequest;
  /** What proved the password. */
  readonly method: SignInMethod | null;
  readonly windows: WindowsAnswer;
  readonly offersNegotiate: boolean;
  /** Where the password has proven right: this very place, or another in words. */
  readonly provenAt: 'here' | (string & {});
}

/** Extended Protection at one place: each has a setting of its own. Null where it cannot be looked at, or where enough was refused. */
export async function seeProtection(
  scope: Scope<Net>,
  { windows, method, ...place }: Protected,
  context: Context,
): Promise<ProtectionMode | null> {
  const { credential, budget, client } = context;
  const isPassword = method !== null && method.scheme !== 'Bearer';
  const isSeen = windows !== null && credential !== null && isPassword;
  const settle = isSeen ? budget.takeVariants(MOST_REFUSALS) : null;
  if (!isSeen || settle === null) {
    scope.notNeeded('binding');
    return null;
  }
  const tried = { ...place, method: windowsMethod(windows, credential, context), provenBy: method.scheme };
  const seen = await scope.step(channelBinding, { ...tried, binds: bindsChannel(client) }, 'binding');
  // Where the steps broke off, nobody knows how many were refused.
  if (!seen.ok) return null;
  settle(seen.value.refusals);
  return seen.value.mode;
}
