/** What goes into a type 3, and how it is put together. [MS-NLMP] 3.1.5.1.2 */
import { randomBytes } from 'node:crypto';
import { type ClientChallenge, encodeAuthenticate, withMic } from '#lib/wire/ntlm/authenticate.ts';
import { AV_FLAG, AV_ID, type AvPair, avFlags, avValue, flagsPair, textPair } from '#lib/wire/ntlm/av-pairs.ts';
import type { Challenge } from '#lib/wire/ntlm/challenge.ts';
import { encodeFileTime } from '#lib/wire/ntlm/file-time.ts';
import { hasFlag, NTLM_FLAG } from '#lib/wire/ntlm/flags.ts';
import { CLIENT_VERSION } from '#lib/wire/ntlm/negotiate.ts';
import { bindingValue } from './channel-binding.ts';
import type { NtlmOptions } from './client.ts';
import { Rc4 } from './rc4.ts';
import { hmacMd5, type NtlmResponse } from './response.ts';

/** What the response proves besides the password: the time, and the server's pairs with our own. */
export function questionOf(
  challenge: Challenge,
  options: NtlmOptions,
): ClientChallenge & { readonly hasTime: boolean } {
  const { now = Date.now, random = randomBytes } = options;
  const offered = challenge.targetInfo ?? [];
  const timestamp = avValue(offered, 'timestamp');
  return {
    hasTime: timestamp !== null,
    time: timestamp ?? encodeFileTime(now()),
    challenge: random(8),
    pairs: answeredPairs(offered, options),
  };
}

/**
 * The server's pairs in their order, then ours. A server that sends no time is old, and gets no more than it has sent, unless a
 * binding is to be shown.
 */
export function answeredPairs(
  offered: readonly AvPair[],
  { target, channelBinding }: Pick<NtlmOptions, 'target' | 'channelBinding'>,
): AvPair[] {
  const hasTime = avValue(offered, 'timestamp') !== null;
  if (!hasTime && channelBinding.kind === 'none') return [...offered];
  const theirs = offered.filter(({ id }) => id !== AV_ID.channelBindings && id !== AV_ID.targetName);
  const ours = [
    { id: AV_ID.channelBindings, value: bindingValue(channelBinding) },
    textPair('targetName', target ?? ''),
  ];
  if (!hasTime) return [...theirs, ...ours];
  const flags = flagsPair((avFlags(offered) | AV_FLAG.hasMic) >>> 0);
  const isThere = theirs.some(({ id }) => id === AV_ID.flags);
  return [...theirs.map((pair) => (pair.id === AV_ID.flags ? flags : pair)), ...(isThere ? [] : [flags]), ...ours];
}

/** What a server may add to what was offered, and the client has to say again. */
const SERVERS_OWN = (['target-type-domain', 'target-type-server', 'target-info'] as const).reduce(
  (sum, name) => sum | NTLM_FLAG[name],
  0,
);

interface Assembled {
  readonly message: Uint8Array;
  readonly flags: number;
  readonly exportedKey: Uint8Array;
}

/** Type 3 out of a response: session key, names, and the MIC over all three messages where the server sent its time. */
export function assemble(
  { user, domain, workstation = '' }: Pick<NtlmOptions, 'user' | 'domain' | 'workstation'>,
  [type1, type2]: readonly [Uint8Array, Uint8Array],
  challenge: Challenge,
  { ntResponse, lmResponse, sessionBaseKey }: NtlmResponse,
  random: (length: number) => Uint8Array,
): Assembled {
  const offered = new DataView(type1.buffer, type1.byteOffset).getUint32(12, true);
  const flags = (challenge.flags & (offered | SERVERS_OWN)) >>> 0;
  const exchanges = hasFlag(flags, 'key-exchange') && (hasFlag(flags, 'sign') || hasFlag(flags, 'seal'));
  const exportedKey = exchanges ? Uint8Array.from(random(16)) : sessionBaseKey.slice();
  const encryptedSessionKey = exchanges ? new Rc4(sessionBaseKey).apply(exportedKey) : new Uint8Array();
  const hasMic = avValue(challenge.targetInfo ?? [], 'timestamp') !== null;
  const names = { user, domain, workstation };
  const mic = hasMic ? new Uint8Array(16) : null;
  const version = hasFlag(flags, 'version') ? CLIENT_VERSION : null;
  const draft = encodeAuthenticate({ flags, ...names, lmResponse, ntResponse, encryptedSessionKey, version, mic });
  const message = hasMic ? withMic(draft, hmacMd5(exportedKey, type1, type2, draft)) : draft;
  return { message, flags, exportedKey };
}
