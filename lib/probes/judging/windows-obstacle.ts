/** What stopped a sign-in with NTLM or Negotiate before anybody looked at the password. */
import type { WindowsObstacle, WindowsScheme } from '#lib/auth/windows-sign-in.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { WireError } from '#lib/wire/error.ts';

export interface Attempted {
  readonly host: string;
  readonly path: string;
  readonly scheme: WindowsScheme;
}

/** The finding for an obstacle. */
export function obstacleFinding(obstacle: WindowsObstacle, tried: Attempted): FindingDraft {
  const { host, path, scheme: method } = tried;
  switch (obstacle.kind) {
    case 'malformed':
      return malformed(obstacle.error, tried);
    case 'wants-ntlmv1':
    case 'protection-missing':
      return draft('auth.ntlm-too-old', { host, path });
    case 'names-missing':
      return draft('auth.malformed-challenge', {
        host,
        method,
        reason: 'it does not name itself',
        field: '',
        offset: 0,
      });
    case 'mech-list-mic-wrong':
      return draft('auth.malformed-challenge', {
        host,
        method,
        reason: 'its signature over the list of methods is wrong',
        field: 'mechListMIC',
        offset: 0,
      });
    case 'ntlm-refused':
      return draft('auth.kerberos-only', { host, path });
    case 'closed':
      return broken('the connection is closed before the sign-in is complete', tried);
    case 'no-challenge':
      // Whoever offers Negotiate and has no answer to NTLM takes tickets alone; whoever offers NTLM has one.
      return method === 'Negotiate'
        ? draft('auth.kerberos-only', { host, path })
        : broken('the challenge is missing in the answer', tried);
    case 'out-of-step':
      return broken(OUT_OF_STEP[obstacle.how], tried);
  }
}

const OUT_OF_STEP = {
  'no-token': 'the server agrees to NTLM, and its challenge is missing',
  'challenged-again': 'the server begins anew, as if it had not seen the first half',
  'out-of-turn': 'the server answers something that nobody asked',
} as const;

export const SPREAD = 'its two halves reach different places, so that the second is not understood';

/** The two halves belong to one connection from end to end. [MS-NTHT] 3.1.5 */
export function broken(how: string, { host, path, scheme }: Attempted): FindingDraft {
  return draft('auth.ntlm-broken-by-proxy', { host, path, method: scheme, how });
}

function malformed({ reason, path: field, offset }: WireError, { host, scheme }: Attempted): FindingDraft {
  return draft('auth.malformed-challenge', {
    host,
    method: scheme,
    reason: reason.slice(0, 300),
    field: field.slice(0, 200),
    offset,
  });
}
